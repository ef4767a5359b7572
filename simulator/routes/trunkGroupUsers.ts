import type { FastifyInstance } from 'fastify';

import { findTrunkGroup, type TrunkGroupKey } from '../network/lookUp';
import type { TrunkGroup } from '../network/records';
import { hostedUserRow, trunkUserRow } from '../users/rows';
import type { Simulation } from '../simulation';
import { TRUNK_GROUP_QUERY } from './queries';

export function addTrunkGroupUserRoutes(app: FastifyInstance, { network }: Simulation): void {
	const schema = { querystring: TRUNK_GROUP_QUERY };

	app.get<{ Querystring: TrunkGroupKey }>(
		'/groups/trunk-groups/users',
		{ schema },
		async ({ query }) => {
			const trunkGroup = findTrunkGroup(network, query);
			return { ...keyOf(trunkGroup), users: network.trunkUsers(trunkGroup).map(trunkUserRow) };
		},
	);

	// The users that could be hosted, not those that are: these stand in the profile.
	app.get<{ Querystring: TrunkGroupKey }>(
		'/groups/trunk-groups/users/hosted',
		{ schema },
		async ({ query }) => {
			const trunkGroup = findTrunkGroup(network, query);
			const { serviceProviderId, groupId } = trunkGroup;
			const hosted = new Set(
				network
					.trunkGroups(serviceProviderId, groupId)
					.flatMap(({ users }) => users.map(({ userId }) => userId)),
			);
			const available = network.stores.users
				.all({ serviceProviderId, groupId })
				.filter((user) => user.trunkGroup === undefined && !hosted.has(user.userId));
			return { ...keyOf(trunkGroup), users: available.map(hostedUserRow) };
		},
	);
}

function keyOf({ serviceProviderId, groupId, name }: TrunkGroup): TrunkGroupKey {
	return { serviceProviderId, groupId, name };
}
