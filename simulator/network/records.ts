/** A limit of -1 is no limit, for a service provider and for bursting. */
export interface CallCapacity {
	maxActiveCalls: number;
	burstingMaxActiveCalls: number;
	/** BroadWorks 23 and later; absent before. */
	numberOfBurstingBTLUs?: number;
}

/** A service or service pack as a group has it. */
export interface GroupService {
	serviceName: string;
	kind: 'groupServices' | 'userServices' | 'servicePackServices';
	authorized: boolean;
	/** Of a group service alone: the others are assigned to users. */
	assigned: boolean;
	licensed: boolean;
	/** How many users or instances may have it; -1 is no limit. */
	quantity: number;
	/** The most that the service provider allows; -1 is no limit. */
	allowed: number;
}

/** What every password has to have. */
export interface PasswordRules {
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
}

export interface PortalPasswordRules extends PasswordRules {
	disallowUserId: boolean;
}

export interface SipPasswordRules extends PasswordRules {
	disallowAuthenticationName: boolean;
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
	services: GroupService[];
	callCapacity: CallCapacity;
}

/** Without a groupId it is a department of the enterprise. */
export interface Department {
	serviceProviderId: string;
	groupId?: string;
	name: string;
}

export type DeviceLevel = 'System' | 'Service Provider' | 'Group';

/** As Odin answers it: text inside. */
export type NumberOfPorts = { unlimited: 'true' } | { quantity: string };

export interface DeviceReference {
	deviceLevel: DeviceLevel;
	deviceName: string;
}

export interface DeviceType {
	deviceType: string;
	numberOfPorts: NumberOfPorts;
	protocolChoice: string[];
	[setting: string]: unknown;
}

export interface Device {
	deviceLevel: DeviceLevel;
	serviceProviderId: string | null;
	groupId: string | null;
	deviceName: string;
	deviceType: string;
	numberOfPorts: NumberOfPorts;
	accessDeviceCredentials?: { userName?: unknown; password?: unknown };
	/** Everything else: protocol, netAddress, macAddress… */
	[field: string]: unknown;
}

/** What a tag or a file configures: a device, or all devices of a type in a place. */
export interface ConfiguredDevices {
	serviceProviderId: string | null;
	groupId: string | null;
	deviceName: string | null;
	deviceType: string | null;
}

/** A value that configuration files are filled with. */
export interface DeviceTag extends ConfiguredDevices {
	tagName: string;
	tagValue: string;
}

/** A configuration file in place of the one that BroadWorks makes. */
export interface DeviceFile extends ConfiguredDevices {
	fileFormat: string;
	fileSource: string;
	/** In base64 */
	fileContent?: string;
}

/** A number of a service provider, in the form +1-5135550010. */
export interface PhoneNumber {
	phoneNumber: string;
	serviceProviderId: string;
	/** Null: no group has it. */
	groupId: string | null;
	activated: boolean;
}

/** A registration of an endpoint, as GET /users/registration shows it. */
export type Registration = Record<string, unknown>;

/** A user as it is stored: unset optional fields are absent. */
export interface User {
	userId: string;
	serviceProviderId: string;
	groupId: string;
	lastName: string;
	firstName: string;
	/** In the form of the numbers, if it has one. */
	phoneNumber?: string;
	extension?: string;
	department?: Department;
	emailAddress?: string;
	/** The trunk group of the user's group that addresses the user, if any. */
	trunkGroup?: string;
	/** The device that the user is on, if any. */
	accessDevice?: DeviceReference;
	/** Of the endpoint, be it trunk group or device. */
	linePort?: string;
	staticRegistrationCapable: boolean;
	useDomain: boolean;
	/** The portal login's. */
	password?: string;
	sipUserName?: string;
	sipPassword?: string;
	/** Of the voice portal. */
	passcode?: string;
	/** Of a service, by its name. */
	serviceSettings?: Readonly<Record<string, object>>;
	/** The names of its services and service packs. */
	services: string[];
	registrations: Registration[];
	[field: string]: unknown;
}

/** A row of the hosted users of a trunk group. */
export interface HostedUser {
	userId: string;
	[column: string]: unknown;
}

/** A trunk group as it is stored: unset optional fields are absent. */
export interface TrunkGroup {
	serviceProviderId: string;
	groupId: string;
	name: string;
	maxActiveCalls: number;
	users: HostedUser[];
	pilotUserId?: string;
	sipAuthenticationPassword?: string;
	accessDevice?: DeviceReference;
	department?: Department;
	[field: string]: unknown;
}

/** A trunk of several trunk groups. Without a groupId it is one of the enterprise. */
export interface EnterpriseTrunk {
	serviceProviderId: string;
	groupId?: string;
	enterpriseTrunkName: string;
	trunkGroups?: EnterpriseTrunkPart[];
	[field: string]: unknown;
}

/** Without a groupId the trunk group is of the enterprise trunk's own group. */
export interface EnterpriseTrunkPart {
	trunkGroupName: string;
	groupId?: string;
	[field: string]: unknown;
}
