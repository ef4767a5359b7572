import { createBody, HQ, NORTH, SOUTH } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const PATH = '/groups/trunk-groups';
const KEY = { ...HQ, name: 'acme-hq-trunk-1' };
const PLANT_TRUNK = {
	serviceProviderId: 'acme-ent',
	groupId: 'acme-plant',
	name: 'plant-overflow',
};

const odin = useSimulator();

const create = async (fields: Record<string, unknown> = {}) =>
	await odin.client.post(PATH, createBody(fields));
const update = async (fields: Record<string, unknown>) =>
	await odin.client.put(PATH, { ...KEY, ...fields });

describe.each([false, true])('strict %s: a dependency that is required', (strict) => {
	beforeEach(() => odin.simulator.configure({ strict }));

	test.each([
		[{ requireAuthentication: true, sipAuthenticationPassword: 'x' }, 'sipAuthenticationUserName'],
		[{ requireAuthentication: true, sipAuthenticationUserName: 'x' }, 'sipAuthenticationPassword'],
		[{ routeToPeeringDomain: true }, 'peeringDomain'],
		[{ capacityExceededAction: 'Forward' }, 'capacityExceededForwardAddress'],
		[{ capacityExceededAction: 'Reroute' }, 'capacityExceededRerouteTrunkGroupKey'],
		[{ callForwardingAlwaysAction: 'Forward' }, 'callForwardingAlwaysForwardAddress'],
		[{ callForwardingAlwaysAction: 'Reroute' }, 'callForwardingAlwaysRerouteTrunkGroupKey'],
		[{ unreachableDestinationAction: 'Forward' }, 'unreachableDestinationForwardAddress'],
		[{ unreachableDestinationAction: 'Reroute' }, 'unreachableDestinationRerouteTrunkGroupKey'],
	])('%j wants %s', async (fields, missing) => {
		const refusal = await create(fields);
		expect([refusal.status, refusal.data.error]).toEqual([400, expect.stringContaining(missing)]);
		expect(odin.simulator.network.trunkGroups('acme-ent', 'acme-hq')).toEqual([]);
		const value = missing.endsWith('Key') ? PLANT_TRUNK : 'value';
		expect((await create({ ...fields, [missing]: value })).status).toBe(200);
		expect((await update({ [missing]: null })).data.error).toContain(missing);
	});
});

test('prefix and bursting limits are never required', async () => {
	expect((await create({ prefixEnabled: true, enableBursting: true })).status).toBe(200);
});

test('a stored SIP password counts: authentication can be switched on again without it', async () => {
	await create({ sipAuthenticationUserName: 'x', sipAuthenticationPassword: 'y' });
	expect((await update({ requireAuthentication: true })).data.requireAuthentication).toBe(true);
});

test('a duplicate name is refused in the same group only', async () => {
	await create();
	const { status, data } = await create();
	expect(status).toBe(400);
	expect(data.error).toMatch(/^\[Error \d{4}\] .*already exists/);
	expect((await create({ groupId: 'acme-plant' })).status).toBe(200);
});

test('what is not there is 404 with "not found"', async () => {
	for (const key of [
		{ ...KEY, serviceProviderId: 'nobody' },
		{ ...KEY, groupId: 'nowhere' },
		{ ...KEY, name: 'nothing' },
	]) {
		const answers = [
			await odin.client.get(PATH, key),
			await odin.client.put(PATH, key),
			await odin.client.delete(PATH, key),
			await odin.client.get(`${PATH}/users`, key),
			await odin.client.get(`${PATH}/users/hosted`, key),
		];
		for (const { status, data } of answers) {
			expect([status, data.error]).toEqual([404, expect.stringContaining('not found')]);
		}
	}
});

test('a missing key of a query is named', async () => {
	const { status, data } = await odin.client.delete(PATH, { ...HQ });
	expect([status, data.error]).toEqual([400, 'Missing required key: name']);
	expect((await odin.client.get(PATH, { groupId: 'x' })).data.error).toContain('serviceProviderId');
	expect((await odin.client.get(PATH, { ...HQ, name: '' })).status).toBe(400);
});

test.each([
	['Group', 'acme-sbc-1'],
	['Service Provider', 'acme-shared-sbc'],
	['System', 'system-sbc-1'],
])('a device of the level %s must exist there', async (deviceLevel, deviceName) => {
	for (const other of ['Group', 'Service Provider', 'System'].filter(
		(one) => one !== deviceLevel,
	)) {
		const { status, data } = await create({ accessDevice: { deviceLevel: other, deviceName } });
		expect([status, data.error]).toEqual([400, expect.stringContaining('not found')]);
	}
	const accessDevice = { deviceLevel, deviceName };
	expect((await create({ accessDevice })).data.accessDevice).toEqual(accessDevice);
});

