import { requireDepartment } from '../departments/collection';
import { requireFreePort, deviceInReach } from '../devices/usage';
import { findGroup, type GroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Department, TrunkGroup, User } from '../network/records';
import { groupNumber, usersByNumber } from '../numbers/phoneNumbers';
import { notFound, refused } from '../odinErrors';
import type { Change } from '../routes/collection';

type Rule = (network: Network, change: Change<User>) => void;

/** Throws the refusal of BroadWorks for a change of a user that breaks a rule. */
export function checkUser(network: Network, change: Change<User>): void {
	for (const rule of RULES) rule(network, change);
}

/** Throws when another user, wherever it is, has the line port. */
export function requireFreeLinePort({ stores }: Network, userId: string, linePort: string): void {
	const isTaken = stores.users
		.all()
		.some(
			(user) =>
				user.linePort?.toLowerCase() === linePort.toLowerCase() &&
				user.userId.toLowerCase() !== userId.toLowerCase(),
		);
	if (isTaken) throw refused(`The line port is already in use: ${linePort}`);
}

export function pilotedTrunkGroup({ stores }: Network, user: User): TrunkGroup | undefined {
	const { serviceProviderId, groupId, userId } = user;
	return stores.trunkGroups
		.all({ serviceProviderId, groupId })
		.find(({ pilotUserId }) => pilotUserId?.toLowerCase() === userId.toLowerCase());
}

/** Throws when a group has no room for one more user. */
export function requireRoomForUser(network: Network, key: GroupKey): void {
	const { serviceProviderId, groupId, userLimit } = findGroup(network, key);
	if (network.stores.users.all({ serviceProviderId, groupId }).length < userLimit) return;
	throw refused(`The group has reached its user limit of ${userLimit}`);
}

const checkUserLimit: Rule = (network, { record, before }) => {
	if (!before) requireRoomForUser(network, record);
};

const checkNumber: Rule = (network, { fields, record, before }) => {
	const { phoneNumber } = record;
	if (!fields.phoneNumber || phoneNumber === undefined) return;
	if (!groupNumber(network, record, phoneNumber)) {
		throw refused(`The phone number is not assigned to the group: ${phoneNumber}`);
	}
	const owner = usersByNumber(network).get(phoneNumber);
	if (owner && owner !== before) {
		throw refused(`The phone number is already in use by ${owner.userId}: ${phoneNumber}`);
	}
};

const checkExtension: Rule = ({ stores }, { fields, record, before }) => {
	const { serviceProviderId, groupId, extension } = record;
	if (!fields.extension || extension === undefined) return;
	const owner = stores.users
		.all({ serviceProviderId, groupId, extension })
		.find((user) => user !== before);
	if (owner) throw refused(`The extension is already in use by ${owner.userId}: ${extension}`);
};

const checkDepartment: Rule = (network, { fields, record }) => {
	if (fields.department) requireDepartment(network, record, fields.department as Department);
};

const checkEndpoint: Rule = (network, { record, before }) => {
	const { trunkGroup: name, accessDevice, linePort } = record;
	const { serviceProviderId, groupId } = record;
	const leaves = before?.trunkGroup !== undefined && name !== before.trunkGroup;
	if (leaves && pilotedTrunkGroup(network, before)) {
		throw refused(
			`${before.userId} is the pilot user of its trunk group: remove the pilot user first`,
		);
	}
	if (linePort) requireFreeLinePort(network, record.userId, linePort);
	const trunkGroup =
		name === undefined
			? undefined
			: network.stores.trunkGroups.find({ serviceProviderId, groupId, name });
	if (name !== undefined && !trunkGroup) throw notFound('Trunk Group', name, 400);
	const reference = trunkGroup?.accessDevice ?? accessDevice;
	const device = reference && deviceInReach(network, record, reference);
	if (accessDevice && !device) throw notFound('Access Device', accessDevice.deviceName, 400);
	const stays =
		name === before?.trunkGroup && accessDevice?.deviceName === before?.accessDevice?.deviceName;
	if (device && !stays) requireFreePort(network, device);
};

const RULES: readonly Rule[] = [
	checkUserLimit,
	checkNumber,
	checkExtension,
	checkDepartment,
	checkEndpoint,
];

/** Throws when a user may not leave its group. */
export function requireNoPilotUser(network: Network, user: User): void {
	if (pilotedTrunkGroup(network, user)) {
		throw refused(`${user.userId} is a pilot user: remove the pilot user first`);
	}
}

/** The trunk groups that a user is hosted by have it no longer. */
export function leaveTrunkGroups(network: Network, user: User): void {
	for (const trunkGroup of network.trunkGroups(user.serviceProviderId, user.groupId)) {
		trunkGroup.users = trunkGroup.users.filter(({ userId }) => userId !== user.userId);
	}
}
