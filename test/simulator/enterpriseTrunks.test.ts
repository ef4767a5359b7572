import { HQ, NORTH } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const OF_ENTERPRISE = '/service-providers/enterprise-trunks';
const OF_GROUP = '/groups/enterprise-trunks';
const GLOBEX = { serviceProviderId: NORTH.serviceProviderId };
const HOTEL = { serviceProviderId: 'citytel-sp', groupId: 'citytel-hotel' };
const ORDERED = { orderedRouting: { orderingAlgorithm: 'Most Idle' } };
const PARTS = [{ groupId: 'globex-north', trunkGroupName: 'north-trunk-1', priority: '1' }];

const odin = useSimulator();

test('a list names enterprise trunks, a profile their trunk groups too', async () => {
	const row = { enterpriseTrunkName: 'globex-trunk', routingType: 'Ordered', ...GLOBEX };
	expect((await odin.client.get(OF_ENTERPRISE, GLOBEX)).data).toEqual([row]);
	const { data } = await odin.client.get(OF_ENTERPRISE, {
		...GLOBEX,
		enterpriseTrunkName: 'globex-trunk',
	});
	expect(data).toMatchObject({
		...row,
		trunkGroups: [
			{ groupId: 'globex-north', trunkGroupName: 'north-trunk-1' },
			{ groupId: 'globex-south', trunkGroupName: 'south-trunk-1' },
		],
	});
});

test.each([
	['of an enterprise', OF_ENTERPRISE, GLOBEX, PARTS],
	['of a group elsewhere', OF_GROUP, HOTEL, [{ trunkGroupName: 'hotel-trunk' }]],
] as const)('%s they are created, changed and deleted', async (_, path, place, trunkGroups) => {
	odin.simulator.network.addTrunkGroup({ ...HOTEL, name: 'hotel-trunk' });
	const key = { ...place, enterpriseTrunkName: 'new' };
	const { data: created } = await odin.client.post(path, { ...key, ...ORDERED, trunkGroups });
	expect(created).toMatchObject({ ...key, ...ORDERED, routeExhaustionAction: 'None', trunkGroups });
	expect((await odin.client.get(path, key)).data).toEqual(created);
	expect((await odin.client.put(path, created)).data).toEqual(created);
	expect((await odin.client.post(path, { ...key, ...ORDERED })).data.error).toContain(
		'already exists',
	);

	const weighted = { priorityWeightedRouting: { maximumRerouteAttemptsWithinPriority: '2' } };
	const change = { ...key, ...weighted, orderedRouting: null, trunkGroups: [] };
	const { data: changed } = await odin.client.put(path, change);
	expect(changed).toMatchObject({ routingType: 'Priority Weighted', ...weighted, trunkGroups: [] });
	expect(changed).not.toHaveProperty('orderedRouting');
	expect((await odin.client.delete(path, key)).status).toBe(200);
	expect((await odin.client.get(path, key)).status).toBe(404);
});

test.each<[object, string]>([
	[{ orderedRouting: undefined }, 'either orderedRouting or priorityWeightedRouting'],
	[{ priorityWeightedRouting: {} }, 'either orderedRouting or priorityWeightedRouting'],
	[{ orderedRouting: { orderingAlgorithm: 'Any' } }, 'orderingAlgorithm'],
	[{ enterpriseTrunkName: 'x'.repeat(31) }, 'enterpriseTrunkName'],
	[{ maximumRerouteAttempts: 11 }, 'maximumRerouteAttempts'],
	[{ routeExhaustionAction: 'Forward' }, 'routeExhaustionForwardAddress is required'],
	[{ trunkGroups: [{ groupId: 'globex-north', trunkGroupName: 'nothing' }] }, 'not found'],
	[{ trunkGroups: [{ groupId: HQ.groupId, trunkGroupName: 'north-trunk-1' }] }, 'not found'],
	[{ trunkGroups: [{ trunkGroupName: 'north-trunk-1' }] }, 'trunkGroups.groupId'],
])('a new one is refused %j', async (fields, words) => {
	const body = { ...GLOBEX, enterpriseTrunkName: 'new', ...ORDERED, ...fields };
	const { status, data } = await odin.client.post(OF_ENTERPRISE, body);
	expect([status, data.error]).toEqual([400, expect.stringContaining(words)]);
});

test('an enterprise has none in its groups, another service provider none but these', async () => {
	expect((await odin.client.get(OF_GROUP, NORTH)).data.error).toMatch(
		/globex-ent is an enterprise/,
	);
	expect((await odin.client.get(OF_ENTERPRISE, HOTEL)).data.error).toMatch(/is no enterprise/);
	expect((await odin.client.get(OF_GROUP, HOTEL)).data).toEqual([]);
});
