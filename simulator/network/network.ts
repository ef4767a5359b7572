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

export type ReportShape = 'groups' | 'groupTrunkGroupDetails' | 'both';

const key = (...ids: string[]): string => JSON.stringify(ids);

/**
 * The BroadWorks network behind the simulator, all in memory. The find methods return the stored records
 * themselves: a test may read and change them. Nothing here checks rules; the HTTP side does.
 */
export class Network {
	/** Odin was seen to answer the call capacity report in two shapes. */
	reportShape: ReportShape = 'groups';
	systemSipPasswordRules: SipPasswordRules = { ...SYSTEM_SIP_PASSWORD_RULES };

	private readonly serviceProvidersById = new Map<string, ServiceProvider>();
	private readonly groupsByKey = new Map<string, Group>();
	private readonly trunkGroupsByKey = new Map<string, TrunkGroup>();
	private readonly sipPasswords = new Map<string, string>();
	private readonly usersById = new Map<string, User>();
	private departmentList: Department[] = [];
	private deviceList: Device[] = [];

	serviceProviders(): ServiceProvider[] {
		return [...this.serviceProvidersById.values()];
	}

	serviceProvider(serviceProviderId: string): ServiceProvider | undefined {
		return this.serviceProvidersById.get(serviceProviderId);
	}

	addServiceProvider(given: GivenServiceProvider): ServiceProvider {
		const serviceProvider = newServiceProvider(given);
		this.serviceProvidersById.set(serviceProvider.serviceProviderId, serviceProvider);
		return serviceProvider;
	}

	groups(serviceProviderId: string): Group[] {
		return [...this.groupsByKey.values()].filter(
			(group) => group.serviceProviderId === serviceProviderId,
		);
	}

	group(serviceProviderId: string, groupId: string): Group | undefined {
		return this.groupsByKey.get(key(serviceProviderId, groupId));
	}

	addGroup(given: GivenGroup): Group {
		const group = newGroup(given);
		this.groupsByKey.set(key(group.serviceProviderId, group.groupId), group);
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
		return this.departmentList.filter(
			(department) =>
				department.serviceProviderId === serviceProviderId && department.groupId === groupId,
		);
	}

	addDepartment(department: Department): Department {
		this.departmentList.push(department);
		return department;
	}

	removeDepartment(department: Department): void {
		this.departmentList = this.departmentList.filter((one) => one !== department);
	}

	/** The devices of a group, of a service provider without a group, of the system without both. */
	devices(serviceProviderId: string | null = null, groupId: string | null = null): Device[] {
		return this.deviceList.filter(
			(device) => device.serviceProviderId === serviceProviderId && device.groupId === groupId,
		);
	}

	addDevice(given: GivenDevice): Device {
		const device = newDevice(given);
		this.deviceList.push(device);
		return device;
	}

	removeDevice(device: Device): void {
		this.deviceList = this.deviceList.filter((one) => one !== device);
	}

	/** The trunk groups of a group, or of all groups of a service provider when no group is named. */
	trunkGroups(serviceProviderId: string, groupId?: string): TrunkGroup[] {
		return [...this.trunkGroupsByKey.values()].filter(
			(trunkGroup) =>
				trunkGroup.serviceProviderId === serviceProviderId &&
				(groupId === undefined || trunkGroup.groupId === groupId),
		);
	}

	trunkGroup(serviceProviderId: string, groupId: string, name: string): TrunkGroup | undefined {
		return this.trunkGroupsByKey.get(key(serviceProviderId, groupId, name));
	}

	/** Adds a trunk group with the documented defaults in every place where nothing is given. */
	addTrunkGroup({ sipAuthenticationPassword, ...given }: GivenTrunkGroup): TrunkGroup {
		const trunkGroup = newTrunkGroup(given);
		this.trunkGroupsByKey.set(keyOf(trunkGroup), trunkGroup);
		if (sipAuthenticationPassword) this.setSipPassword(trunkGroup, sipAuthenticationPassword);
		return trunkGroup;
	}

	/**
	 * Gives a trunk group another name. Its users and its SIP password go along; reroute keys that other trunk
	 * groups hold stay as they were.
	 */
	renameTrunkGroup(trunkGroup: TrunkGroup, name: string): void {
		const users = this.trunkUsers(trunkGroup);
		const sipPassword = this.sipPasswords.get(keyOf(trunkGroup));
		this.removeTrunkGroup(trunkGroup);
		trunkGroup.name = name;
		this.trunkGroupsByKey.set(keyOf(trunkGroup), trunkGroup);
		this.setSipPassword(trunkGroup, sipPassword);
		for (const user of users) user.trunkGroup = name;
	}

	removeTrunkGroup(trunkGroup: TrunkGroup): void {
		this.trunkGroupsByKey.delete(keyOf(trunkGroup));
		this.sipPasswords.delete(keyOf(trunkGroup));
	}

	storedSipPassword(serviceProviderId: string, groupId: string, name: string): string | undefined {
		return this.sipPasswords.get(key(serviceProviderId, groupId, name));
	}

	/** Undefined removes the password. */
	setSipPassword(trunkGroup: TrunkGroup, password: string | undefined): void {
		if (password === undefined) this.sipPasswords.delete(keyOf(trunkGroup));
		else this.sipPasswords.set(keyOf(trunkGroup), password);
	}

	/** The rules that hold for the trunk groups of a service provider. */
	sipPasswordRules(serviceProviderId: string): SipPasswordRules {
		return this.serviceProvider(serviceProviderId)?.sipPasswordRules ?? this.systemSipPasswordRules;
	}

	users(serviceProviderId: string, groupId?: string): User[] {
		return [...this.usersById.values()].filter(
			(user) =>
				user.serviceProviderId === serviceProviderId &&
				(groupId === undefined || user.groupId === groupId),
		);
	}

	user(userId: string): User | undefined {
		return this.usersById.get(userId);
	}

	addUser(given: GivenUser): User {
		const user = newUser(given);
		this.usersById.set(user.userId, user);
		return user;
	}

	removeUser(user: User): void {
		this.usersById.delete(user.userId);
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
