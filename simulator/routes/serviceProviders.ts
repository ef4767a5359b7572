import type { FastifyInstance } from 'fastify';

import { capacityReportOf } from '../network/callCapacity';
import {
	findServiceProvider,
	findTrunkingServiceProvider,
	type ServiceProviderKey,
} from '../network/lookUp';
import type { ServiceProvider } from '../network/records';
import { requireLevel, requireListing } from '../session/rights';
import type { Simulation } from '../simulation';
import { SERVICE_PROVIDER_QUERY } from './queries';

const REPORT_PATH = '/service-providers/trunk-groups/call-capacity/reports';

export function addServiceProviderRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	app.get<{ Querystring: Partial<ServiceProviderKey> }>('/service-providers', async ({ query }) => {
		const { serviceProviderId } = query;
		if (serviceProviderId) {
			return profileOf(findServiceProvider(network, { serviceProviderId }));
		}
		requireListing(switches.administrator, 'GET /service-providers');
		const own = switches.administrator.serviceProviderId;
		return network
			.serviceProviders()
			.filter((serviceProvider) => !own || serviceProvider.serviceProviderId === own)
			.map(rowOf);
	});

	app.get<{ Querystring: ServiceProviderKey }>(
		REPORT_PATH,
		{ schema: { querystring: SERVICE_PROVIDER_QUERY } },
		async ({ query }) => {
			requireLevel(switches.administrator, 'Service Provider', `GET ${REPORT_PATH}`);
			return capacityReportOf(network, findTrunkingServiceProvider(network, query));
		},
	);
}

function rowOf({ serviceProviderId, serviceProviderName, isEnterprise }: ServiceProvider) {
	return { serviceProviderId, serviceProviderName, isEnterprise };
}

function profileOf(serviceProvider: ServiceProvider) {
	return {
		isEnterprise: serviceProvider.isEnterprise,
		defaultDomain: serviceProvider.defaultDomain,
		serviceProviderName: serviceProvider.serviceProviderName,
		contact: {},
		address: {},
		serviceProviderId: serviceProvider.serviceProviderId,
	};
}
