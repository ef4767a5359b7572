import { type Simulator, startSimulator } from '../../simulator';
import { createBody, HQ, NORTH } from './documentedTrunkGroup';
import { logIn, type OdinClient } from './odinClient';

const TRUNK_GROUP = { ...HQ, name: 'acme-hq-trunk-1' };
const ADDRESSING = {
	endpointType: 'trunkAddressing',
	trunkAddressing: {
		trunkGroupDeviceEndpoint: { name: 'acme-hq-trunk-1', linePort: 'line_trunk@example.com' },
	},
};

let simulator: Simulator;
let client: OdinClient;

beforeEach(async () => {
	simulator = await startSimulator();
	client = await logIn(simulator);
	await client.post('/groups/trunk-groups', createBody());
});
afterEach(async () => await simulator.close());

const trunkUsers = async () => {
	const { data } = await client.get('/groups/trunk-groups/users', TRUNK_GROUP);
	return (data.users as Array<{ userId: string }>).map(({ userId }) => userId);
};

test('a user is created on a trunk group; booleans in its trunk addressing are text', async () => {
	const { status, data } = await client.post('/users', {
		...HQ,
		userId: '5000@example.com',
		lastName: 'Line',
		firstName: 'One',
		callingLineIdLastName: 'Line',
		callingLineIdFirstName: 'One',
		password: 'secret',
		extension: 5000,
		...ADDRESSING,
	});
	expect(status).toBe(200);
	expect(data).toMatchObject({
		userId: '5000@example.com',
		...HQ,
		endpointType: 'trunkAddressing',
		trunkAddressing: {
			trunkGroupDeviceEndpoint: {
				name: 'acme-hq-trunk-1',
				linePort: 'line_trunk@example.com',
				staticRegistrationCapable: 'true',
				useDomain: 'true',
				isPilotUser: 'false',
				contacts: [],
			},
		},
		accessDeviceEndpoint: { contacts: [] },
		extension: '5000',
	});
	expect(JSON.stringify(data)).not.toContain('secret');
	expect(await trunkUsers()).toEqual(['5000@example.com']);
});

test('a user is assigned, becomes the pilot user, and is removed in the order of the portal', async () => {
	const userId = 'anna.adler@example.com';
	expect((await client.put('/users', { userId, ...ADDRESSING })).status).toBe(200);
	const { data: listed } = await client.get('/groups/trunk-groups/users', TRUNK_GROUP);
	expect(listed).toEqual({
		...TRUNK_GROUP,
		users: [
			{
				userId,
				lastName: 'Adler',
				firstName: 'Anna',
				department: null,
				phoneNumber: null,
				hiraganaLastName: null,
				hiraganaFirstName: null,
				extension: null,
				emailAddress: null,
			},
		],
	});
	await client.put('/groups/trunk-groups', { ...TRUNK_GROUP, pilotUserId: userId });
	expect((await client.get('/users', { userId })).data).toMatchObject({
		trunkAddressing: { trunkGroupDeviceEndpoint: { isPilotUser: 'true' } },
	});

	const removal = { userId, endpointType: 'none', trunkAddressing: null };
	expect((await client.put('/users', removal)).data.error).toMatch(/pilot user/);
	expect((await client.delete('/users', { userId })).data.error).toMatch(/pilot user/);
	await client.put('/groups/trunk-groups', { ...TRUNK_GROUP, pilotUserId: null });
	const { data } = await client.put('/users', removal);
	expect(data.endpointType).toBe('none');
	expect(data.trunkAddressing).toEqual({ trunkGroupDeviceEndpoint: { contacts: [] } });
	expect(await trunkUsers()).toEqual([]);
	expect((await client.delete('/groups/trunk-groups', TRUNK_GROUP)).status).toBe(200);
});

test.each([
	[{ endpointType: 'trunkAddressing', trunkAddressing: {} }, 'trunkGroupDeviceEndpoint'],
	[{ trunkAddressing: { trunkGroupDeviceEndpoint: { linePort: 'x' } } }, 'name'],
	[{ trunkAddressing: { trunkGroupDeviceEndpoint: { name: 'acme-hq-trunk-1' } } }, 'linePort'],
	[
		{ trunkAddressing: { trunkGroupDeviceEndpoint: { name: 'nothing', linePort: 'x' } } },
		'not found',
	],
	[{ endpointType: 'something' }, 'endpointType'],
	[{ userId: 'nobody@example.com' }, 'not found'],
])('a user is refused %j', async (fields, words) => {
	const { data } = await client.put('/users', { userId: 'anna.adler@example.com', ...fields });
	expect(data.error).toContain(words);
	expect(await trunkUsers()).toEqual([]);
});

test('users are listed and deleted; a deleted one is no longer hosted', async () => {
	const { data } = await client.get('/users', { serviceProviderId: 'globex-ent', limit: 2 });
	expect(data).toHaveLength(2);
	expect((await client.get('/users', NORTH)).data).toHaveLength(4);
	expect((await client.get('/users')).data.error).toContain('serviceProviderId');
	expect((await client.get('/users', { ...HQ, limit: 'all' })).status).toBe(400);

	expect((await client.delete('/users', { userId: 'hana.hosted@example.net' })).status).toBe(200);
	expect(
		simulator.network.trunkGroup('globex-ent', 'globex-north', 'north-trunk-1')?.users,
	).toEqual([]);
	expect((await client.get('/users', { userId: 'hana.hosted@example.net' })).status).toBe(404);
});

test('a user id is there once', async () => {
	const user = {
		...HQ,
		userId: 'Anna.Adler@example.com',
		lastName: 'A',
		firstName: 'A',
		callingLineIdLastName: 'A',
		callingLineIdFirstName: 'A',
		password: 'secret',
	};
	expect((await client.post('/users', user)).data.error).toMatch(/already exists/);
});
