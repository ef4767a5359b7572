import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import type { Body } from '../contract/convertBody';
import { checkBody } from '../contract/checkBody';
import type { FieldRule } from '../contract/trunkGroupFields';
import { groupCapacityOf, serviceProviderCapacityOf } from '../network/callCapacity';
import {
	findTrunkingGroup,
	findTrunkingServiceProvider,
	groupKeyIn,
	type GroupKey,
	type ServiceProviderKey,
} from '../network/lookUp';
import type { CallCapacity } from '../network/records';
import { refused } from '../odinErrors';
import { requireLevel } from '../session/rights';
import type { Simulation } from '../simulation';
import { GROUP_QUERY, SERVICE_PROVIDER_QUERY } from './queries';

const ID = { type: 'string', minLength: 1, maxLength: 30 } as const;
const UNLIMITED_ALLOWED = { type: 'integer', min: -1 } as const;
const BURSTING: readonly FieldRule[] = [
	{ name: 'burstingMaxActiveCalls', ...UNLIMITED_ALLOWED },
	{ name: 'numberOfBurstingBTLUs', ...UNLIMITED_ALLOWED },
];

const GROUP_CAPACITY_BODY = bodyContract({
	operation: 'update',
	fields: [
		{ name: 'serviceProviderId', ...ID },
		{ name: 'groupId', ...ID },
		{ name: 'maxActiveCalls', type: 'integer', min: 0 },
		...BURSTING,
	],
	required: ['serviceProviderId', 'groupId'],
	ignored: [
		'maxAvailableActiveCalls',
		'burstingMaxAvailableActiveCalls',
		'maxAvailableNumberOfBurstingBTLUs',
	],
});

const SERVICE_PROVIDER_CAPACITY_BODY = bodyContract({
	operation: 'update',
	fields: [
		{ name: 'serviceProviderId', ...ID },
		{ name: 'maxActiveCalls', ...UNLIMITED_ALLOWED },
		...BURSTING,
	],
	required: ['serviceProviderId'],
});

const GROUP_PATH = '/groups/trunk-groups/call-capacity';
const SERVICE_PROVIDER_PATH = '/service-providers/trunk-groups/call-capacity';

export function addCallCapacityRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	app.get<{ Querystring: GroupKey }>(
		GROUP_PATH,
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => groupCapacityOf(network, findTrunkingGroup(network, query)),
	);

	app.put(GROUP_PATH, async (request) => {
		requireLevel(switches.administrator, 'Service Provider', `PUT ${GROUP_PATH}`);
		const { serviceProviderId, groupId, ...change } = checkBody(
			request,
			GROUP_CAPACITY_BODY,
			request.body,
			switches,
		);
		const group = findTrunkingGroup(network, groupKeyIn({ serviceProviderId, groupId }));
		const ceiling = findTrunkingServiceProvider(network, group).callCapacity;
		requireRoom('maxActiveCalls', change, ceiling);
		requireRoom('burstingMaxActiveCalls', change, ceiling);
		Object.assign(group.callCapacity, change);
		return groupCapacityOf(network, group);
	});

	app.get<{ Querystring: ServiceProviderKey }>(
		SERVICE_PROVIDER_PATH,
		{ schema: { querystring: SERVICE_PROVIDER_QUERY } },
		async ({ query }) => {
			requireLevel(switches.administrator, 'Service Provider', `GET ${SERVICE_PROVIDER_PATH}`);
			return serviceProviderCapacityOf(findTrunkingServiceProvider(network, query));
		},
	);

	app.put(SERVICE_PROVIDER_PATH, async (request) => {
		requireLevel(switches.administrator, 'Reseller', `PUT ${SERVICE_PROVIDER_PATH}`);
		const { serviceProviderId, ...change } = checkBody(
			request,
			SERVICE_PROVIDER_CAPACITY_BODY,
			request.body,
			switches,
		);
		const serviceProvider = findTrunkingServiceProvider(network, groupKeyIn({ serviceProviderId }));
		Object.assign(serviceProvider.callCapacity, change);
		return serviceProviderCapacityOf(serviceProvider);
	});
}

function requireRoom(
	limit: 'maxActiveCalls' | 'burstingMaxActiveCalls',
	change: Body,
	ceiling: CallCapacity,
): void {
	const wanted = change[limit];
	if (typeof wanted !== 'number' || ceiling[limit] === -1) return;
	if (wanted === -1 || wanted > ceiling[limit]) {
		throw refused(
			`${limit} ${wanted} exceeds the call capacity of the service provider, ${ceiling[limit]}`,
		);
	}
}
