import { type Administrator, type Simulator, startSimulator } from '../../simulator';
import { createBody, HQ, NORTH, SOUTH } from './documentedTrunkGroup';
import { logIn, type OdinClient } from './odinClient';

const PATH = '/groups/trunk-groups';
const GROUP_CAPACITY = `${PATH}/call-capacity`;
const SERVICE_PROVIDER_CAPACITY = '/service-providers/trunk-groups/call-capacity';

let simulator: Simulator;

afterEach(async () => await simulator.close());

async function clientWith(administrator: Administrator): Promise<OdinClient> {
	simulator = await startSimulator({ administrator });
	return await logIn(simulator);
}

const GROUP_ADMIN = { loginType: 'Group', ...HQ };

test('a read-only administrator reads and cannot write', async () => {
	const client = await clientWith({ readOnly: true });
	const before = structuredClone(simulator.network.trunkGroups('globex-ent'));
	const key = { ...SOUTH, name: 'south-trunk-1' };
	const refusals = [
		await client.post(PATH, createBody()),
		await client.put(PATH, { ...key, maxActiveCalls: 1 }),
		await client.delete(PATH, key),
		await client.put(GROUP_CAPACITY, { ...HQ, maxActiveCalls: 1 }),
		await client.post('/groups/departments', { ...HQ, name: 'x' }),
		await client.put('/users', { userId: 'anna.adler@example.com', endpointType: 'none' }),
	];
	for (const { status, data } of refusals) {
		expect([status, data.error]).toEqual([
			403,
			expect.stringMatching(/^Admin is not authorized for /),
		]);
	}
	expect(simulator.network.trunkGroups('globex-ent')).toEqual(before);
	expect((await client.get(PATH, key)).status).toBe(200);
	expect((await client.get('/auth/session')).data.readOnly).toBe(true);
	expect((await client.put('/auth/token')).status).toBe(200);
});

test('an administrator who may not list reads what it names', async () => {
	const client = await clientWith({ mayList: false });
	expect((await client.get('/service-providers')).status).toBe(403);
	expect((await client.get('/groups', { serviceProviderId: 'acme-ent' })).status).toBe(403);
	expect((await client.get('/service-providers', { serviceProviderId: 'acme-ent' })).status).toBe(
		200,
	);
	expect((await client.get('/groups', HQ)).status).toBe(200);
	expect((await client.get(PATH, HQ)).status).toBe(200);
});

test('an administrator of a group sees that group alone', async () => {
	const client = await clientWith(GROUP_ADMIN);
	expect((await client.get('/auth/session')).data).toMatchObject({
		...GROUP_ADMIN,
		isEnterprise: true,
		isSystemAdmin: false,
	});
	expect((await client.get('/service-providers')).data).toHaveLength(1);
	expect((await client.get('/groups', { serviceProviderId: 'acme-ent' })).data).toHaveLength(1);
	expect((await client.get('/users', { serviceProviderId: 'acme-ent' })).data).toHaveLength(3);
	expect((await client.get(PATH, { ...HQ, includeEnterpriseTrunkGroups: true })).data).toEqual([]);
	expect((await client.post(PATH, createBody())).status).toBe(200);

	const elsewhere = [
		await client.get(PATH, NORTH),
		await client.get(PATH, { ...HQ, groupId: 'acme-plant' }),
		await client.get('/groups', { serviceProviderId: 'globex-ent' }),
		await client.post(PATH, createBody({ groupId: 'acme-plant' })),
		await client.get('/users', { userId: 'hana.hosted@example.net' }),
		await client.get(SERVICE_PROVIDER_CAPACITY, { serviceProviderId: 'acme-ent' }),
		await client.get(`${SERVICE_PROVIDER_CAPACITY}/reports`, { serviceProviderId: 'acme-ent' }),
		await client.put(GROUP_CAPACITY, { ...HQ, maxActiveCalls: 1 }),
		await client.get('/system/sip-authentication-password-rules'),
	];
	expect(elsewhere.map(({ status }) => status)).toEqual(elsewhere.map(() => 403));
});

test('an administrator of a service provider sees all its groups and edits their capacity, not its own', async () => {
	const client = await clientWith({ loginType: 'Service Provider', serviceProviderId: 'acme-ent' });
	const key = { serviceProviderId: 'acme-ent' };
	expect((await client.get('/groups', key)).data).toHaveLength(3);
	expect((await client.get('/service-providers')).data).toHaveLength(1);
	expect((await client.put(GROUP_CAPACITY, { ...HQ, maxActiveCalls: 1 })).status).toBe(200);
	expect((await client.get(SERVICE_PROVIDER_CAPACITY, key)).status).toBe(200);
	expect((await client.put(SERVICE_PROVIDER_CAPACITY, { ...key, maxActiveCalls: 1 })).status).toBe(
		403,
	);
	expect((await client.get(PATH, NORTH)).status).toBe(403);
});

test('enableNetworkAddressIdentity is for administrators of the system', async () => {
	const client = await clientWith(GROUP_ADMIN);
	const on = { enableNetworkAddressIdentity: true };
	expect((await client.post(PATH, createBody(on))).status).toBe(403);
	const { data } = await client.post(PATH, createBody({ enableNetworkAddressIdentity: false }));
	expect((await client.put(PATH, data)).status).toBe(200);
	expect((await client.put(PATH, { ...data, ...on })).status).toBe(403);
	simulator.configure({ administrator: { loginType: 'System' } });
	expect((await client.put(PATH, { ...data, ...on })).status).toBe(200);
});
