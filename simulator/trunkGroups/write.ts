import type { Body } from '../contract/convertBody';
import type { Network } from '../network/network';
import type { Group, HostedUser, TrunkGroup } from '../network/records';
import { alreadyExists, refused } from '../odinErrors';
import { hostedUserRow } from '../network/userRows';
import { createPilotUser } from './pilotUser';
import { newTrunkGroup, PROFILE_KEYS } from './profile';
import { checkTrunkGroup, hasUsers, type TrunkGroupChange } from './rules';

type Circumstances = Pick<TrunkGroupChange, 'isSystemAdmin' | 'enforceSipPasswordRules'>;

// The parts of an object that are stored; portal and odins_spear send whole rows.
const STORED_PARTS: Readonly<Record<string, readonly string[]>> = {
	accessDevice: ['deviceLevel', 'deviceName'],
	department: ['serviceProviderId', 'groupId', 'name'],
	capacityExceededRerouteTrunkGroupKey: ['serviceProviderId', 'groupId', 'name'],
	callForwardingAlwaysRerouteTrunkGroupKey: ['serviceProviderId', 'groupId', 'name'],
	unreachableDestinationRerouteTrunkGroupKey: ['serviceProviderId', 'groupId', 'name'],
};

/** Adds a trunk group. The fields have passed the contract; throws when a rule of BroadWorks is broken. */
export function createTrunkGroup(
	network: Network,
	group: Group,
	given: Body,
	circumstances: Circumstances,
): TrunkGroup {
	const fields = withHostedUsers(given);
	const name = network.spell(fields.name as string);
	if (network.trunkGroup(group.serviceProviderId, group.groupId, name)) {
		throw alreadyExists('Trunk Group', name);
	}
	const { serviceProviderId, groupId } = group;
	const trunkGroup = newTrunkGroup({
		...storedValues(network, fields),
		serviceProviderId,
		groupId,
		name,
	});
	const sipPassword = fields.sipAuthenticationPassword as string | undefined;
	checkTrunkGroup({ network, group, fields, trunkGroup, sipPassword, ...circumstances });
	if (fields.pilotUser) createPilotUser(network, trunkGroup, fields.pilotUser as Body);
	return network.addTrunkGroup({ ...trunkGroup, sipAuthenticationPassword: sipPassword });
}

/** Changes a stored trunk group in place: absent fields stay, null clears, newName renames. */
export function updateTrunkGroup(
	network: Network,
	group: Group,
	stored: TrunkGroup,
	given: Body,
	circumstances: Circumstances,
): TrunkGroup {
	const fields = withHostedUsers(given);
	const newName = network.spell((fields.newName as string | undefined) ?? stored.name);
	if (
		newName !== stored.name &&
		network.trunkGroup(group.serviceProviderId, group.groupId, newName)
	) {
		throw alreadyExists('Trunk Group', newName);
	}
	const trunkGroup = withoutCleared({ ...stored, ...storedValues(network, fields) });
	const sipPassword = sipPasswordAfter(network, stored, fields);
	checkTrunkGroup({ network, group, fields, trunkGroup, sipPassword, stored, ...circumstances });
	for (const key of Object.keys(stored)) delete stored[key];
	Object.assign(stored, trunkGroup);
	network.setSipPassword(stored, sipPassword);
	if (newName !== stored.name) network.renameTrunkGroup(stored, newName);
	return stored;
}

export function deleteTrunkGroup(network: Network, trunkGroup: TrunkGroup): void {
	if (trunkGroup.pilotUserId !== undefined) {
		throw refused('The trunk group has a pilot user: remove the pilot user first');
	}
	if (hasUsers(network, trunkGroup)) {
		throw refused('The trunk group has users assigned: remove the users first');
	}
	network.removeTrunkGroup(trunkGroup);
}

// BroadWorks has other names than Odin for the hosted users. Whether Odin takes them is unknown.
function withHostedUsers({ hostedUserId, hostedUserIdList, ...fields }: Body): Body {
	const ids = hostedUserId ?? (hostedUserIdList as { hostedUserId?: unknown } | null)?.hostedUserId;
	if (!Array.isArray(ids)) return hostedUserIdList === null ? { ...fields, users: null } : fields;
	return { ...fields, users: ids.map((userId) => ({ userId: String(userId) })) };
}

function storedValues(network: Network, fields: Body): Partial<TrunkGroup> {
	const keys = PROFILE_KEYS.filter((key) => key in fields);
	const values = keys.map((key) => [key, storedValue(network, key, fields[key])]);
	return Object.fromEntries(values) as Partial<TrunkGroup>;
}

function storedValue(network: Network, key: string, value: unknown): unknown {
	if (key === 'users') {
		return ((value ?? []) as HostedUser[]).map(({ userId }) => {
			const user = network.user(userId);
			return user ? hostedUserRow(user) : { userId };
		});
	}
	const parts = STORED_PARTS[key];
	if (!parts || value === null) return value;
	const given = value as Body;
	return Object.fromEntries(
		parts.filter((part) => given[part] !== undefined).map((part) => [part, given[part]]),
	);
}

function withoutCleared(trunkGroup: TrunkGroup): TrunkGroup {
	const set = Object.entries(trunkGroup).filter(([, value]) => value !== null);
	return Object.fromEntries(set) as TrunkGroup;
}

function sipPasswordAfter(
	network: Network,
	{ serviceProviderId, groupId, name }: TrunkGroup,
	{ sipAuthenticationPassword: given }: Body,
): string | undefined {
	if (given === undefined) return network.storedSipPassword(serviceProviderId, groupId, name);
	return (given as string | null) ?? undefined;
}
