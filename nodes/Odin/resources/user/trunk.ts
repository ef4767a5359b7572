import type { IDataObject } from 'n8n-workflow';
import { isStoredAs, isSameName } from '../../model/equivalence';
import type { Key } from '../../model/key';
import { completedBody } from '../../model/requestBody';
import { refuseOther } from '../../provisioning/conflict';
import { changesOf, type PreviewedRequest } from '../../provisioning/preview';
import { put } from '../../provisioning/put';
import type { Profile } from '../../provisioning/read';
import { whileUnknown, type Attempt } from '../../provisioning/settle';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isObject, type JsonObject, type JsonValue } from '../../values/json';
import { quoted } from '../../values/text';
import { isOn, wireText } from '../../values/wireValues';
import { userFields } from './fields';
import { userModel } from './model';
import { readUser, type User, type UserChange } from './read';

/** What a user is connected through. */
export type Connection =
	| { through: 'nothing' }
	| { through: 'device'; name: string }
	| { through: 'trunkGroup'; name: string; linePort: string; isPilotUser: boolean };

export function connectionOf(profile: Profile): Connection {
	const trunk = objectIn(objectIn(profile.trunkAddressing).trunkGroupDeviceEndpoint);
	const name = wireText(trunk.name);
	if (name !== '') {
		const isPilotUser = isOn(trunk.isPilotUser);
		return { through: 'trunkGroup', name, linePort: wireText(trunk.linePort), isPilotUser };
	}
	const device = objectIn(objectIn(profile.accessDeviceEndpoint).accessDevice);
	const deviceName = wireText(device.deviceName);
	return deviceName === '' ? { through: 'nothing' } : { through: 'device', name: deviceName };
}

const objectIn = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The changes of a user that one request makes, and what an earlier try of the item has sent. */
export interface TrunkAttempt extends Attempt {
	planned?: TrunkPlan;
}

/** How a user comes to be on a trunk group or off it. A preview shows it, a run carries it out. */
export interface TrunkPlan {
	user: User;
	/** Beside the user id; undefined where Odin shows it already */
	body: JsonObject | undefined;
	changes: IDataObject[];
}

export interface Assignment {
	userId: string;
	/** The trunk group, in the group of the user */
	trunkGroup: string;
	/** Without it a user who is on this trunk group keeps the line port; any other gets the user id */
	linePort?: string | undefined;
	/** Takes over a user who is on a device or another trunk group */
	force: boolean;
	/** Where the user must belong to; empty for anywhere */
	place: Pick<Key, 'serviceProviderId' | 'groupId'>;
}

/** Throws OdinError for a user of another group, and for one in other use who is not to be taken over. */
export async function planAssignment(
	odin: OdinClient,
	{ userId, trunkGroup, linePort, force, place }: Assignment,
	attempt: TrunkAttempt = {},
): Promise<TrunkPlan> {
	const user = await whileUnknown(attempt, async () => await readUser(odin, userId));
	refuseOther(userModel, { ...place, id: userId }, user.profile);
	const now = connectionOf(user.profile);
	const stays = now.through === 'trunkGroup' && isSameName(trunkGroup, now.name);
	if (now.through !== 'nothing' && !stays && !force) throw inOtherUse(user, now, trunkGroup);
	return plan(user, {
		trunkAddressing: {
			trunkGroupDeviceEndpoint: { name: trunkGroup, ...(linePort && { linePort }) },
		},
	});
}

/** Throws OdinError for a pilot user, who stays on the trunk group until it has another one or none. */
export async function planRemoval(
	odin: OdinClient,
	userId: string,
	attempt: TrunkAttempt = {},
): Promise<TrunkPlan> {
	const user = await whileUnknown(attempt, async () => await readUser(odin, userId));
	const now = connectionOf(user.profile);
	if (now.through !== 'trunkGroup') return { user, body: undefined, changes: [] };
	if (now.isPilotUser) throw isPilot(user, now.name);
	return plan(user, OFF_TRUNK);
}

export const OFF_TRUNK: JsonObject = { endpointType: 'none', trunkAddressing: null };

function plan(user: User, wanted: JsonObject): TrunkPlan {
	const { key, profile } = user;
	const body = completedBody(userModel, key, wanted, profile);
	const differences = Object.entries(body).flatMap(([field, wanted]) => {
		const stored = (profile[field] ?? null) as JsonValue;
		return isStoredAs(userFields.get(field), wanted, stored) ? [] : [{ field, wanted, stored }];
	});
	const changes = changesOf(differences);
	return { user, body: changes.length > 0 ? body : undefined, changes };
}

export const requestOf = ({ user, body }: TrunkPlan): PreviewedRequest | null =>
	body ? { method: 'PUT', path: userModel.path, body: { userId: user.key.id, ...body } } : null;

/** Carries out a plan; `profile` shows it. Throws OdinError. */
export async function carryOut(
	odin: OdinClient,
	planned: TrunkPlan,
	attempt: TrunkAttempt,
): Promise<UserChange & User> {
	const { user, body, changes } = planned;
	if (!body) {
		// Done by an earlier try, whose response got lost.
		const done = attempt.unknown ? (attempt.planned?.changes ?? []) : [];
		return { ...user, outcome: done.length > 0 ? 'updated' : 'unchanged', changes: done };
	}
	attempt.planned ??= planned;
	const profile = await put(odin, userModel, { key: user.key, body, attempt });
	return { key: user.key, profile, outcome: 'updated', changes };
}

const connectionText = (connection: Exclude<Connection, { through: 'nothing' }>): string =>
	connection.through === 'device'
		? `device ${quoted(connection.name)}`
		: `trunk group ${quoted(connection.name)} (line port ${connection.linePort})`;

const detailsOf = ({ key, profile }: User): IDataObject =>
	({
		serviceProviderId: key.serviceProviderId,
		groupId: key.groupId,
		userId: key.id,
		endpointType: profile.endpointType ?? null,
	}) as IDataObject;

const inOtherUse = (
	user: User,
	connection: Exclude<Connection, { through: 'nothing' }>,
	trunkGroup: string,
): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `User ${quoted(user.key.id)} is on ${connectionText(connection)}, so it was not put on trunk group ${quoted(trunkGroup)}`,
		effect: 'Nothing was changed',
		description: "Take the user off there first; 'Force' in the options takes the user over",
		details: detailsOf(user),
	});

const isPilot = (user: User, trunkGroup: string): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `User ${quoted(user.key.id)} is the pilot user of trunk group ${quoted(trunkGroup)}, so it was not taken off`,
		effect: 'Nothing was changed',
		description:
			"Clear 'Pilot User ID' of the trunk group first, or name another pilot user (resource 'Trunk Group', operation 'Update')",
		details: detailsOf(user),
	});
