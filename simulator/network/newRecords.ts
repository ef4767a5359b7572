import { DEVICE } from '../contract/resourceContract';
import { groupServices } from './services';
import type {
	Device,
	Group,
	PhoneNumber,
	Registration,
	ServiceProvider,
	TrunkGroup,
	User,
} from './records';

/** What must be given of a record; the rest is filled with a plain value. */
export type GivenServiceProvider = Pick<ServiceProvider, 'serviceProviderId'> &
	Partial<ServiceProvider>;
export type GivenGroup = Pick<Group, 'serviceProviderId' | 'groupId'> & Partial<Group>;
export type GivenDevice = Pick<Device, 'deviceName'> & Partial<Device>;
export type GivenUser = Pick<User, 'userId' | 'serviceProviderId' | 'groupId'> & Partial<User>;
export type GivenTrunkGroup = Pick<TrunkGroup, 'serviceProviderId' | 'groupId' | 'name'> &
	Partial<TrunkGroup>;

export type GivenNumbers = Pick<PhoneNumber, 'serviceProviderId'> &
	Partial<PhoneNumber> & { min: string; max?: string };

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
		services: groupServices(),
		callCapacity: { maxActiveCalls: 100, burstingMaxActiveCalls: 0 },
		...given,
	};
}

export function newDevice(given: GivenDevice): Device {
	const { serviceProviderId = null, groupId = null } = given;
	const level = groupId ? 'Group' : serviceProviderId ? 'Service Provider' : 'System';
	return {
		deviceType: 'Generic SIP IP-PBX',
		numberOfPorts: { unlimited: 'true' },
		...DEVICE.defaults,
		...given,
		deviceLevel: level,
		serviceProviderId,
		groupId,
	};
}

export function newUser(given: GivenUser): User {
	return {
		lastName: given.userId,
		firstName: given.userId,
		...(given.trunkGroup || given.accessDevice ? { linePort: given.userId } : {}),
		staticRegistrationCapable: true,
		useDomain: true,
		services: [],
		registrations: [],
		...given,
	};
}

export function newRegistration(user: User, given: Registration): Registration {
	return {
		deviceLevel: user.accessDevice?.deviceLevel ?? 'Group',
		deviceName: user.accessDevice?.deviceName ?? null,
		order: 1,
		uRI: `sip:${user.linePort}:5060`,
		expiration: 'Thu Jan 01 00:00:00 EST 2099',
		'line/Port': user.linePort,
		endpointType: 'Primary',
		publicNetAddress: null,
		publicPort: null,
		privateNetAddress: null,
		privatePort: null,
		userAgent: 'Simulated',
		lockoutStarted: null,
		lockoutExpires: null,
		lockoutCount: 0,
		accessInfo: null,
		...given,
	};
}
