import { isSameName } from '../../model/equivalence';
import type { Key } from '../../model/key';
import { find, type Profile } from '../../provisioning/read';
import type { ReadOnce } from '../../provisioning/readOnce';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { nameOf, wireText } from '../../values/wireValues';
import { deviceModel } from '../device/model';
import { readDeviceUsers, readTrunkGroupsOn } from '../device/users';
import { NumberMatcher } from '../number/match';
import type { OwnedRange } from '../number/plan';
import { disjoint, joined, type NumberRange } from '../number/range';
import { readNumberDetails, type DetailedRange } from '../number/read';
import { matchAll } from '../number/readPlan';
import { readNumbers } from '../number/spelling';
import { readUsage, type Usage } from '../trunkGroup/deletion';
import { trunkGroupModel } from '../trunkGroup/model';
import { userModel } from '../user/model';
import { connectionOf } from '../user/trunk';
import { orRefusal, readOwned, readServices } from './state';
import type { TakeDownOrder } from './takeDownOrder';
import { deviceOf } from './trunk';
import { hasTrunkGroups } from '../groupService/trunkGroupService';

/** A user who leaves the trunk, and what Odin shows of it. */
export interface LeavingUser {
	key: Key;
	/** Undefined: there is no such user (any more) */
	profile: Profile | undefined;
	/** Its numbers in the group; of a user who is gone those that are remembered */
	ranges: NumberRange[];
}

/** What belonged together when an earlier try of the node read it: Odin may not know it any more. */
export interface Remembered {
	users: Map<string, Pick<LeavingUser, 'key' | 'ranges'>>;
	deviceName: string;
	/** Whether the trunk group was there, so that its users and device are known */
	trunkGroupSeen: boolean;
}

/** The device that the trunk group is on, or that the row names. */
export interface LeavingDevice {
	key: Key;
	profile: Profile | undefined;
	/** Ids of users and names of trunk groups that are on it and do not leave */
	users: string[];
	trunkGroups: string[];
}

/** All that Odin shows of what a row takes down, before anything is written. */
export interface TakeDownState {
	trunkGroup: Profile | undefined;
	usage: Usage;
	users: LeavingUser[];
	device: LeavingDevice | undefined;
	owned: OwnedRange[];
	/** The numbers of the group with their users */
	details: DetailedRange[];
	/** The numbers that the row names, as Odin writes them; a text: why there are none */
	requested: NumberRange[] | string;
}

const UNUSED: Usage = { pilotUserId: '', hostedUserIds: [], trunkUsers: [] };

/** Throws OdinError for what can't be read. */
export async function readTakeDownState(
	odin: OdinClient,
	order: TakeDownOrder,
	{ reads, remembered }: { reads: ReadOnce; remembered: Remembered },
): Promise<TakeDownState> {
	const { group, key, alsoRemove } = order;
	const trunkGroup = await findTrunkGroup(odin, order, reads);
	const usage = trunkGroup ? await readUsage(odin, key, trunkGroup) : UNUSED;
	const users = await readLeavingUsers(odin, order, usage, remembered);
	const takesNumbers =
		alsoRemove.has('numbers') &&
		(order.numbers.length > 0 || (alsoRemove.has('users') && users.length > 0));
	const owned = takesNumbers ? await readOwned(odin, order, reads) : [];
	const details = takesNumbers
		? await reads.once(
				`numbers with users ${order.countryCode ?? ''}`,
				async () => await readNumberDetails(odin, group, order.countryCode),
			)
		: [];
	const asked = { group, entries: order.numbers, countryCode: order.countryCode };
	const rangesOf = rangesOfUsers(order, { owned, details });
	const state = {
		trunkGroup,
		usage,
		users: users.map((user) => ({ ...user, ranges: rangesOf(user) })),
		owned,
		details: disjoint(details),
		requested:
			takesNumbers && order.numbers.length > 0 ? await orRefusal(matchAll(odin, asked, owned)) : [],
	};
	return { ...state, device: await readLeavingDevice(odin, order, state, remembered) };
}