test('a department must exist in the group or the enterprise', async () => {
	await create();
	const set = async (department: unknown) => await update({ department });
	const plant = { serviceProviderId: 'acme-ent', groupId: 'acme-plant' };
	odin.simulator.network.addDepartment({ ...plant, name: 'Shop Floor' });
	const operations = { ...HQ, name: 'Operations' };
	const corporate = { serviceProviderId: 'acme-ent', name: 'Corporate' };
	expect((await set(operations)).data.department).toEqual(operations);
	expect((await set(corporate)).data.department).toEqual(corporate);
	for (const wrong of [
		{ ...HQ, name: 'Corporate' },
		{ ...HQ, name: 'Nobody' },
		{ ...plant, name: 'Shop Floor' },
		{ ...NORTH, name: 'Contact Center' },
	]) {
		expect((await set(wrong)).data.error).toMatch(/not found/);
	}
});

test('a reroute target must exist in the same enterprise', async () => {
	const reroute = async (key: object) =>
		await create({ callForwardingAlwaysRerouteTrunkGroupKey: key });
	for (const wrong of [
		{ ...PLANT_TRUNK, name: 'nothing' },
		{ ...SOUTH, name: 'south-trunk-1' },
	]) {
		const { status, data } = await reroute(wrong);
		expect([status, data.error]).toEqual([400, expect.stringContaining('not found')]);
	}
	const row = { ...PLANT_TRUNK, deviceName: 'plant-pbx-1', department: null };
	expect((await reroute(row)).data.callForwardingAlwaysRerouteTrunkGroupKey).toEqual(PLANT_TRUNK);
});

test('a trunk group is held against the ceiling of the group, the sum is not', async () => {
	const { status, data } = await create({ maxActiveCalls: 101 });
	expect([status, data.error]).toEqual([400, expect.stringContaining('maxActiveCalls')]);
	for (const name of ['a', 'b']) {
		expect((await create({ name, maxActiveCalls: 100 })).status).toBe(200);
	}
	expect((await odin.client.put(PATH, { ...HQ, name: 'a', maxActiveCalls: 101 })).status).toBe(400);
});

test('bursting needs bursting capacity of the group', async () => {
	const plant = { groupId: 'acme-plant', enableBursting: true };
	expect((await create(plant)).data.error).toContain('enableBursting');
	const capacity = odin.simulator.network.callCapacity('acme-ent', 'acme-plant');
	if (capacity) capacity.burstingMaxActiveCalls = -1;
	expect((await create(plant)).status).toBe(200);
});

test('a group without the Trunk Group service is refused', async () => {
	const lab = { serviceProviderId: 'acme-ent', groupId: 'acme-lab' };
	const answers = [
		await create(lab),
		await odin.client.get(PATH, lab),
		await odin.client.get(PATH, { ...lab, name: 'x' }),
		await odin.client.get(`${PATH}/call-capacity`, lab),
		await odin.client.put(`${PATH}/call-capacity`, { ...lab, maxActiveCalls: 1 }),
	];
	for (const { status, data } of answers) {
		expect([status, data.error]).toEqual([400, expect.stringContaining('Trunk Group')]);
	}
});

test('a pilot user can be created together with the trunk group', async () => {
	const pilotUser = {
		userId: 'pilot@example.com',
		lastName: 'Pilot',
		firstName: 'The',
		callingLineIdLastName: 'Pilot',
		callingLineIdFirstName: 'The',
		linePort: 'pilot_trunk@example.com',
	};
	const { linePort, ...incomplete } = pilotUser;
	expect((await create({ pilotUser: incomplete })).data.error).toContain('pilotUser.linePort');
	expect((await create({ pilotUser })).data.pilotUserId).toBe('pilot@example.com');
	expect(odin.simulator.network.user('pilot@example.com')).toMatchObject({
		linePort,
		trunkGroup: KEY.name,
	});
});

test('BroadWorks names of the hosted users work too', async () => {
	const hosted = (data: Record<string, unknown>) =>
		(data.users as Array<{ userId: string }>).map(({ userId }) => userId);
	const created = await create({ hostedUserId: ['anna.adler@example.com'] });
	expect(hosted(created.data)).toEqual(['anna.adler@example.com']);
	const list = { hostedUserId: ['ben.baker@example.com'] };
	expect(hosted((await update({ hostedUserIdList: list })).data)).toEqual([
		'ben.baker@example.com',
	]);
	expect(hosted((await update({ hostedUserIdList: null })).data)).toEqual([]);
});

test('SIP passwords are held against the rules only when switched on', async () => {
	odin.simulator.configure({ enforceSipPasswordRules: true });
	const wrong = await create({ sipAuthenticationPassword: 'short' });
	expect([wrong.status, wrong.data.error]).toEqual([400, expect.stringContaining('password')]);
	expect((await create({ sipAuthenticationPassword: 'Longer123' })).status).toBe(200);
	odin.simulator.configure({ enforceSipPasswordRules: false });
	expect((await update({ sipAuthenticationPassword: 'x' })).status).toBe(200);
});
