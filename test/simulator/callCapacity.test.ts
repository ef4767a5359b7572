import { HQ, NORTH } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const GROUP_PATH = '/groups/trunk-groups/call-capacity';
const SERVICE_PROVIDER_PATH = '/service-providers/trunk-groups/call-capacity';
const REPORT_PATH = `${SERVICE_PROVIDER_PATH}/reports`;

const odin = useSimulator();

test('a group shows its call capacity and that of the service provider', async () => {
	expect(JSON.stringify((await odin.client.get(GROUP_PATH, HQ)).data)).toBe(
		JSON.stringify({
			maxActiveCalls: 100,
			maxAvailableActiveCalls: 500,
			burstingMaxActiveCalls: 20,
			burstingMaxAvailableActiveCalls: -1,
			...HQ,
		}),
	);
	expect((await odin.client.get(GROUP_PATH, NORTH)).data).toMatchObject({
		burstingMaxActiveCalls: -1,
		maxAvailableNumberOfBurstingBTLUs: 1,
		numberOfBurstingBTLUs: 1,
	});
});

test('an update of a group is partial and answers the new capacity', async () => {
	const put = async (change: object) => await odin.client.put(GROUP_PATH, { ...HQ, ...change });
	expect((await put({ maxActiveCalls: 500 })).data).toMatchObject({
		maxActiveCalls: 500,
		burstingMaxActiveCalls: 20,
	});
	expect((await put({ burstingMaxActiveCalls: -1, numberOfBurstingBTLUs: 1 })).data).toMatchObject({
		maxActiveCalls: 500,
		burstingMaxActiveCalls: -1,
		numberOfBurstingBTLUs: 1,
	});
	expect((await put({ maxActiveCalls: '0' })).data.maxActiveCalls).toBe(0);
	expect(odin.simulator.network.callCapacity('acme-ent', 'acme-hq')?.maxActiveCalls).toBe(0);
});

test.each([
	[{ maxActiveCalls: 501 }, 'exceeds'],
	[{ maxActiveCalls: -1 }, 'maxActiveCalls'],
	[{ maxActiveCalls: null }, 'maxActiveCalls'],
	[{ burstingMaxActiveCalls: -2 }, 'burstingMaxActiveCalls'],
	[{ maxActiveCalls: 'many' }, 'maxActiveCalls'],
])('a group is refused %j', async (change, words) => {
	const { status, data } = await odin.client.put(GROUP_PATH, { ...HQ, ...change });
	expect([status, data.error]).toEqual([400, expect.stringContaining(words)]);
	expect((await odin.client.get(GROUP_PATH, HQ)).data.maxActiveCalls).toBe(100);
});

test('unlimited bursting of a group needs it of the service provider', async () => {
	const hotel = { serviceProviderId: 'citytel-sp', groupId: 'citytel-hotel' };
	const burst = async () =>
		await odin.client.put(GROUP_PATH, { ...hotel, burstingMaxActiveCalls: -1 });
	expect((await burst()).status).toBe(400);
	await odin.client.put(SERVICE_PROVIDER_PATH, { ...hotel, burstingMaxActiveCalls: -1 });
	expect((await burst()).status).toBe(200);
	expect((await odin.client.put(GROUP_PATH, { ...hotel, maxActiveCalls: 999999 })).status).toBe(
		200,
	);
});

test('the call capacity of a service provider is read and written', async () => {
	const key = { serviceProviderId: 'acme-ent' };
	expect((await odin.client.get(SERVICE_PROVIDER_PATH, key)).data).toEqual({
		...key,
		maxActiveCalls: 500,
		burstingMaxActiveCalls: -1,
	});
	const put = await odin.client.put(SERVICE_PROVIDER_PATH, { ...key, maxActiveCalls: -1 });
	expect(put.data).toMatchObject({ maxActiveCalls: -1, burstingMaxActiveCalls: -1 });
	expect(
		(await odin.client.put(SERVICE_PROVIDER_PATH, { ...key, maxActiveCalls: -2 })).status,
	).toBe(400);
	expect((await odin.client.get(SERVICE_PROVIDER_PATH, { serviceProviderId: 'x' })).status).toBe(
		404,
	);
	const notAuthorized = { serviceProviderId: 'none' };
	odin.simulator.network.addServiceProvider({ ...notAuthorized, trunkGroupsAuthorized: false });
	expect((await odin.client.get(SERVICE_PROVIDER_PATH, notAuthorized)).status).toBe(400);
	expect((await odin.client.get(REPORT_PATH, notAuthorized)).status).toBe(400);
});

test('a strict Odin converts nothing and knows its keys', async () => {
	odin.simulator.configure({ strict: true });
	const put = async (change: object) =>
		(await odin.client.put(GROUP_PATH, { ...HQ, ...change })).status;
	expect(await put({ maxActiveCalls: '5' })).toBe(400);
	expect(await put({ max: 5 })).toBe(400);
	const { data } = await odin.client.get(GROUP_PATH, HQ);
	expect(await put(data)).toBe(200);
});

test('the report lists groups, also one without the service', async () => {
	const { data } = await odin.client.get(REPORT_PATH, { serviceProviderId: 'acme-ent' });
	expect(Object.keys(data)).toEqual([
		'serviceProviderId',
		'serviceProviderTrunkCapacity',
		'groups',
	]);
	const [hq, plant, lab] = data.groups as Array<Record<string, unknown>>;
	expect(hq).toEqual({
		groupId: 'acme-hq',
		groupName: 'Acme Headquarters',
		userLimit: 200,
		service: {
			serviceName: 'Trunk Group',
			authorized: true,
			assigned: true,
			limited: 'Unlimited',
			quantity: -1,
			usage: 0,
			licensed: true,
			allowed: -1,
			alias: 'Trunk Group',
		},
		groupTrunkCapacity: (await odin.client.get(GROUP_PATH, HQ)).data,
	});
	expect(plant).toMatchObject({ service: { usage: 1 } });
	expect(lab).toMatchObject({ service: { assigned: false } });
	expect(lab).not.toHaveProperty('groupTrunkCapacity');
});

test('the report has another shape, or both', async () => {
	const report = async () =>
		(await odin.client.get(REPORT_PATH, { serviceProviderId: 'globex-ent' })).data;
	odin.simulator.network.reportShape = 'groupTrunkGroupDetails';
	const details = await report();
	expect(details).not.toHaveProperty('groups');
	expect(details.groupTrunkGroupDetails).toContainEqual({
		groupId: 'globex-north',
		name: 'north-trunk-1',
		maxActiveCalls: 20,
		maxIncomingCalls: 15,
		maxOutgoingCalls: 15,
		enableBursting: true,
		burstingMaxAvailableActiveCalls: -1,
		quantity: -1,
		allowed: -1,
	});
	odin.simulator.network.reportShape = 'both';
	expect(Object.keys(await report())).toEqual([
		...Object.keys(details).slice(0, 2),
		'groups',
		'groupTrunkGroupDetails',
	]);
});
