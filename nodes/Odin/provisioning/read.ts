import { isSameName } from '../model/equivalence';
import { lookupKey, recordText, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { isObject } from '../values/json';
import { IF_NOT_FOUND } from './options';

/** A profile as Odin returned it. */
export type Profile = Record<string, unknown>;

/** The profile in a response, if it is the one with this id: the response itself, or the one thing in it. */
export function profileIn(
	{ id }: Pick<ResourceModel, 'id'>,
	body: unknown,
	name: string,
): Profile | undefined {
	const isNamed = (profile: Profile): boolean => isSameName(name, profile[id]);
	if (isObject(body) && isNamed(body)) return body;
	const parts = typeof body === 'object' && body !== null ? Object.values(body) : [];
	const [inner] = parts.filter(isObject);
	return parts.length === 1 && inner && isNamed(inner) ? inner : undefined;
}

/**
 * Reads a record; undefined when Odin does not have it. Throws OdinError. `isEmptyMissing`: a success with nothing in it
 * says so, too.
 */
export async function find(
	odin: OdinClient,
	model: ResourceModel,
	key: Key,
	{ isEmptyMissing = true } = {},
): Promise<Profile | undefined> {
	const purpose = `read ${recordText(model, key)}`;
	const result = await odin.send({
		method: 'GET',
		path: model.path,
		query: lookupKey(model, key),
		purpose,
	});
	if (!result.ok) {
		if (result.failure.kind === 'notFound') return undefined;
		throw result.failure;
	}
	if (isEmptyMissing && isEmpty(result.body)) return undefined;
	const profile = profileIn(model, result.body, key.id);
	if (profile) return profile;
	throw new OdinError({
		kind: 'lost',
		message: `Odin's answer is not the profile of ${recordText(model, key)}`,
		about: recordText(model, key),
		description: "Check that the 'Base URL' of the credential is the one of the Odin API",
	});
}

/** A success without anything in it: Odin has no such record. */
const isEmpty = (body: unknown): boolean =>
	body === undefined ||
	body === null ||
	body === '' ||
	(typeof body === 'object' && Object.keys(body).length === 0);

/** Reads a record that must be there. Throws OdinError. */
export async function read(odin: OdinClient, model: ResourceModel, key: Key): Promise<Profile> {
	const profile = await find(odin, model, key);
	if (profile) return profile;
	throw missing(model, key);
}

/** Odin does not have it. `hasOption`: the operation has the option with which a workflow goes on without it */
export const missing = (model: ResourceModel, key: Key, { hasOption = false } = {}): OdinError =>
	new OdinError({
		kind: 'notFound',
		message: `Odin has no ${recordText(model, key)}`,
		description: `${
			model.isIdAlone
				? 'Check the ID'
				: 'Check service provider, group and name. After a rename only the new name is known'
		}${hasOption ? `. '${IF_NOT_FOUND}' in the options lets the workflow go on` : ''}`,
		details: lookupKey(model, key),
	});
