import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

import {
	TRUNK_GROUP_FIELDS,
	type TrunkGroupField,
} from '../../simulator/contract/trunkGroupFields';
import { startSimulator, type Simulator } from '../../simulator';
import { Engine, type RunResult } from './harness';
import {
	askedFor,
	createBody,
	demanded,
	PARTS,
	type AskedFor,
	type Given,
	type Write,
} from './support/askedFor';
import { formEntry } from './support/fieldSets';
import { hostileKey, hostileReference, hostileValue } from './support/hostileValues';
import { propertyRuns } from './support/propertyRuns';
import { RawItems } from './support/rawItems';
import { contractField, isObject } from './support/valueRules';

type Json = Record<string, unknown>;

const TRUNK_GROUPS = '/groups/trunk-groups';

let odin: Simulator;
let engine: Engine;
const raw = new RawItems();

beforeAll(async () => {
	odin = await startSimulator();
	const { baseUrl, username, password } = odin;
	engine = await Engine.start({
		credentials: { baseUrl, username, password },
		nodeTypes: raw.nodeTypes,
	});
	labels = labelsOf(engine.description().properties);
});

afterAll(async () => {
	await engine.stop();
	await odin.close();
});

let labels: ReadonlyMap<string, string>;

/** What the form calls its parameters and the entries of its collections. */
function labelsOf(properties: INodeProperties[]): Map<string, string> {
	const entries = properties.flatMap((property) =>
		property.type === 'collection' ? ((property.options ?? []) as INodeProperties[]) : [property],
	);
	return new Map(entries.map(({ name, displayName }) => [name, displayName]));
}

const labelOf = (entry: string): string => labels.get(entry) ?? entry;

const KEY = ['serviceProviderId', 'groupId', 'name'];
const isLegacy = (field: TrunkGroupField) => (field as { deprecated?: boolean }).deprecated;

/** How each field is read here in Odin before it is changed: unlike anything that is asked for, but for `true`. */
const STORED: Json = Object.fromEntries(
	TRUNK_GROUP_FIELDS.map((field) => [field.name, storedValue(field)]),
);

function storedValue({ name, type }: TrunkGroupField): unknown {
	if (name === 'users') return [{ userId: '~stored~' }];
	if (type === 'boolean') return true;
	if (type === 'integer') return 777_777_777;
	if (type === 'object') return { name: '~', groupId: '~', deviceName: '~', deviceLevel: '~' };
	return type === 'array' ? ['~stored~'] : '~stored~';
}

/** Fields of Payload that the tests of upsert and compare name: a profile shows them. */
const isCompared = ({ name, writeOn = [] }: TrunkGroupField): boolean =>
	writeOn.length === 2 && !KEY.includes(name) && !/^(requireA|sipA)/.test(name);

interface Kind {
	operation: string;
	write: Write;
	/** What Odin has before */
	existing: boolean;
	fields: TrunkGroupField[];
	/** The name of the parameter that names the trunk group */
	nameParameter: 'name' | 'trunkGroup';
}

const kinds: Record<string, Kind> = {
	create: {
		operation: 'create',
		write: 'create',
		existing: false,
		fields: TRUNK_GROUP_FIELDS.filter(({ readOnly }) => !readOnly),
		nameParameter: 'name',
	},
	'upsert of a new one': {
		operation: 'upsert',
		write: 'create',
		existing: false,
		fields: TRUNK_GROUP_FIELDS.filter(isCompared),
		nameParameter: 'name',
	},
	'upsert of one that exists': {
		operation: 'upsert',
		write: 'update',
		existing: true,
		fields: TRUNK_GROUP_FIELDS.filter(isCompared),
		nameParameter: 'name',
	},
	update: {
		operation: 'update',
		write: 'update',
		existing: true,
		fields: TRUNK_GROUP_FIELDS.filter(({ readOnly }) => !readOnly),
		nameParameter: 'trunkGroup',
	},
	compare: {
		operation: 'compare',
		write: 'compare',
		existing: true,
		fields: TRUNK_GROUP_FIELDS.filter(isCompared),
		nameParameter: 'trunkGroup',
	},
};

const PAYLOAD_ONLY = ['pilotUser', 'users', 'hostedUserId', 'hostedUserIdList'];
const AUTHENTICATION = ['requireAuthentication', 'sipAuthenticationUserName'];

