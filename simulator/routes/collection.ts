import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { BodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import type { Body } from '../contract/convertBody';
import {
	bodiesOf,
	type ResourceContract,
	storedValues,
	withoutCleared,
	withoutEmptyTexts,
} from '../contract/resourceContract';
import type { RecordStore } from '../network/recordStore';
import { alreadyExists, notFound } from '../odinErrors';
import type { Simulation } from '../simulation';
import { query as querySchema } from './queries';

export type Query = Readonly<Record<string, string | undefined>>;

/** A write that is about to happen. */
export interface Change<T> {
	/** What was sent, null where a field is to be cleared. */
	fields: Body;
	/** The record as it would be afterwards. */
	record: T;
	/** The record as it is now; absent when it is created. */
	before?: T;
}

/** What a resource has of its own beside its contract. */
export interface Collection<T extends object> {
	contract: ResourceContract;
	store: RecordStore<T>;
	/** Stores a new record; the fields that no body names are still to be filled. */
	add(record: T): T;
	/** How a new name is stored. */
	spell?(name: string): string;
	/** Throws unless the place is there that a key names. */
	requirePlace(key: Body | Query): void;
	/** What a tolerant reader does with a body before it is validated. */
	prepare?(body: Body): Body;
	/** What is stored of a body beside and in place of its fields. */
	stored?(fields: Body, before?: T): Body;
	/** Throws when a rule of BroadWorks is broken. */
	check?(change: Change<T>): void;
	/** Does what goes along with a write that nothing stands against. */
	accompany?(change: Change<T>): void;
	/** Throws when it may not be deleted, else does what goes along with it. */
	release?(record: T): void;
	/** Whether a query that carries the name asks for a list all the same. */
	isListed?(query: Query): boolean;
	list(query: Query): T[];
	row(record: T, query: Query): unknown;
	profile(record: T): Body;
	/** What a write answers. Default: the profile. */
	answer?(record: T): unknown;
}

/** What other calls do with the records of a collection. */
export interface CollectionRoutes<T extends object> extends Pick<Collection<T>, 'profile'> {
	/** The record that a query or a body names. Throws where it is not there. */
	find(key: Body | Query): T;
	/** As a PUT of the body. Returns the changed record. */
	update(request: FastifyRequest, body?: unknown): T;
	/** What a write of the record answers. */
	answer(record: T): unknown;
}

/** List, get, create, update, rename and delete, as the contract of the resource says. */
export function addCollection<T extends object>(
	app: FastifyInstance,
	{ switches }: Simulation,
	collection: Collection<T>,
): CollectionRoutes<T> {
	const { contract, store } = collection;
	const { path, noun, key, rename } = contract;
	const place = key.slice(0, -1);
	const name = key[key.length - 1] ?? '';
	const bodies = bodiesOf(contract);

	const find = (wanted: Body | Query): T => {
		collection.requirePlace(wanted);
		const record = store.find(wanted);
		if (!record) throw notFound(noun, String(wanted[name]));
		return record;
	};
	const read = (request: FastifyRequest, body: BodyContract, given = request.body): Body =>
		checkBody(request, body, given, {
			strict: switches.strict,
			prepare:
				collection.prepare ?? ((given) => withoutEmptyTexts(contract, given, body.operation)),
		});
	const write = (fields: Body, values: Body, before?: T): T => {
		const change = { fields, record: values as T, before };
		collection.check?.(change);
		collection.accompany?.(change);
		return change.record;
	};
	const valuesOf = (fields: Body, before?: T): Body => ({
		...storedValues(contract, fields),
		...collection.stored?.(fields, before),
	});
	const newName = (given: unknown): string => collection.spell?.(String(given)) ?? String(given);
	const answer = (record: T): unknown =>
		switches.quietProfiles ? '' : (collection.answer ?? collection.profile)(record);

	app.get<{ Querystring: Query }>(
		path,
		{ schema: { querystring: querySchema(place, [name]) } },
		async ({ query }) =>
			query[name] === undefined || collection.isListed?.(query)
				? collection.list(query).map((record) => collection.row(record, query))
				: collection.profile(find(query)),
	);

	app.post(path, async (request) => {
		const fields = read(request, bodies.create);
		collection.requirePlace(fields);
		if (store.find(fields)) throw alreadyExists(noun, String(fields[name]));
		const values = { ...contract.defaults, ...valuesOf(fields), [name]: newName(fields[name]) };
		return answer(collection.add(write(fields, withoutCleared(contract, values))));
	});

	const update = (request: FastifyRequest, given = request.body): T => {
		const fields = read(request, bodies.update, given);
		const before = find(fields);
		const after: Body = {
			...withoutCleared(contract, { ...before, ...valuesOf(fields, before) }),
			...store.keyOf(before),
		};
		const wanted = rename === undefined ? undefined : fields[rename];
		if (wanted !== undefined) {
			after[name] = newName(wanted);
			const other = store.find(after);
			if (other && other !== before) throw alreadyExists(noun, String(wanted));
		}
		store.change(before, write(fields, after, before));
		return before;
	};
	app.put(path, async (request) => answer(update(request)));

	app.delete<{ Querystring: Query }>(
		path,
		{ schema: { querystring: querySchema([...key]) } },
		async ({ query }, reply) => {
			const record = find(query);
			collection.release?.(record);
			store.remove(record);
			return reply.send();
		},
	);
	return { find, update, answer, profile: collection.profile };
}
