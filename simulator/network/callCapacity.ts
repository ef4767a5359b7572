import { serviceRow, trunkGroupServiceOf } from './services';
import type { Network } from './network';
import type { Group, ServiceProvider, TrunkGroup } from './records';

type Json = Record<string, unknown>;

/** The call capacity of a group as Odin answers it: with what the service provider allows. */
export function groupCapacityOf(network: Network, group: Group): Json {
	const { serviceProviderId, groupId, callCapacity } = group;
	const ceiling = network.callCapacity(serviceProviderId);
	return {
		maxActiveCalls: callCapacity.maxActiveCalls,
		maxAvailableActiveCalls: ceiling?.maxActiveCalls,
		burstingMaxActiveCalls: callCapacity.burstingMaxActiveCalls,
		burstingMaxAvailableActiveCalls: ceiling?.burstingMaxActiveCalls,
		serviceProviderId,
		groupId,
		...(callCapacity.numberOfBurstingBTLUs === undefined
			? {}
			: {
					maxAvailableNumberOfBurstingBTLUs: ceiling?.numberOfBurstingBTLUs ?? 0,
					numberOfBurstingBTLUs: callCapacity.numberOfBurstingBTLUs,
				}),
	};
}

export function serviceProviderCapacityOf(serviceProvider: ServiceProvider): Json {
	const { serviceProviderId, callCapacity } = serviceProvider;
	return { serviceProviderId, ...callCapacity };
}

/** The roll-up of a service provider, in the shape or shapes the network is set to. */
export function capacityReportOf(network: Network, serviceProvider: ServiceProvider): Json {
	const { serviceProviderId } = serviceProvider;
	const groups = network.groups(serviceProviderId);
	const shape = network.reportShape;
	return {
		serviceProviderId,
		serviceProviderTrunkCapacity: serviceProviderCapacityOf(serviceProvider),
		...(shape === 'groupTrunkGroupDetails'
			? {}
			: { groups: groups.map((group) => groupRow(network, group)) }),
		...(shape === 'groups'
			? {}
			: {
					groupTrunkGroupDetails: groups.flatMap((group) =>
						network
							.trunkGroups(serviceProviderId, group.groupId)
							.map((trunkGroup) => trunkGroupRow(network, group, trunkGroup)),
					),
				}),
	};
}

// Odin cannot know the call capacity of a group that has no trunking: the call for it is refused.
function groupRow(network: Network, group: Group): Json {
	const service = trunkGroupServiceOf(group);
	return {
		groupId: group.groupId,
		groupName: group.groupName,
		userLimit: group.userLimit,
		service: service && serviceRow(network, group, service),
		...(service?.assigned ? { groupTrunkCapacity: groupCapacityOf(network, group) } : {}),
	};
}

function trunkGroupRow(network: Network, group: Group, trunkGroup: TrunkGroup): Json {
	const { quantity, allowed } = trunkGroupServiceOf(group) ?? {};
	return {
		groupId: group.groupId,
		name: trunkGroup.name,
		maxActiveCalls: trunkGroup.maxActiveCalls,
		maxIncomingCalls: trunkGroup.maxIncomingCalls ?? null,
		maxOutgoingCalls: trunkGroup.maxOutgoingCalls ?? null,
		enableBursting: trunkGroup.enableBursting,
		burstingMaxAvailableActiveCalls: network.callCapacity(group.serviceProviderId)
			?.burstingMaxActiveCalls,
		quantity,
		allowed,
	};
}
