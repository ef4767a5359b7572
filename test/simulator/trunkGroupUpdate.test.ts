import { TRUNK_GROUP_FIELDS } from '../../simulator/contract/trunkGroupFields';
import { createBody, HQ, NORTH, SOUTH } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const PATH = '/groups/trunk-groups';
const NORTH_TRUNK = { ...NORTH, name: 'north-trunk-1' };
const SOUTH_TRUNK = { ...SOUTH, name: 'south-trunk-1' };

const odin = useSimulator();

const north = () =>
	odin.simulator.network.trunkGroup('globex-ent', 'globex-north', 'north-trunk-1');

test('an update changes what was sent and nothing else', async () => {
	const before = (await odin.client.get(PATH, NORTH_TRUNK)).data;
	const { status, data } = await odin.client.put(PATH, { ...NORTH_TRUNK, maxActiveCalls: 21 });
	expect(status).toBe(200);
	expect(data).toEqual({ ...before, maxActiveCalls: 21 });
});

test('the portal sends the whole profile back: read-only fields have no effect', async () => {
	const { data: profile } = await odin.client.get(PATH, NORTH_TRUNK);
	const sent = { ...profile, totalActiveIncomingCalls: 99, trunkGroupState: 'Unavailable' };
	const { status, data } = await odin.client.put(PATH, { ...sent, newName: 'north-trunk-1' });
	expect(status).toBe(200);
	expect(data).toEqual(profile);
});

test('a strict Odin takes the profile back too, once the digits are text again', async () => {
	odin.simulator.configure({ strict: true });
	const { data: profile } = await odin.client.get(PATH, NORTH_TRUNK);
	expect((await odin.client.put(PATH, profile)).data.error).toMatch(
		/callForwardingAlwaysForwardAddress/,
	);
	const sent = { ...profile, callForwardingAlwaysForwardAddress: '123123123' };
	expect((await odin.client.put(PATH, sent)).data).toEqual(profile);
});

test.each([
	['asSent', ' New  Name '],
	['trimmed', 'New  Name'],
	['singleSpaces', 'New Name'],
	['lowerCase', ' new  name '],
	['upperCase', ' NEW  NAME '],
] as const)(
	'names stored %s are found as they were sent and as they are stored',
	async (storesNames, name) => {
		odin.simulator.configure({ storesNames });
		const sent = { ...HQ, name: ' New  Name ' };
		expect((await odin.client.post(PATH, createBody(sent))).data).toMatchObject({ name });
		expect((await odin.client.get(PATH, sent)).data).toMatchObject({ name });
		expect((await odin.client.post(PATH, createBody({ name }))).data.error).toMatch(
			/already exists/,
		);
		const renamed = await odin.client.put(PATH, { ...sent, newName: sent.name });
		expect(renamed.data).toMatchObject({ name });
		expect((await odin.client.delete(PATH, { ...HQ, name })).status).toBe(200);
	},
);

test('a rename ends the old key; users and password go along, reroute keys stay', async () => {
	await odin.client.put(PATH, { ...SOUTH_TRUNK, newName: 'south-renamed' });
	expect((await odin.client.get(PATH, SOUTH_TRUNK)).status).toBe(404);
	expect((await odin.client.get(PATH, { ...SOUTH, name: 'south-renamed' })).status).toBe(200);
	expect(north()?.unreachableDestinationRerouteTrunkGroupKey).toEqual(SOUTH_TRUNK);

	const { data } = await odin.client.put(PATH, { ...NORTH_TRUNK, newName: 'north-renamed' });
	expect(data.name).toBe('north-renamed');
	const renamed = { ...NORTH, name: 'north-renamed' };
	const users = (await odin.client.get(`${PATH}/users`, renamed)).data;
	expect(users.users).toHaveLength(3);
	const { network } = odin.simulator;
	expect(network.storedSipPassword('globex-ent', 'globex-north', 'north-renamed')).toBeTruthy();
	expect(network.storedSipPassword('globex-ent', 'globex-north', 'north-trunk-1')).toBe(undefined);
});

test('a rename to a taken name is refused and changes nothing', async () => {
	await odin.client.post(PATH, createBody({ name: 'one' }));
	await odin.client.post(PATH, createBody({ name: 'two' }));
	const { status, data } = await odin.client.put(PATH, {
		...HQ,
		name: 'one',
		newName: 'two',
		maxActiveCalls: 9,
	});
	expect([status, data.error]).toEqual([400, expect.stringContaining('already exists')]);
	expect((await odin.client.get(PATH, { ...HQ, name: 'one' })).data.maxActiveCalls).toBe(2);
});