/** Where an entry of the form stands: the parameter, and the collection around it. */
function placesIn({ operation, write, fields, nameParameter }: Kind): Map<string, string> {
	const places = new Map<string, string>(KEY.map((name) => [name, '']));
	for (const field of fields) {
		const { name } = field;
		if (KEY.includes(name) || PAYLOAD_ONLY.includes(name) || isLegacy(field)) continue;
		if (operation === 'create' && !field.writeOn?.includes('create')) continue;
		if (operation === 'update' && !field.writeOn?.includes('update')) continue;
		if (name === 'sipAuthenticationPassword' && operation !== 'create') continue;
		const isTop = name === 'newName' || (name === 'maxActiveCalls' && nameParameter === 'name');
		if (isTop || (operation === 'create' && /^(requireA|sipA)/.test(name))) {
			places.set(name, '');
		} else if (AUTHENTICATION.includes(name)) {
			places.set(name, 'authentication');
		} else {
			const { section, entries } = formEntry(name, isObjectField(field) ? {} : 0);
			for (const entry of isObjectField(field) ? partEntries(name) : Object.keys(entries)) {
				places.set(entry, section);
			}
		}
	}
	if (write === 'compare') places.delete('pilotUserId');
	return places;
}

const isObjectField = ({ name }: TrunkGroupField): boolean => partEntries(name).length > 0;
const partEntries = (field: string): string[] =>
	[...PARTS].flatMap(([entry, of]) => (of === field ? [entry] : []));

function parametersOf(kind: Kind): Json {
	const parameters: Json = {
		resource: 'trunkGroup',
		operation: kind.operation,
		payload: '={{ $json.payload }}',
		options: { concurrency: 20 },
	};
	for (const [entry, section] of placesIn(kind)) {
		const name = entry === 'name' ? kind.nameParameter : entry;
		const value = `={{ $json.entries["${entry}"] }}`;
		if (section === '') parameters[name] = value;
		else parameters[section] = { ...(parameters[section] as Json), [entry]: value };
	}
	return parameters;
}

type Slot =
	| { in: 'entries' | 'payload'; name: string; value: unknown }
	| { in: 'wholePayload'; name: string; value: unknown };

interface Item extends Given {
	/** Payload as JSON text, or as an object */
	payloadIsText: boolean;
	wholePayload?: { value: unknown };
}

function valueFor(name: string): fc.Arbitrary<unknown> {
	const field = contractField(name);
	const parts = field.properties ?? (field.type === 'object' ? { userId: '' } : undefined);
	if (parts) return hostileReference(Object.keys(parts));
	if (name === 'users') {
		return fc.oneof(
			fc.array(hostileReference(['userId', 'lastName']), { maxLength: 3 }),
			hostileValue({}),
		);
	}
	const { min, max, maxLength, enumValues } = field;
	return hostileValue({ min, max, maxLength, choices: enumValues });
}

function itemsOf(kind: Kind): fc.Arbitrary<Item[]> {
	const places = [...placesIn(kind).keys()];
	const slot: fc.Arbitrary<Slot> = fc.oneof(
		{
			weight: 6,
			arbitrary: fc.constantFrom(...places).chain((name) => {
				const field = PARTS.has(name) ? undefined : contractField(name);
				const near = field
					? valueFor(name)
					: hostileValue({ maxLength: 30, choices: ['Group', 'System'] });
				return near.map((value) => ({ in: 'entries' as const, name, value }));
			}),
		},
		{
			weight: 4,
			arbitrary: fc
				.constantFrom(...kind.fields.map(({ name }) => name))
				.chain((name) => valueFor(name).map((value) => ({ in: 'payload' as const, name, value }))),
		},
		{
			weight: 1,
			arbitrary: fc
				.tuple(hostileKey, hostileValue({}))
				.filter(([name]) => !TRUNK_GROUP_FIELDS.some((field) => field.name === name))
				.map(([name, value]) => ({ in: 'payload' as const, name, value })),
		},
		{
			weight: 1,
			arbitrary: hostileValue({}).map((value) => ({
				in: 'wholePayload' as const,
				name: '',
				value,
			})),
		},
	);
	return fc.array(
		fc
			.tuple(fc.array(slot, { minLength: 1, maxLength: 3 }), fc.boolean())
			.map(([slots, payloadIsText]) => itemFrom(slots, payloadIsText)),
		{ minLength: 1, maxLength: 60, size: 'max' },
	);
}

function itemFrom(slots: Slot[], payloadIsText: boolean): Item {
	const item: Item = { entries: {}, payload: {}, payloadIsText };
	const named = new Set<string>();
	for (const slot of slots) {
		const field = PARTS.get(slot.name) ?? slot.name;
		if (slot.in !== 'entries' && named.has(field)) continue;
		if (slot.in === 'entries' && field in item.payload) continue;
		named.add(field);
		if (slot.in === 'wholePayload') item.wholePayload = { value: slot.value };
		else define(item[slot.in], slot.name, slot.value);
	}
	return item;
}

/** Also a key such as __proto__. */
const define = (target: Json, key: string, value: unknown) =>
	Object.defineProperty(target, key, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});

