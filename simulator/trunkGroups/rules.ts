import { REQUIRED_DEPENDENCIES } from '../contract/trunkGroupFields';
import type { Body } from '../contract/convertBody';
import type { TrunkGroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Department, Group, HostedUser, TrunkGroup } from '../network/records';
import { sipPasswordComplaints } from '../network/sipPasswordRules';
import { notAuthorized, notFound, refused } from '../odinErrors';

/** A write that is about to happen. */
export interface TrunkGroupChange {
	network: Network;
	group: Group;
	/** What was sent. */
	fields: Body;
	/** The trunk group as it would be afterwards. */
	trunkGroup: TrunkGroup;
	/** The SIP password as it would be afterwards. */
	sipPassword: string | undefined;
	/** The trunk group as it is now; absent when it is created. */
	stored?: TrunkGroup;
	/** Whether the administrator is one of the system, not of a service provider or group. */
	isSystemAdmin: boolean;
	enforceSipPasswordRules: boolean;
}

/** Throws the refusal of BroadWorks for a change that breaks a rule. */
export function checkTrunkGroup(change: TrunkGroupChange): void {
	checkRequiredDependencies(change);
	checkAccessDevice(change);
	checkDepartment(change);
	checkRerouteTargets(change);
	checkCallCapacity(change);
	checkUsers(change);
	checkNetworkAddressIdentity(change);
	checkSipPassword(change);
}

function checkRequiredDependencies({ trunkGroup, sipPassword }: TrunkGroupChange): void {
	const values: Body = { ...trunkGroup, sipAuthenticationPassword: sipPassword };
	for (const { field, when } of REQUIRED_DEPENDENCIES) {
		if (values[when.field] === when.equals && values[field] === undefined) {
			throw refused(`${field} is required when ${when.field} is ${String(when.equals)}`);
		}
	}
}

function checkAccessDevice({ network, group, fields, trunkGroup, stored }: TrunkGroupChange): void {
	if (!('accessDevice' in fields)) return;
	const device = trunkGroup.accessDevice;
	const before = stored?.accessDevice;
	const changes =
		device?.deviceName !== before?.deviceName || device?.deviceLevel !== before?.deviceLevel;
	if (stored && changes && hasUsers(network, stored)) {
		throw refused(
			'The access device cannot be changed while users are assigned to the trunk group',
		);
	}
	if (!device) return;
	const ofLevel = {
		System: () => network.devices(),
		'Service Provider': () => network.devices(group.serviceProviderId),
		Group: () => network.devices(group.serviceProviderId, group.groupId),
	};
	const found = ofLevel[device.deviceLevel]().some((one) => one.deviceName === device.deviceName);
	if (!found) throw notFound('Access Device', device.deviceName, 400);
}

/** Whether trunk users or hosted users are assigned. */
export function hasUsers(network: Network, trunkGroup: TrunkGroup): boolean {
	return trunkGroup.users.length > 0 || network.trunkUsers(trunkGroup).length > 0;
}

function checkDepartment({ network, group, fields }: TrunkGroupChange): void {
	const department = fields.department as Department | null | undefined;
	if (!department) return;
	const inReach =
		department.serviceProviderId === group.serviceProviderId &&
		(department.groupId === undefined || department.groupId === group.groupId);
	const found = network
		.departments(department.serviceProviderId, department.groupId)
		.some((one) => one.name === department.name);
	if (!inReach || !found) throw notFound('Department', department.name, 400);
}

function checkRerouteTargets({ network, group, fields }: TrunkGroupChange): void {
	for (const [name, value] of Object.entries(fields)) {
		if (!name.endsWith('RerouteTrunkGroupKey') || !value) continue;
		const key = value as TrunkGroupKey;
		const sameEnterprise = key.serviceProviderId === group.serviceProviderId;
		if (!sameEnterprise || !network.trunkGroup(key.serviceProviderId, key.groupId, key.name)) {
			throw notFound('Trunk Group', `${key.groupId}/${key.name} (${name})`, 400);
		}
	}
}

// Each trunk group is held against the ceiling of its group. Their sum may exceed it: oversubscription.
function checkCallCapacity({ group, fields, trunkGroup }: TrunkGroupChange): void {
	const { maxActiveCalls, burstingMaxActiveCalls } = group.callCapacity;
	if ('maxActiveCalls' in fields && trunkGroup.maxActiveCalls > maxActiveCalls) {
		throw refused(
			`maxActiveCalls ${trunkGroup.maxActiveCalls} exceeds the call capacity of the group, ${maxActiveCalls}`,
		);
	}
	if (fields.enableBursting === true && burstingMaxActiveCalls === 0) {
		throw refused('enableBursting needs bursting capacity, and the group has none');
	}
}

function checkUsers({ network, group, fields, stored }: TrunkGroupChange): void {
	const { pilotUserId } = fields;
	if (typeof pilotUserId === 'string') {
		const trunkUsers = stored ? network.trunkUsers(stored) : [];
		if (!trunkUsers.some((user) => user.userId === pilotUserId)) {
			throw refused(`pilotUserId ${pilotUserId} is not a user of the trunk group`);
		}
	}
	for (const { userId } of (fields.users as HostedUser[] | null | undefined) ?? []) {
		const user = network.user(userId);
		const inGroup =
			user?.serviceProviderId === group.serviceProviderId && user.groupId === group.groupId;
		if (!inGroup) throw notFound('User', userId, 400);
	}
}

// The portal sends the field back unchanged for every administrator, so only a change is refused.
function checkNetworkAddressIdentity(change: TrunkGroupChange): void {
	const { fields, stored, isSystemAdmin } = change;
	const wanted = fields.enableNetworkAddressIdentity;
	if (isSystemAdmin || wanted === undefined) return;
	if (wanted !== (stored?.enableNetworkAddressIdentity ?? false)) {
		throw notAuthorized('enableNetworkAddressIdentity');
	}
}

function checkSipPassword(change: TrunkGroupChange): void {
	const { network, fields, trunkGroup, stored } = change;
	const password = fields.sipAuthenticationPassword;
	if (!change.enforceSipPasswordRules || typeof password !== 'string') return;
	const { serviceProviderId, groupId, name } = stored ?? trunkGroup;
	const complaints = sipPasswordComplaints(network.sipPasswordRules(serviceProviderId), {
		password,
		userName: trunkGroup.sipAuthenticationUserName as string | undefined,
		oldPassword: network.storedSipPassword(serviceProviderId, groupId, name),
	});
	if (complaints.length > 0) {
		throw refused(`Invalid password: sipAuthenticationPassword needs ${complaints.join(', ')}`);
	}
}
