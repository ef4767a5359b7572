import { requireDependencies } from '../contract/field';
import { TRUNK_GROUP_FIELDS } from '../contract/trunkGroupFields';
import { requireDepartment } from '../departments/collection';
import { deviceInReach } from '../devices/usage';
import { findGroup, type TrunkGroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Department, HostedUser, TrunkGroup } from '../network/records';
import { sipPasswordComplaints } from '../network/sipPasswordRules';
import { notAuthorized, notFound, refused } from '../odinErrors';
import type { Change } from '../routes/collection';

export interface TrunkGroupChange extends Change<TrunkGroup> {
	/** Whether the administrator is one of the system, not of a service provider or group. */
	isSystemAdmin: boolean;
	enforceSipPasswordRules: boolean;
}

type Rule = (network: Network, change: TrunkGroupChange) => void;

/** Throws the refusal of BroadWorks for a change that breaks a rule. */
export function checkTrunkGroup(network: Network, change: TrunkGroupChange): void {
	for (const rule of RULES) rule(network, change);
}

/** Whether trunk users or hosted users are assigned. */
export function hasUsers(network: Network, trunkGroup: TrunkGroup): boolean {
	return trunkGroup.users.length > 0 || network.trunkUsers(trunkGroup).length > 0;
}

const checkDependencies: Rule = (_network, { record }) =>
	requireDependencies(TRUNK_GROUP_FIELDS, record);

const checkAccessDevice: Rule = (network, { fields, record, before }) => {
	if (!('accessDevice' in fields)) return;
	const device = record.accessDevice;
	const changes =
		device?.deviceName !== before?.accessDevice?.deviceName ||
		device?.deviceLevel !== before?.accessDevice?.deviceLevel;
	if (before && changes && hasUsers(network, before)) {
		throw refused(
			'The access device cannot be changed while users are assigned to the trunk group',
		);
	}
	if (device && !deviceInReach(network, record, device)) {
		throw notFound('Access Device', device.deviceName, 400);
	}
};

const checkDepartment: Rule = (network, { fields, record }) => {
	if (fields.department) requireDepartment(network, record, fields.department as Department);
};

const checkRerouteTargets: Rule = ({ stores }, { fields, record }) => {
	for (const [name, value] of Object.entries(fields)) {
		if (!name.endsWith('RerouteTrunkGroupKey') || !value) continue;
		const key = value as TrunkGroupKey;
		const sameEnterprise = key.serviceProviderId === record.serviceProviderId;
		if (!sameEnterprise || !stores.trunkGroups.find(key)) {
			throw notFound('Trunk Group', `${key.groupId}/${key.name} (${name})`, 400);
		}
	}
};

// Each trunk group is held against the ceiling of its group. Their sum may exceed it: oversubscription.
const checkCallCapacity: Rule = (network, { fields, record }) => {
	const { maxActiveCalls, burstingMaxActiveCalls } = findGroup(network, record).callCapacity;
	if ('maxActiveCalls' in fields && record.maxActiveCalls > maxActiveCalls) {
		throw refused(
			`maxActiveCalls ${record.maxActiveCalls} exceeds the call capacity of the group, ${maxActiveCalls}`,
		);
	}
	if (fields.enableBursting === true && burstingMaxActiveCalls === 0) {
		throw refused('enableBursting needs bursting capacity, and the group has none');
	}
};

const checkPilotUser: Rule = (network, { fields: { pilotUserId }, before }) => {
	if (!before || typeof pilotUserId !== 'string') return;
	const pilot = network.user(pilotUserId);
	if (!pilot || !network.trunkUsers(before).includes(pilot)) {
		throw refused(`pilotUserId ${pilotUserId} is not a user of the trunk group`);
	}
};

const checkHostedUsers: Rule = (network, { fields, record }) => {
	for (const { userId } of (fields.users as HostedUser[] | null | undefined) ?? []) {
		const user = network.user(userId);
		const inGroup =
			user?.serviceProviderId === record.serviceProviderId && user.groupId === record.groupId;
		if (!inGroup) throw notFound('User', userId, 400);
	}
};

// The portal sends the field back unchanged for every administrator, so only a change is refused.
const checkNetworkAddressIdentity: Rule = (_network, { fields, before, isSystemAdmin }) => {
	const wanted = fields.enableNetworkAddressIdentity;
	if (isSystemAdmin || wanted === undefined) return;
	if (wanted !== (before?.enableNetworkAddressIdentity ?? false)) {
		throw notAuthorized('enableNetworkAddressIdentity');
	}
};

const checkSipPassword: Rule = (network, { fields, record, before, enforceSipPasswordRules }) => {
	const password = fields.sipAuthenticationPassword;
	if (!enforceSipPasswordRules || typeof password !== 'string') return;
	const complaints = sipPasswordComplaints(network.sipPasswordRules(record.serviceProviderId), {
		password,
		userName: record.sipAuthenticationUserName as string | undefined,
		oldPassword: before?.sipAuthenticationPassword,
	});
	if (complaints.length > 0) {
		throw refused(`Invalid password: sipAuthenticationPassword needs ${complaints.join(', ')}`);
	}
};

const RULES: readonly Rule[] = [
	checkDependencies,
	checkAccessDevice,
	checkDepartment,
	checkRerouteTargets,
	checkCallCapacity,
	checkPilotUser,
	checkHostedUsers,
	checkNetworkAddressIdentity,
	checkSipPassword,
];