/** The item as it reaches the node, and what it means there: Payload as text is what its JSON says. */
function prepared(item: Item, index: number, kind: Kind): { json: Json; given: Given | undefined } {
	const entries: Json = {
		serviceProviderId: 'sp',
		groupId: `g${index}`,
		name: `n${index}`,
		...(kind.nameParameter === 'name' &&
			!('maxActiveCalls' in item.payload) && { maxActiveCalls: 3 }),
		...(kind.operation === 'create' &&
			/sipA/.test(Object.keys({ ...item.entries, ...item.payload }).join()) && {
				requireAuthentication: true,
				sipAuthenticationUserName: 'user',
				sipAuthenticationPassword: 'Secret-99',
			}),
		...item.entries,
	};
	for (const name of Object.keys(item.payload)) if (!KEY.includes(name)) delete entries[name];
	const payload = item.wholePayload
		? item.wholePayload.value
		: item.payloadIsText
			? jsonText(item.payload)
			: item.payload;
	const meant = meaningOf(payload);
	return { json: { entries, payload }, given: meant && { entries, payload: meant } };
}

const jsonText = (payload: Json): string =>
	`{${Object.entries(payload)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
		.join(',')}}`;

/** Undefined for what is no Payload at all. */
function meaningOf(payload: unknown): Json | undefined {
	if (payload === undefined || payload === null || payload === '') return {};
	let parsed = payload;
	if (typeof payload === 'string') {
		try {
			parsed = JSON.parse(payload);
		} catch {
			return undefined;
		}
	}
	return isObject(parsed) && !(parsed instanceof Date) ? parsed : undefined;
}

/** What Odin must be sent for an item: undefined where it must be refused. */
interface Expectation {
	refused: string[];
	mayBeRefused: string[];
	body?: Json;
}

function expectationOf(kind: Kind, given: Given | undefined): Expectation {
	if (!given) return { refused: ['Payload'], mayBeRefused: [] };
	const label = (entry: string) => labelOf(entry === 'name' ? kind.nameParameter : entry);
	const asked = askedFor(kind.write, withoutIdleAuthentication(kind, given), label);
	const { mayBeRefused, unclearable } = asked;
	const isSeenAtOnce = kind.operation === 'update';
	const refused = [...asked.refused, ...(isSeenAtOnce ? unclearable : [])];
	if (refused.length > 0) return { refused, mayBeRefused };
	const missing = [...(isSeenAtOnce ? [] : unclearable), ...missingIn(kind, asked)];
	if (missing.length > 0) return { refused: missing, mayBeRefused };
	return { refused, mayBeRefused, body: bodyOf(kind, asked) };
}

/** On create, user name and password of the form count only while authentication is on. */
function withoutIdleAuthentication(kind: Kind, given: Given): Given {
	if (kind.operation !== 'create') return given;
	const on = [given.entries, given.payload].some(({ requireAuthentication: raw }) =>
		/^\s*true\s*$/i.test(typeof raw === 'string' || typeof raw === 'boolean' ? String(raw) : ''),
	);
	if (on) return given;
	const {
		sipAuthenticationUserName: _user,
		sipAuthenticationPassword: _password,
		...entries
	} = given.entries;
	return { ...given, entries };
}

function missingIn(kind: Kind, asked: AskedFor): string[] {
	const { fields } = asked;
	if (kind.write === 'compare') return [];
	if (!kind.existing) {
		const isThere = (field: string) => (fields[field] ?? null) !== null;
		const missing = demanded(asked, isThere).map(({ label }) => label);
		return isThere('maxActiveCalls') ? missing : [...missing, labelOf('maxActiveCalls')];
	}
	const changed = kind.operation === 'upsert' ? { ...asked, fields: changesIn(asked) } : asked;
	const missing = demanded(changed, (field) => fields[field] !== null).map(({ label }) => label);
	const isEmpty = Object.keys(fields).every((name) => KEY.includes(name));
	return kind.operation === 'update' && isEmpty ? ['There is nothing to update'] : missing;
}

/** What differs from the stored trunk group. A key that Odin does not show can't be compared. */
const changesIn = ({ fields }: AskedFor): Json =>
	Object.fromEntries(
		Object.entries(fields).filter(
			([name, value]) =>
				!KEY.includes(name) && Object.hasOwn(STORED, name) && STORED[name] !== value,
		),
	);

function bodyOf(kind: Kind, asked: AskedFor): Json | undefined {
	if (!kind.existing) return createBody(asked);
	const { serviceProviderId, groupId, name } = asked.fields;
	const key = { serviceProviderId, groupId, name };
	if (kind.operation === 'update') return asked.fields;
	const changes = changesIn(asked);
	if (kind.write === 'compare') return changes;
	return Object.keys(changes).length === 0 ? undefined : { ...key, ...changes };
}

/** Equal for equal JSON, whatever the order of its keys. */
function canonical(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		isObject(inner)
			? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
			: inner,
	);
}

const short = (value: unknown): string => {
	const text = typeof value === 'string' ? value : canonical(value);
	return text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text;
};

