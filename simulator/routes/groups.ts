import type { FastifyInstance } from 'fastify';

import { findGroup, findServiceProvider, type GroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Group } from '../network/records';
import { requireListing } from '../session/rights';
import type { Simulation } from '../simulation';
import { GROUP_QUERY, SERVICE_PROVIDER_QUERY } from './queries';

export function addGroupRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	app.get<{ Querystring: GroupKey | { serviceProviderId: string; groupId?: undefined } }>(
		'/groups',
		{ schema: { querystring: SERVICE_PROVIDER_QUERY } },
		async ({ query }) => {
			if (query.groupId) return profileOf(network, findGroup(network, query));
			requireListing(switches.administrator, 'GET /groups');
			findServiceProvider(network, query);
			const own = switches.administrator.groupId;
			return network
				.groups(query.serviceProviderId)
				.filter(({ groupId }) => !own || groupId === own)
				.map(rowOf);
		},
	);

	app.get<{ Querystring: GroupKey }>(
		'/groups/domains',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, groupId, defaultDomain, domains } = findGroup(network, query);
			return { serviceProviderId, groupId, default: defaultDomain, domains };
		},
	);
}

function rowOf({ groupId, groupName, userLimit, serviceProviderId }: Group) {
	return { groupId, groupName, userLimit, serviceProviderId };
}

function profileOf(network: Network, group: Group) {
	const { serviceProviderId, groupId } = group;
	return {
		defaultDomain: group.defaultDomain,
		userLimit: group.userLimit,
		userCount: network.stores.users.all({ serviceProviderId, groupId }).length,
		groupName: group.groupName,
		timeZone: group.timeZone,
		serviceProviderId,
		groupId,
	};
}
