import type { IDataObject } from 'n8n-workflow';
import { groupText, outputKey, type GroupKey, type Key } from '../../model/key';
import { shapeProfile } from '../../provisioning/output';
import { find, type Profile } from '../../provisioning/read';
import { readRows } from '../../provisioning/rows';
import { withoutSecrets } from '../../secrets/redact';
import { isRefusal, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isObject } from '../../values/json';
import { nameOf, wireText } from '../../values/wireValues';
import { readCapacity } from '../callCapacity/capacity';
import { deviceModel } from '../device/model';
import { isOfGroup, readDeviceUsers } from '../device/users';
import { readNumberDetails } from '../number/read';
import { wireRange } from '../number/range';
import { trunkGroupModel } from '../trunkGroup/model';
import { readUsers, userRow } from '../trunkGroup/users';

/** The access device of a trunk group; `ofGroup`: it belongs to the group, so that it can be read. */
export function deviceOf(profile: Profile): { deviceName: string; ofGroup: boolean } | undefined {
	const device = isObject(profile.accessDevice) ? profile.accessDevice : {};
	const deviceName = nameOf(device.deviceName);
	if (deviceName === null) return undefined;
	return { deviceName, ofGroup: isOfGroup(device) };
}

/** Null for what an Odin of another release or for another administrator does not tell. */
const orNull = async <Value>(reading: Promise<Value>): Promise<Value | null> =>
	await reading.catch((error: unknown) => {
		// An answer that is something else is not Odin's no.
		const isNo = error instanceof OdinError && (error.httpStatus ?? 0) >= 400;
		if (isNo && isRefusal(error)) return null;
		throw error;
	});

/** A trunk as it works: the trunk group with all that calls need. Undefined where there is no such trunk group. */
export async function readTrunk(odin: OdinClient, key: Key): Promise<IDataObject | undefined> {
	const profile = await find(odin, trunkGroupModel, key);
	return profile && (await trunkOf(odin, key, profile));
}

async function trunkOf(odin: OdinClient, key: Key, profile: Profile): Promise<IDataObject> {
	const { serviceProviderId, groupId } = key;
	const group = { serviceProviderId, groupId };
	const reference = deviceOf(profile);
	const deviceKey = reference?.ofGroup && { ...group, id: reference.deviceName };
	const device = deviceKey ? await find(odin, deviceModel, deviceKey) : undefined;
	const ofTrunk = await readUsers(odin, key, 'assigned');
	const ids = new Set(ofTrunk.map(({ userId }) => idOf(userId)));
	const isOfTrunk = (userId: unknown): boolean => ids.has(idOf(userId));
	const hasUsers = ids.size > 0;
	const ofDevice =
		device && deviceKey && hasUsers ? await orNull(readDeviceUsers(odin, deviceKey)) : [];
	const linePorts = new Map(
		(ofDevice ?? []).map((row) => [idOf(row.userId), nameOf(row.linePort)]),
	);
	const numbers = hasUsers ? await orNull(readNumberDetails(odin, group)) : [];
	const registrations = hasUsers ? await orNull(readRegistrations(odin, group)) : [];
	return {
		...outputKey(trunkGroupModel, key),
		trunkGroup: shapeProfile(trunkGroupModel, key, profile, { output: { shape: 'raw' } }),
		device: device
			? shapeProfile(deviceModel, deviceKey as Key, device, { output: { shape: 'raw' } })
			: ((profile.accessDevice ?? null) as IDataObject | null),
		numbers:
			numbers &&
			numbers
				.filter(({ user }) => user.userId !== null && isOfTrunk(user.userId))
				.map((range) => ({
					...wireRange(range),
					userId: range.user.userId,
					activated: range.activated,
				})),
		users: ofTrunk.map((row) => ({
			...userRow(row),
			linePort: linePorts.get(idOf(row.userId)) ?? null,
		})),
		pilotUserId: nameOf(profile.pilotUserId),
		registrations: registrations && registrations.filter(({ userId }) => isOfTrunk(userId)),
		capacity: (await orNull(
			readCapacity(odin, { level: 'group', key: group, text: groupText(group) }),
		)) as IDataObject | null,
	};
}

const idOf = (userId: unknown): string => wireText(userId).toLowerCase();

/** Who is registered, in the whole group. */
async function readRegistrations(odin: OdinClient, group: GroupKey): Promise<IDataObject[]> {
	const rows = await readRows(
		odin,
		{
			path: '/users/registration/bulk',
			query: { ...group },
			purpose: `read the registrations of ${groupText(group)}`,
		},
		'userId',
	);
	return rows.flatMap(({ profile, data, ...row }) => {
		const named = isObject(data) ? data : row;
		const userId = nameOf(named.userId) ?? (isObject(profile) ? nameOf(profile.userId) : null);
		const list = Array.isArray(named.registrations) ? named.registrations.filter(isObject) : [];
		return list.map((one) => ({ userId, ...withoutSecrets(one) }) as IDataObject);
	});
}