/** Odin as it takes everything, and has what `kind` says. */
function answerAll({ existing }: Kind): void {
	odin.clearFaults();
	odin.injectFault(({ method, path, query, body }) => {
		if (path !== TRUNK_GROUPS) return undefined;
		if (method !== 'GET') {
			const { newName, ...sent } = body as Json;
			return { kind: 'status', status: 200, body: { ...sent, name: newName ?? sent.name } };
		}
		return existing
			? { kind: 'status', status: 200, body: { ...STORED, ...query } }
			: { kind: 'status', status: 404, body: { error: 'Trunk group not found' } };
	});
}

/** The one output item of each input item. */
function outcomesOf({ output, error }: RunResult, count: number): Json[] {
	expect(error?.message).toBeUndefined();
	const outcomes = (output[0] ?? []).map(({ json }) => json);
	expect(outcomes).toHaveLength(count);
	return outcomes;
}

const quoted = (label: string): string => {
	const characters = [...label.slice(0, 122)];
	return characters.length > 60 ? `'${characters.slice(0, 60).join('')}…'` : `'${label}'`;
};

/** Complaints about what became of an item that was to be refused, or may be. */
function complaintsAbout(outcome: Json, { refused, mayBeRefused }: Expectation): string[] {
	const message = String(outcome.error ?? '');
	const isRefused = (outcome.details as Json | undefined)?.kind === 'parameter';
	const complaints: string[] = [];
	if (refused.length > 0 && !isRefused) complaints.push('should be refused');
	if ('error' in outcome && !isRefused) complaints.push('went wrong at Odin');
	if (message.length > 1500) complaints.push(`says too much: ${message.length} characters`);
	if (/could not handle/.test(message)) complaints.push('crashed');
	// One reason that may be given is enough: what else would be said depends on it.
	if (isRefused && mayBeRefused.some((label) => message.includes(quoted(label)))) return complaints;
	if (refused.length === 0 && isRefused) complaints.push('should not be refused');
	const named = isRefused ? refused : [];
	for (const label of named) {
		const words = / /.test(label) && message.includes(label) ? label : quoted(label);
		if (!message.includes(words)) complaints.push(`does not name ${short(label)}`);
	}
	return complaints;
}

async function runItems(kind: Kind, items: Item[]): Promise<void> {
	answerAll(kind);
	odin.clearRequests();
	const all = items.map((item, index) => prepared(item, index, kind));
	const run = await raw.run(
		engine,
		all.map(({ json }) => json),
		parametersOf(kind),
		{ onError: 'continueRegularOutput' },
	);
	const outcomes = outcomesOf(run, items.length);
	const bodies: string[] = [];
	all.forEach(({ json, given }, index) => {
		const outcome = outcomes[index] ?? {};
		const expected = expectationOf(kind, given);
		const complaints = complaintsAbout(outcome, expected);
		if (expected.body && !('error' in outcome)) {
			if (kind.write === 'compare') {
				const differences = Object.entries(expected.body).map(([field, value]) => ({
					field,
					expected: value,
					actual: STORED[field],
				}));
				const byField = (list: unknown) =>
					[...(list as Json[])].sort((one, other) =>
						String(one.field) < String(other.field) ? -1 : 1,
					);
				if (canonical(byField(outcome.differences)) !== canonical(byField(differences))) {
					complaints.push(`is compared as ${short(outcome.differences)}`);
				}
			} else {
				bodies.push(canonical(expected.body));
			}
		}
		if (complaints.length > 0) {
			throw new Error(
				`Item ${short(json)}\n${complaints.join('; ')}\nexpected ${short(expected)}\ngot ${short(outcome)}`,
			);
		}
	});
	const writes = odin.requests.filter(
		({ method, path }) => method !== 'GET' && !path.startsWith('/auth/'),
	);
	expect(writes.map(({ body }) => short(canonical(body))).sort()).toEqual(bodies.map(short).sort());
	expect(writes.map(({ body }) => canonical(body)).sort()).toEqual(bodies.sort());
	const method = kind.existing ? 'PUT' : 'POST';
	for (const request of odin.requests.filter(({ path }) => !path.startsWith('/auth/'))) {
		expect([request.path, ['GET', method].includes(request.method)]).toEqual([TRUNK_GROUPS, true]);
		expect(Object.keys(request.query)).toEqual(request.method === 'GET' ? KEY : []);
	}
	for (const { message } of run.hints) expect(message.length).toBeLessThan(5000);
}

describe.each(Object.entries(kinds))('whatever comes to %s', (_, kind) => {
	it('arrives at Odin exactly or is refused by its label', async () => {
		await fc.assert(
			fc.asyncProperty(itemsOf(kind), async (items) => await runItems(kind, items)),
			propertyRuns(15),
		);
	});
});
