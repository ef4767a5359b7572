import type {
	CallCapacity,
	Department,
	Device,
	Group,
	ServiceProvider,
	SipPasswordRules,
	TrunkGroup,
	User,
} from './records';
import {
	type GivenDevice,
	type GivenGroup,
	type GivenServiceProvider,
	type GivenTrunkGroup,
	type GivenUser,
	newDevice,
	newGroup,
	newServiceProvider,
	newUser,
} from './newRecords';
import { SYSTEM_SIP_PASSWORD_RULES } from './sipPasswordRules';
import { newTrunkGroup } from '../trunkGroups/profile';

export interface NetworkState {
	serviceProvidersById: Map<string, ServiceProvider>;
	groupsByKey: Map<string, Group>;
	trunkGroupsByKey: Map<string, TrunkGroup>;
	sipPasswords: Map<string, string>;
	usersById: Map<string, User>;
	departmentList: Department[];
	deviceList: Device[];
}

const emptyState = (): NetworkState => ({
	serviceProvidersById: new Map(),
	groupsByKey: new Map(),
	trunkGroupsByKey: new Map(),
	sipPasswords: new Map(),
	usersById: new Map(),
	departmentList: [],
	deviceList: [],
});

export type ReportShape = 'groups' | 'groupTrunkGroupDetails' | 'both';

const key = (...ids: string[]): string => JSON.stringify(ids);

/**
 * The BroadWorks network behind the simulator, all in memory. The find methods return the stored records
 * themselves: a test may read and change them. Nothing here checks rules; the HTTP side does.
 */
export class Network {
	/** Odin was seen to answer the call capacity report in two shapes. */
	reportShape: ReportShape = 'groups';
	/** How the name of a trunk group is stored and found. */
	spell: (name: string) => string = (name) => name;
	systemSipPasswordRules: SipPasswordRules = { ...SYSTEM_SIP_PASSWORD_RULES };

	private state: NetworkState = emptyState();

	/** A copy of all records, to be looked at with `during`. */
	copyOfState(): NetworkState {
		return structuredClone(this.state);
	}

	/** Does something synchronous on another state. The records of the present one stay untouched. */
	during<T>(state: NetworkState, action: () => T): T {
		const present = this.state;
		this.state = state;
		try {
			return action();
		} finally {
			this.state = present;
		}
	}

	serviceProviders(): ServiceProvider[] {
		return [...this.state.serviceProvidersById.values()];
	}

	serviceProvider(serviceProviderId: string): ServiceProvider | undefined {
		return this.state.serviceProvidersById.get(serviceProviderId);
	}

	addServiceProvider(given: GivenServiceProvider): ServiceProvider {
		const serviceProvider = newServiceProvider(given);
		this.state.serviceProvidersById.set(serviceProvider.serviceProviderId, serviceProvider);
		return serviceProvider;
	}

	groups(serviceProviderId: string): Group[] {
		return [...this.state.groupsByKey.values()].filter(
			(group) => group.serviceProviderId === serviceProviderId,
		);
	}

	group(serviceProviderId: string, groupId: string): Group | undefined {
		return this.state.groupsByKey.get(key(serviceProviderId, groupId));
	}

	addGroup(given: GivenGroup): Group {
		const group = newGroup(given);
		this.state.groupsByKey.set(key(group.serviceProviderId, group.groupId), group);
		return group;
	}

	/** The call capacity of a group, or of a service provider when no group is named. */
	callCapacity(serviceProviderId: string, groupId?: string): CallCapacity | undefined {
		return groupId === undefined
			? this.serviceProvider(serviceProviderId)?.callCapacity
			: this.group(serviceProviderId, groupId)?.callCapacity;
	}

	/** The departments of a group, or those of the enterprise when no group is named. */
	departments(serviceProviderId: string, groupId?: string): Department[] {
		return this.state.departmentList.filter(
			(department) =>
				department.serviceProviderId === serviceProviderId && department.groupId === groupId,
		);
	}

	addDepartment(department: Department): Department {
		this.state.departmentList.push(department);
		return department;
	}

	removeDepartment(department: Department): void {
		this.state.departmentList = this.state.departmentList.filter((one) => one !== department);
	}