test('null clears every clearable field: its key is absent afterwards', async () => {
	await odin.client.put(PATH, { ...NORTH_TRUNK, pilotUserId: null, users: null });
	for (const user of odin.simulator.network.stores.users.all(NORTH)) delete user.trunkGroup;
	const off = { requireAuthentication: false, unreachableDestinationAction: null };
	await odin.client.put(PATH, { ...NORTH_TRUNK, ...off });
	for (const { name } of TRUNK_GROUP_FIELDS.filter((field) => field.clearable)) {
		const { status, data } = await odin.client.put(PATH, { ...NORTH_TRUNK, [name]: null });
		expect([name, status]).toEqual([name, 200]);
		if (name === 'users') expect(data.users).toEqual([]);
		else expect(data).not.toHaveProperty(name);
	}
	expect(
		odin.simulator.network.storedSipPassword('globex-ent', 'globex-north', 'north-trunk-1'),
	).toBe(undefined);
});

test('null for a field that cannot be cleared is 400', async () => {
	const others = TRUNK_GROUP_FIELDS.filter(
		({ clearable, writeOn }) => !clearable && writeOn?.includes('update'),
	);
	for (const { name } of others) {
		const { status, data } = await odin.client.put(PATH, { ...NORTH_TRUNK, [name]: null });
		expect([name, status]).toEqual([name, 400]);
		expect(data.error).toContain(name);
	}
});

test('users replaces the hosted users; only the id of a row matters', async () => {
	const ids = ['anna.adler@example.com', 'ben.baker@example.com'];
	await odin.client.post(PATH, createBody());
	const key = { ...HQ, name: 'acme-hq-trunk-1' };
	const available = async () => {
		const { data } = await odin.client.get(`${PATH}/users/hosted`, key);
		return (data.users as Array<{ userId: string }>).map(({ userId }) => userId);
	};
	expect(await available()).toEqual([...ids, 'cleo.chen@example.com']);
	const first = await odin.client.put(PATH, { ...key, users: [{ userId: ids[0] }] });
	expect(first.data.users).toEqual([
		{
			userId: 'anna.adler@example.com',
			lastName: 'Adler',
			firstName: 'Anna',
			hiraganaLastName: null,
			hiraganaFirstName: null,
			phoneNumber: null,
			extension: null,
			department: null,
			emailAddress: null,
		},
	]);
	expect(await available()).toEqual([ids[1], 'cleo.chen@example.com']);
	const second = await odin.client.put(PATH, {
		...key,
		users: [{ userId: ids[1], lastName: 'ignored' }],
	});
	expect(second.data.users).toEqual([
		expect.objectContaining({ userId: ids[1], lastName: 'Baker' }),
	]);
	const { status, data } = await odin.client.put(PATH, {
		...key,
		users: [{ userId: 'nobody@example.com' }],
	});
	expect([status, data.error]).toEqual([400, expect.stringContaining('not found')]);
});

test('the pilot user must be a user of the trunk group; null removes it', async () => {
	const set = async (pilotUserId: string | null) =>
		await odin.client.put(PATH, { ...NORTH_TRUNK, pilotUserId });
	expect((await set('hana.hosted@example.net')).data.error).toContain('pilotUserId');
	expect((await set('north-line-1@example.net')).data.pilotUserId).toBe('north-line-1@example.net');
	const removed = await set(null);
	expect(removed.status).toBe(200);
	expect(removed.data).not.toHaveProperty('pilotUserId');
});

test('a trunk group with a pilot user, trunk users or hosted users cannot be deleted', async () => {
	const remove = async () => await odin.client.delete(PATH, NORTH_TRUNK);
	const refusals = [];
	refusals.push(await remove());
	await odin.client.put(PATH, { ...NORTH_TRUNK, pilotUserId: null });
	refusals.push(await remove());
	for (const user of odin.simulator.network.stores.users.all(NORTH)) delete user.trunkGroup;
	refusals.push(await remove());
	expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400]);
	expect(refusals[0]?.data.error).toMatch(/pilot user/);
	expect(refusals[1]?.data.error).toMatch(/users assigned/);
	await odin.client.put(PATH, { ...NORTH_TRUNK, users: [] });
	expect((await remove()).status).toBe(200);
	expect(north()).toBe(undefined);
	expect((await remove()).data.error).toMatch(/not found/);
});

test('the access device can neither change nor go while users are assigned', async () => {
	odin.simulator.network.addDevice({ ...NORTH, deviceName: 'north-sbc-2' });
	const change = async (accessDevice: unknown) =>
		await odin.client.put(PATH, { ...NORTH_TRUNK, accessDevice });
	const other = { deviceLevel: 'Group', deviceName: 'north-sbc-2' };
	expect((await change(other)).data.error).toMatch(/users are assigned/);
	expect((await change(null)).data.error).toMatch(/users are assigned/);
	expect((await change({ deviceLevel: 'Group', deviceName: 'north-sbc-1' })).status).toBe(200);
	await odin.client.put(PATH, { ...NORTH_TRUNK, pilotUserId: null, users: [] });
	for (const user of odin.simulator.network.stores.users.all(NORTH)) delete user.trunkGroup;
	expect((await change({ ...other, ...NORTH, useDomain: true })).data.accessDevice).toEqual(other);
	expect((await change(null)).data).not.toHaveProperty('accessDevice');
});
