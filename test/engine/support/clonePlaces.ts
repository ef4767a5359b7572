import type { Network } from '../../../simulator';

/** Two groups of one enterprise with room, each with a device and departments of the same names. */
export const EAST = { serviceProviderId: 'initech-ent', groupId: 'initech-east' };
export const WEST = { serviceProviderId: 'initech-ent', groupId: 'initech-west' };

/** A trunk group of a third group of the enterprise, which calls can be rerouted to. */
export const REROUTE_TARGET = {
	serviceProviderId: 'initech-ent',
	groupId: 'initech-hub',
	name: 'hub-overflow',
};

export const HIGHEST_CAPACITY = 100_000;

export function addClonePlaces(network: Network): void {
	const { serviceProviderId } = EAST;
	network.addServiceProvider({
		serviceProviderId,
		callCapacity: { maxActiveCalls: -1, burstingMaxActiveCalls: -1 },
	});
	network.addDevice({ serviceProviderId, deviceName: 'shared-sbc' });
	network.addDepartment({ serviceProviderId, name: 'Board' });
	for (const groupId of [EAST.groupId, WEST.groupId, REROUTE_TARGET.groupId]) {
		network.addGroup({
			serviceProviderId,
			groupId,
			callCapacity: { maxActiveCalls: HIGHEST_CAPACITY, burstingMaxActiveCalls: -1 },
		});
		for (const deviceName of ['sbc-1', '4711']) {
			network.addDevice({ serviceProviderId, groupId, deviceName });
		}
		for (const name of ['Sales', '1001'])
			network.addDepartment({ serviceProviderId, groupId, name });
	}
	network.addTrunkGroup(REROUTE_TARGET);
	for (const { groupId } of [EAST, WEST]) {
		network.addTrunkGroup({ serviceProviderId, groupId, name: 'neighbour' });
	}
}
