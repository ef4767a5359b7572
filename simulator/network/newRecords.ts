import type { Device, Group, ServiceProvider, TrunkGroup, User } from './records';

/** What must be given of a record; the rest is filled with a plain value. */
export type GivenServiceProvider = Pick<ServiceProvider, 'serviceProviderId'> &
	Partial<ServiceProvider>;
export type GivenGroup = Pick<Group, 'serviceProviderId' | 'groupId'> & Partial<Group>;
export type GivenDevice = Pick<Device, 'deviceName'> & Partial<Device>;
export type GivenUser = Pick<User, 'userId' | 'serviceProviderId' | 'groupId'> & Partial<User>;
export type GivenTrunkGroup = Pick<TrunkGroup, 'serviceProviderId' | 'groupId' | 'name'> &
	Partial<TrunkGroup> & { sipAuthenticationPassword?: string };

export function newServiceProvider(given: GivenServiceProvider): ServiceProvider {
	return {
		serviceProviderName: given.serviceProviderId,
		isEnterprise: true,
		defaultDomain: 'example.com',
		trunkGroupsAuthorized: true,
		callCapacity: { maxActiveCalls: 1000, burstingMaxActiveCalls: -1 },
		...given,
	};
}

export function newGroup(given: GivenGroup): Group {
	const defaultDomain = given.defaultDomain ?? 'example.com';
	return {
		groupName: given.groupId,
		userLimit: 100,
		timeZone: 'America/New_York',
		defaultDomain,
		domains: [defaultDomain],
		trunkGroupService: {
			authorized: true,
			assigned: true,
			licensed: true,
			quantity: -1,
			allowed: -1,
		},
		callCapacity: { maxActiveCalls: 100, burstingMaxActiveCalls: 0 },
		...given,
	};
}

export function newDevice(given: GivenDevice): Device {
	const { serviceProviderId = null, groupId = null } = given;
	const level = groupId ? 'Group' : serviceProviderId ? 'Service Provider' : 'System';
	return {
		deviceLevel: level,
		deviceType: 'Generic SIP IP-PBX',
		numberOfPorts: { unlimited: 'true' },
		settings: {},
		...given,
		serviceProviderId,
		groupId,
	};
}

export function newUser(given: GivenUser): User {
	return {
		lastName: given.userId,
		firstName: given.userId,
		phoneNumber: null,
		extension: null,
		department: null,
		emailAddress: null,
		trunkGroup: null,
		linePort: given.trunkGroup ? given.userId : null,
		staticRegistrationCapable: true,
		useDomain: true,
		...given,
	};
}
