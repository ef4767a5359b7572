/** A limit of -1 is no limit, for a service provider and for bursting. */
export interface CallCapacity {
	maxActiveCalls: number;
	burstingMaxActiveCalls: number;
	/** BroadWorks 23 and later; absent before. */
	numberOfBurstingBTLUs?: number;
}

/** The state of the group service 'Trunk Group'. */
export interface TrunkGroupService {
	authorized: boolean;
	assigned: boolean;
	licensed: boolean;
	/** -1 is no limit. */
	quantity: number;
	allowed: number;
}

export interface SipPasswordRules {
	disallowAuthenticationName: boolean;
	disallowOldPassword: boolean;
	disallowReversedOldPassword: boolean;
	restrictMinDigits: boolean;
	minDigits: number;
	restrictMinUpperCaseLetters: boolean;
	minUpperCaseLetters: number;
	restrictMinLowerCaseLetters: boolean;
	minLowerCaseLetters: number;
	restrictMinNonAlphanumericCharacters: boolean;
	minNonAlphanumericCharacters: number;
	minLength: number;
	trunkGroupAuthenticationLockoutType: string;
	trunkGroupTemporaryLockoutThreshold: number;
	trunkGroupPermanentLockoutThreshold: number;
	endpointAuthenticationLockoutType: string;
	endpointTemporaryLockoutThreshold: number;
	endpointPermanentLockoutThreshold: number;
}

export interface ServiceProvider {
	serviceProviderId: string;
	serviceProviderName: string;
	isEnterprise: boolean;
	defaultDomain: string;
	/** False: the service 'Trunk Group' is not authorized, its call capacity cannot be asked for. */
	trunkGroupsAuthorized: boolean;
	callCapacity: CallCapacity;
	/** Absent: the service provider follows the rules of the system. */
	sipPasswordRules?: SipPasswordRules;
}

export interface Group {
	serviceProviderId: string;
	groupId: string;
	groupName: string;
	userLimit: number;
	timeZone: string;
	defaultDomain: string;
	domains: string[];
	trunkGroupService: TrunkGroupService;
	callCapacity: CallCapacity;
}

/** Without a groupId it is a department of the enterprise. */
export interface Department {
	serviceProviderId: string;
	groupId?: string;
	name: string;
}

export type DeviceLevel = 'System' | 'Service Provider' | 'Group';

export interface Device {
	deviceLevel: DeviceLevel;
	serviceProviderId: string | null;
	groupId: string | null;
	deviceName: string;
	deviceType: string;
	/** As Odin answers it: text inside. */
	numberOfPorts: { unlimited: 'true' } | { quantity: string };
	/** Everything else: protocol, netAddress, macAddress… */
	settings: Record<string, unknown>;
}

export interface User {
	userId: string;
	serviceProviderId: string;
	groupId: string;
	lastName: string;
	firstName: string;
	phoneNumber: string | null;
	extension: string | null;
	department: string | null;
	emailAddress: string | null;
	/** The trunk group of the user's group that addresses the user, if any. */
	trunkGroup: string | null;
	linePort: string | null;
	staticRegistrationCapable: boolean;
	useDomain: boolean;
}

/** A row of the hosted users of a trunk group. */
export interface HostedUser {
	userId: string;
	[column: string]: unknown;
}

/** A trunk group as it is stored: unset optional fields are absent. The SIP password is kept elsewhere. */
export interface TrunkGroup {
	serviceProviderId: string;
	groupId: string;
	name: string;
	maxActiveCalls: number;
	users: HostedUser[];
	pilotUserId?: string;
	accessDevice?: { deviceLevel: DeviceLevel; deviceName: string };
	department?: Department;
	[field: string]: unknown;
}