/** A group without the service Trunk Group has none, and Odin refuses to look. */
async function findTrunkGroup(
	odin: OdinClient,
	{ group, key }: TakeDownOrder,
	reads: ReadOnce,
): Promise<Profile | undefined> {
	return await find(odin, trunkGroupModel, key).catch(async (error: unknown) => {
		if (!(error instanceof OdinError) || error.kind !== 'refused') throw error;
		const services = await readServices(odin, group, reads).catch(() => undefined);
		if (services && !hasTrunkGroups(services)) return undefined;
		throw error;
	});
}

/** The users on the trunk group, those that the row names, and those of an earlier try; each once. */
async function readLeavingUsers(
	odin: OdinClient,
	{ group, key, userIds }: TakeDownOrder,
	{ trunkUsers, pilotUserId }: Usage,
	remembered: Remembered,
): Promise<LeavingUser[]> {
	const named = new Set(userIds.map((id) => id.toLowerCase()));
	const ids = [
		...[...remembered.users.values()].map((user) => user.key.id),
		...trunkUsers.map(({ userId }) => userId),
		...(pilotUserId === '' ? [] : [pilotUserId]),
		...userIds,
	];
	const users = new Map<string, LeavingUser>();
	for (const id of ids) {
		const name = id.toLowerCase();
		if (users.has(name)) continue;
		const profile = await find(odin, userModel, { ...group, id });
		const known = remembered.users.get(name);
		const userKey = { ...group, id: (profile && nameOf(profile.userId)) ?? id };
		// A list that lags behind must not take a user off anything else.
		const isLeaving = known !== undefined && !profile;
		if (!named.has(name) && !isLeaving && !isOnTrunk(key, profile)) continue;
		users.set(name, { key: userKey, profile, ranges: known?.ranges ?? [] });
	}
	return [...users.values()];
}

export function isOnTrunk({ id }: Key, profile: Profile | undefined): boolean {
	const now = profile && connectionOf(profile);
	return now?.through === 'trunkGroup' && isSameName(id, now.name);
}

/** The numbers of a user: what the group shows as the user's, and what the user itself shows. */
function rangesOfUsers(
	{ group, countryCode }: TakeDownOrder,
	{ owned, details }: Pick<TakeDownState, 'owned' | 'details'>,
): (user: LeavingUser) => NumberRange[] {
	const byUser = new Map<string, NumberRange[]>();
	for (const { user, ...range } of details) {
		if (user.userId === null) continue;
		const id = user.userId.toLowerCase();
		byUser.set(id, [...(byUser.get(id) ?? []), range]);
	}
	const ofGroup = owned.filter(({ groupId }) => groupId === group.groupId);
	const matcher = new NumberMatcher(ofGroup, countryCode);
	return ({ key, profile, ranges }) => {
		if (!profile) return ranges;
		const own = readNumbers(profile.phoneNumber).entries.flatMap((entry) => {
			const match = matcher.match(entry);
			return 'range' in match ? match.range : [];
		});
		return joined([...(byUser.get(key.id.toLowerCase()) ?? []), ...own]);
	};
}

async function readLeavingDevice(
	odin: OdinClient,
	order: TakeDownOrder,
	{ trunkGroup, users }: Pick<TakeDownState, 'trunkGroup' | 'users'>,
	remembered: Remembered,
): Promise<LeavingDevice | undefined> {
	const { group, key, alsoRemove, deviceName } = order;
	if (!alsoRemove.has('device')) return undefined;
	const own = trunkGroup && deviceOf(trunkGroup);
	const id = own?.deviceName ?? (deviceName || remembered.deviceName);
	if (id === '' || own?.ofGroup === false) return undefined;
	const deviceKey = { ...group, id };
	const profile = await find(odin, deviceModel, deviceKey);
	if (!profile) return { key: deviceKey, profile, users: [], trunkGroups: [] };
	const leaving = new Set(users.map((user) => user.key.id.toLowerCase()));
	const ofDevice = (await readDeviceUsers(odin, deviceKey)).map(({ userId }) => wireText(userId));
	const trunkGroups = await readTrunkGroupsOn(odin, deviceKey);
	return {
		key: deviceKey,
		profile,
		users: ofDevice.filter((userId) => !leaving.has(userId.toLowerCase())),
		trunkGroups: trunkGroups.filter((name) => !isSameName(key.id, name)),
	};
}
