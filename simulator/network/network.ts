import { ENTERPRISE_TRUNK } from '../contract/resourceContract';
import type {
	CallCapacity,
	Department,
	Device,
	DeviceFile,
	DeviceTag,
	DeviceType,
	EnterpriseTrunk,
	Group,
	PhoneNumber,
	Registration,
	ServiceProvider,
	SipPasswordRules,
	TrunkGroup,
	User,
} from './records';
import {
	type GivenDevice,
	type GivenGroup,
	type GivenNumbers,
	type GivenServiceProvider,
	type GivenTrunkGroup,
	type GivenUser,
	newDevice,
	newGroup,
	newRegistration,
	newServiceProvider,
	newUser,
} from './newRecords';
import { DEVICE_TYPES } from './deviceTypes';
import { RecordStore } from './recordStore';
import { SYSTEM_SIP_PASSWORD_RULES } from './sipPasswordRules';
import { numbersIn } from '../numbers/phoneNumbers';
import { newTrunkGroup } from '../trunkGroups/profile';

export type ReportShape = 'groups' | 'groupTrunkGroupDetails' | 'both';

/** All records at one moment, store by store. */
export type NetworkState = ReadonlyMap<RecordStore<object>, Map<string, object>>;

const GROUP_KEY = ['serviceProviderId', 'groupId'] as const;
const CONFIGURED_KEY = [...GROUP_KEY, 'deviceName', 'deviceType'] as const;

/**
 * The BroadWorks network behind the simulator, all in memory. Nothing here checks rules; the HTTP side does. The
 * methods are what tests set the network up with; they return the stored records, which a test may read and change.
 */
export class Network {
	/** Odin was seen to answer the call capacity report in two shapes. Default 'groups'. */
	reportShape!: ReportShape;
	systemSipPasswordRules!: SipPasswordRules;
	/** How names are stored and found. */
	spell: (name: string) => string = (name) => name;

	readonly stores = {
		serviceProviders: new RecordStore<ServiceProvider>(['serviceProviderId']),
		groups: new RecordStore<Group>(GROUP_KEY),
		departments: new RecordStore<Department>([...GROUP_KEY, 'name'], (name) => this.spell(name)),
		deviceTypes: new RecordStore<DeviceType>(['deviceType']),
		devices: new RecordStore<Device>([...GROUP_KEY, 'deviceName'], (name) => this.spell(name)),
		deviceTags: new RecordStore<DeviceTag>([...CONFIGURED_KEY, 'tagName']),
		deviceFiles: new RecordStore<DeviceFile>([...CONFIGURED_KEY, 'fileFormat']),
		trunkGroups: new RecordStore<TrunkGroup>([...GROUP_KEY, 'name'], (name) => this.spell(name)),
		enterpriseTrunks: new RecordStore<EnterpriseTrunk>(
			[...GROUP_KEY, 'enterpriseTrunkName'],
			(name) => this.spell(name),
		),
		// BroadWorks has one name space of user ids for the whole system, without case.
		users: new RecordStore<User>(['userId'], (userId) => userId.toLowerCase()),
		numbers: new RecordStore<PhoneNumber>(['phoneNumber']),
	};

	constructor() {
		this.clear();
	}

	/** Leaves what BroadWorks itself brings. */
	clear(): void {
		this.reportShape = 'groups';
		this.systemSipPasswordRules = { ...SYSTEM_SIP_PASSWORD_RULES };
		for (const store of this.allStores()) store.clear();
		for (const deviceType of DEVICE_TYPES) this.stores.deviceTypes.add({ ...deviceType });
	}

	/** A copy of all records, to be looked at with `during`. */
	copyOfState(): NetworkState {
		return new Map(this.allStores().map((store) => [store, store.copyOfRecords()]));
	}

	/** Does something synchronous on another state. The records of the present one stay untouched. */
	during<T>(state: NetworkState, action: () => T): T {
		const enter = (records: NetworkState): NetworkState =>
			new Map([...records].map(([store, other]) => [store, store.exchange(other)]));
		const present = enter(state);
		try {
			return action();
		} finally {
			enter(present);
		}
	}

	serviceProviders(): ServiceProvider[] {
		return this.stores.serviceProviders.all();
	}

	serviceProvider(serviceProviderId: string): ServiceProvider | undefined {
		return this.stores.serviceProviders.find({ serviceProviderId });
	}

	addServiceProvider(given: GivenServiceProvider): ServiceProvider {
		return this.stores.serviceProviders.add(newServiceProvider(given));
	}