	/** The devices of a group, of a service provider without a group, of the system without both. */
	devices(serviceProviderId: string | null = null, groupId: string | null = null): Device[] {
		return this.state.deviceList.filter(
			(device) => device.serviceProviderId === serviceProviderId && device.groupId === groupId,
		);
	}

	addDevice(given: GivenDevice): Device {
		const device = newDevice(given);
		this.state.deviceList.push(device);
		return device;
	}

	removeDevice(device: Device): void {
		this.state.deviceList = this.state.deviceList.filter((one) => one !== device);
	}

	/** The trunk groups of a group, or of all groups of a service provider when no group is named. */
	trunkGroups(serviceProviderId: string, groupId?: string): TrunkGroup[] {
		return [...this.state.trunkGroupsByKey.values()].filter(
			(trunkGroup) =>
				trunkGroup.serviceProviderId === serviceProviderId &&
				(groupId === undefined || trunkGroup.groupId === groupId),
		);
	}

	trunkGroup(serviceProviderId: string, groupId: string, name: string): TrunkGroup | undefined {
		return this.state.trunkGroupsByKey.get(key(serviceProviderId, groupId, this.spell(name)));
	}

	/** Adds a trunk group with the documented defaults in every place where nothing is given. */
	addTrunkGroup({ sipAuthenticationPassword, ...given }: GivenTrunkGroup): TrunkGroup {
		const trunkGroup = newTrunkGroup({ ...given, name: this.spell(given.name) });
		this.state.trunkGroupsByKey.set(keyOf(trunkGroup), trunkGroup);
		if (sipAuthenticationPassword) this.setSipPassword(trunkGroup, sipAuthenticationPassword);
		return trunkGroup;
	}

	/**
	 * Gives a trunk group another name. Its users and its SIP password go along; reroute keys that other trunk
	 * groups hold stay as they were.
	 */
	renameTrunkGroup(trunkGroup: TrunkGroup, name: string): void {
		const users = this.trunkUsers(trunkGroup);
		const sipPassword = this.state.sipPasswords.get(keyOf(trunkGroup));
		this.removeTrunkGroup(trunkGroup);
		trunkGroup.name = this.spell(name);
		this.state.trunkGroupsByKey.set(keyOf(trunkGroup), trunkGroup);
		this.setSipPassword(trunkGroup, sipPassword);
		for (const user of users) user.trunkGroup = trunkGroup.name;
	}

	removeTrunkGroup(trunkGroup: TrunkGroup): void {
		this.state.trunkGroupsByKey.delete(keyOf(trunkGroup));
		this.state.sipPasswords.delete(keyOf(trunkGroup));
	}

	storedSipPassword(serviceProviderId: string, groupId: string, name: string): string | undefined {
		return this.state.sipPasswords.get(key(serviceProviderId, groupId, this.spell(name)));
	}

	/** Undefined removes the password. */
	setSipPassword(trunkGroup: TrunkGroup, password: string | undefined): void {
		if (password === undefined) this.state.sipPasswords.delete(keyOf(trunkGroup));
		else this.state.sipPasswords.set(keyOf(trunkGroup), password);
	}

	/** The rules that hold for the trunk groups of a service provider. */
	sipPasswordRules(serviceProviderId: string): SipPasswordRules {
		return this.serviceProvider(serviceProviderId)?.sipPasswordRules ?? this.systemSipPasswordRules;
	}

	users(serviceProviderId: string, groupId?: string): User[] {
		return [...this.state.usersById.values()].filter(
			(user) =>
				user.serviceProviderId === serviceProviderId &&
				(groupId === undefined || user.groupId === groupId),
		);
	}

	user(userId: string): User | undefined {
		return this.state.usersById.get(userId);
	}

	addUser(given: GivenUser): User {
		const user = newUser(given);
		this.state.usersById.set(user.userId, user);
		return user;
	}

	removeUser(user: User): void {
		this.state.usersById.delete(user.userId);
	}

	/** The users that a trunk group addresses; its hosted users are another thing. */
	trunkUsers(trunkGroup: TrunkGroup): User[] {
		return this.users(trunkGroup.serviceProviderId, trunkGroup.groupId).filter(
			(user) => user.trunkGroup === trunkGroup.name,
		);
	}
}

function keyOf({ serviceProviderId, groupId, name }: TrunkGroup): string {
	return key(serviceProviderId, groupId, name);
}
