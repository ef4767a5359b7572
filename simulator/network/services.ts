import type { Network } from './network';
import type { Group, GroupService, User } from './records';

export const TRUNK_GROUP_SERVICE = 'Trunk Group';
/** A user needs it for SIP authentication. */
export const AUTHENTICATION_SERVICE = 'Authentication';

type Changes = Record<string, Partial<GroupService>>;

const SERVICES: ReadonlyArray<Pick<GroupService, 'serviceName' | 'kind'> & Partial<GroupService>> =
	[
		{ serviceName: TRUNK_GROUP_SERVICE, kind: 'groupServices', assigned: true },
		{ serviceName: 'Music On Hold', kind: 'groupServices' },
		{ serviceName: 'Auto Attendant', kind: 'groupServices', authorized: false, licensed: false },
		{ serviceName: AUTHENTICATION_SERVICE, kind: 'userServices' },
		{ serviceName: 'Call Forwarding Always', kind: 'userServices' },
		{ serviceName: 'External Calling Line ID Delivery', kind: 'userServices', quantity: 2 },
		{ serviceName: 'Voice Messaging User', kind: 'userServices', authorized: false },
		{ serviceName: 'SIP-DID', kind: 'servicePackServices' },
		{ serviceName: 'SIP-PREMIUM', kind: 'servicePackServices', quantity: 1 },
		{ serviceName: 'SIP-RECORDING', kind: 'servicePackServices', authorized: false },
	];

/** The services of a new group, some of them changed by name. */
export function groupServices(changes: Changes = {}): GroupService[] {
	return SERVICES.map((service) => ({
		authorized: true,
		assigned: false,
		licensed: true,
		quantity: -1,
		allowed: -1,
		...service,
		...changes[service.serviceName],
	}));
}

export function trunkGroupServiceOf({ services }: Group): GroupService | undefined {
	return services.find(({ serviceName }) => serviceName === TRUNK_GROUP_SERVICE);
}

/** How many instances of a service, or users with it, a group has. */
export function usageOf(
	{ stores }: Network,
	{ serviceProviderId, groupId }: Group,
	{ serviceName, kind }: GroupService,
): number {
	if (serviceName === TRUNK_GROUP_SERVICE) {
		return stores.trunkGroups.all({ serviceProviderId, groupId }).length;
	}
	if (kind === 'groupServices') return 0;
	return usersWith(stores.users.all({ serviceProviderId, groupId }), serviceName).length;
}

export function usersWith(users: User[], serviceName: string): User[] {
	return users.filter(({ services }) => services.includes(serviceName));
}

/** What a user has of the services of its group, or of the packs. */
export function servicesOfUser(
	{ services }: Group,
	user: User,
	kind: 'userServices' | 'servicePackServices',
): string[] {
	return services
		.filter((service) => service.kind === kind && user.services.includes(service.serviceName))
		.map(({ serviceName }) => serviceName);
}

/** A service as the lists of a group show it. */
export function serviceRow(network: Network, group: Group, service: GroupService) {
	const { serviceName, authorized, assigned, quantity, licensed, allowed } = service;
	return {
		serviceName,
		authorized,
		assigned,
		limited: quantity === -1 ? 'Unlimited' : 'Limited',
		quantity,
		usage: usageOf(network, group, service),
		licensed,
		allowed,
		alias: serviceName,
	};
}
