import { notFound, refused } from '../odinErrors';
import type { Network } from './network';
import type { Group, ServiceProvider, TrunkGroup, User } from './records';
import { trunkGroupServiceOf } from './services';

export interface ServiceProviderKey {
	serviceProviderId: string;
}
export interface GroupKey extends ServiceProviderKey {
	groupId: string;
}
export interface TrunkGroupKey extends GroupKey {
	name: string;
}

/** The group that a query or a body names. */
export function groupKeyIn({ serviceProviderId, groupId }: Record<string, unknown>): GroupKey {
	return { serviceProviderId: String(serviceProviderId), groupId: String(groupId) };
}

// Each of these finds a record or throws the answer of Odin for one that is not there.

export function findServiceProvider({ stores }: Network, key: ServiceProviderKey): ServiceProvider {
	const serviceProvider = stores.serviceProviders.find(key);
	if (!serviceProvider) throw notFound('Service Provider', key.serviceProviderId);
	return serviceProvider;
}

export function findGroup(network: Network, key: GroupKey): Group {
	findServiceProvider(network, key);
	const group = network.stores.groups.find(key);
	if (!group) throw notFound('Group', key.groupId);
	return group;
}

/** A group whose trunk groups and call capacity may be asked for. */
export function findTrunkingGroup(network: Network, key: GroupKey): Group {
	const group = findGroup(network, key);
	if (!trunkGroupServiceOf(group)?.assigned) {
		throw refused(`The service Trunk Group is not assigned to the group ${group.groupId}`);
	}
	return group;
}

/** A service provider whose call capacity may be asked for. */
export function findTrunkingServiceProvider(
	network: Network,
	key: ServiceProviderKey,
): ServiceProvider {
	const serviceProvider = findServiceProvider(network, key);
	if (!serviceProvider.trunkGroupsAuthorized) {
		throw refused(`The service Trunk Group is not authorized for ${key.serviceProviderId}`);
	}
	return serviceProvider;
}

export function findTrunkGroup(network: Network, key: TrunkGroupKey): TrunkGroup {
	findTrunkingGroup(network, key);
	const trunkGroup = network.stores.trunkGroups.find(key);
	if (!trunkGroup) throw notFound('Trunk Group', key.name);
	return trunkGroup;
}

export function findUser({ stores }: Network, userId: string): User {
	const user = stores.users.find({ userId });
	if (!user) throw notFound('User', userId);
	return user;
}
