import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../values/json';
import { trunkGroupText, type TrunkGroupKey } from '../model/key';
import { withoutSecrets } from '../secrets/redact';
import { simplified } from '../model/summary';
import { OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';

export const TRUNK_GROUPS = '/groups/trunk-groups';

/** A profile as Odin returned it. */
export type Profile = Record<string, unknown>;

/**
 * The profile in an answer, if it is the one of this trunk group: the answer itself, or the one thing in it. Odin may
 * turn a name of digits into a number.
 */
export function profileIn(body: unknown, name: string): Profile | undefined {
	if (isObject(body) && isNamed(body, name)) return body;
	const parts = typeof body === 'object' && body !== null ? Object.values(body) : [];
	const [inner] = parts.filter(isObject);
	return parts.length === 1 && inner && isNamed(inner, name) ? inner : undefined;
}

/** A number has lost the zeros in front of it. */
const isNamed = (profile: Profile, name: string): boolean =>
	typeof profile.name === 'number' && /^\d+$/.test(name)
		? profile.name === Number(name)
		: String(profile.name) === name;

/** Reads a trunk group by name; undefined when Odin does not have it. */
export async function findTrunkGroup(
	odin: OdinClient,
	key: TrunkGroupKey,
): Promise<Profile | undefined> {
	const purpose = `read ${trunkGroupText(key)}`;
	const outcome = await odin.send({
		method: 'GET',
		path: TRUNK_GROUPS,
		query: { ...key },
		purpose,
	});
	if (!outcome.ok) {
		if (outcome.failure.kind === 'notFound') return undefined;
		throw outcome.failure;
	}
	if (isEmpty(outcome.body)) return undefined;
	const profile = profileIn(outcome.body, key.name);
	if (profile) return profile;
	throw new OdinError({
		kind: 'lost',
		message: `Odin was asked to ${purpose} and answered with something else`,
		description: "Check that the 'Base URL' of the credential is the one of the Odin API",
	});
}

/** A success without anything in it: Odin has no such trunk group. */
const isEmpty = (body: unknown): boolean =>
	body === undefined ||
	body === null ||
	body === '' ||
	(typeof body === 'object' && Object.keys(body).length === 0);

export interface ProfileShape {
	simplify: boolean;
	/** The password that was set, when the output is to contain it */
	sipPassword?: unknown;
}

/** The profile for the output: without a password, unless it was asked for. */
export function shapeProfile(profile: Profile, shape: ProfileShape): IDataObject {
	const shown = shape.simplify ? simplified(profile) : withoutSecrets(profile);
	return {
		...shown,
		...(typeof shape.sipPassword === 'string' && {
			sipAuthenticationPassword: shape.sipPassword,
		}),
	} as IDataObject;
}