	groups(serviceProviderId: string): Group[] {
		return this.stores.groups.all({ serviceProviderId });
	}

	group(serviceProviderId: string, groupId: string): Group | undefined {
		return this.stores.groups.find({ serviceProviderId, groupId });
	}

	addGroup(given: GivenGroup): Group {
		return this.stores.groups.add(newGroup(given));
	}

	/** The call capacity of a group, or of a service provider when no group is named. */
	callCapacity(serviceProviderId: string, groupId?: string): CallCapacity | undefined {
		return groupId === undefined
			? this.serviceProvider(serviceProviderId)?.callCapacity
			: this.group(serviceProviderId, groupId)?.callCapacity;
	}

	/** The departments of a group, or those of the enterprise when no group is named. */
	departments(serviceProviderId: string, groupId?: string): Department[] {
		return this.stores.departments.all({ serviceProviderId, groupId });
	}

	addDepartment(department: Department): Department {
		return this.stores.departments.add(department);
	}

	/** The devices of a group, of a service provider without a group, of the system without both. */
	devices(serviceProviderId: string | null = null, groupId: string | null = null): Device[] {
		return this.stores.devices.all({ serviceProviderId, groupId });
	}

	addDevice(given: GivenDevice): Device {
		return this.stores.devices.add(newDevice(given));
	}

	/** The trunk groups of a group, or of all groups of a service provider when no group is named. */
	trunkGroups(serviceProviderId: string, groupId?: string): TrunkGroup[] {
		return this.stores.trunkGroups.all({
			serviceProviderId,
			...(groupId === undefined ? {} : { groupId }),
		});
	}

	trunkGroup(serviceProviderId: string, groupId: string, name: string): TrunkGroup | undefined {
		return this.stores.trunkGroups.find({ serviceProviderId, groupId, name });
	}

	/** Adds a trunk group with the documented defaults in every place where nothing is given. */
	addTrunkGroup(given: GivenTrunkGroup): TrunkGroup {
		return this.stores.trunkGroups.add(newTrunkGroup({ ...given, name: this.spell(given.name) }));
	}

	/** Gives a trunk group another name. Its users go along; reroute keys of other trunk groups stay as they were. */
	renameTrunkGroup(trunkGroup: TrunkGroup, name: string): void {
		const users = this.trunkUsers(trunkGroup);
		this.stores.trunkGroups.change(trunkGroup, { ...trunkGroup, name });
		for (const user of users) user.trunkGroup = name;
	}

	removeTrunkGroup(trunkGroup: TrunkGroup): void {
		this.stores.trunkGroups.remove(trunkGroup);
	}

	addEnterpriseTrunk(given: EnterpriseTrunk): EnterpriseTrunk {
		return this.stores.enterpriseTrunks.add({ ...ENTERPRISE_TRUNK.defaults, ...given });
	}

	storedSipPassword(serviceProviderId: string, groupId: string, name: string): string | undefined {
		return this.trunkGroup(serviceProviderId, groupId, name)?.sipAuthenticationPassword;
	}

	/** The rules that hold for the trunk groups and users of a service provider. */
	sipPasswordRules(serviceProviderId: string): SipPasswordRules {
		return this.serviceProvider(serviceProviderId)?.sipPasswordRules ?? this.systemSipPasswordRules;
	}

	user(userId: string): User | undefined {
		return this.stores.users.find({ userId });
	}

	addUser(given: GivenUser): User {
		const { trunkGroup } = given;
		return this.stores.users.add(
			newUser({ ...given, ...(trunkGroup && { trunkGroup: this.spell(trunkGroup) }) }),
		);
	}

	/** Adds numbers from min to max to a service provider, or to one of its groups. */
	addNumbers({ min, max, ...given }: GivenNumbers): PhoneNumber[] {
		return numbersIn({ min, max: max ?? null }).map((phoneNumber) =>
			this.stores.numbers.add({ groupId: null, activated: false, ...given, phoneNumber }),
		);
	}

	/** Registers the endpoint of a user; the rest is filled with plain values. */
	addRegistration(user: User, given: Registration = {}): Registration {
		const registration = newRegistration(user, given);
		user.registrations.push(registration);
		return registration;
	}

	/** The users that a trunk group addresses; its hosted users are another thing. */
	trunkUsers({ serviceProviderId, groupId, name }: TrunkGroup): User[] {
		return this.stores.users.all({ serviceProviderId, groupId, trunkGroup: name });
	}

	private allStores(): Array<RecordStore<object>> {
		return Object.values(this.stores);
	}
}
