import { startSimulator } from '../../simulator';
import { createBody, HQ } from './documentedTrunkGroup';
import { logIn } from './odinClient';
import { useSimulator } from './useSimulator';

const odin = useSimulator();

test('service providers come as a list, one comes as an object', async () => {
	const { data } = await odin.client.get('/service-providers');
	expect(data).toHaveLength(3);
	expect(data).toContainEqual({
		serviceProviderId: 'acme-ent',
		serviceProviderName: 'Acme Industries',
		isEnterprise: true,
	});
	const one = await odin.client.get('/service-providers', { serviceProviderId: 'citytel-sp' });
	expect(one.data).toMatchObject({ isEnterprise: false, defaultDomain: 'example.net' });
	expect((await odin.client.get('/service-providers', { serviceProviderId: 'x' })).status).toBe(
		404,
	);
});

test('groups come as a list, one comes as an object', async () => {
	const { data } = await odin.client.get('/groups', { serviceProviderId: 'acme-ent' });
	expect(data).toHaveLength(3);
	expect(data).toContainEqual({
		groupId: 'acme-hq',
		groupName: 'Acme Headquarters',
		userLimit: 200,
		serviceProviderId: 'acme-ent',
	});
	const { data: one } = await odin.client.get('/groups', HQ);
	expect(one).toMatchObject({ ...HQ, defaultDomain: 'example.com', userCount: 3 });
	expect((await odin.client.get('/groups')).data.error).toContain('serviceProviderId');
	expect((await odin.client.get('/groups', { serviceProviderId: 'x' })).status).toBe(404);
	expect((await odin.client.get('/groups', { ...HQ, groupId: 'x' })).status).toBe(404);
});

test('a group has domains and services', async () => {
	expect((await odin.client.get('/groups/domains', HQ)).data).toMatchObject({
		default: 'example.com',
		domains: ['example.com', 'hq.example.com'],
	});
	const services = async (groupId: string) =>
		(await odin.client.get('/groups/services', { ...HQ, groupId })).data.groupServices;
	expect(await services('acme-hq')).toContainEqual(
		expect.objectContaining({ serviceName: 'Trunk Group', assigned: true, quantity: -1 }),
	);
	expect(await services('acme-lab')).toContainEqual(
		expect.objectContaining({ serviceName: 'Trunk Group', assigned: false }),
	);
});

test('departments are listed, created, renamed and deleted, and trunk groups follow', async () => {
	const path = '/groups/departments';
	const key = { ...HQ, name: 'Support' };
	expect((await odin.client.post(path, key)).data).toEqual(key);
	expect((await odin.client.post(path, key)).data.error).toMatch(/already exists/);
	await odin.client.post('/groups/trunk-groups', createBody({ department: key }));
	const department = () =>
		odin.simulator.network.trunkGroup('acme-ent', 'acme-hq', 'acme-hq-trunk-1')?.department;

	expect((await odin.client.put(path, { ...key, newName: 'Sales' })).status).toBe(400);
	expect((await odin.client.put(path, { ...key, newName: 'Care' })).data).toEqual({
		...HQ,
		name: 'Care',
	});
	expect(department()).toEqual({ ...HQ, name: 'Care' });

	const names = async (params: object) => {
		const { data } = await odin.client.get(path, { ...HQ, ...params });
		return (data as unknown as Array<{ name: string }>).map(({ name }) => name);
	};
	expect(await names({})).toEqual(['Operations', 'Sales', 'Care']);
	expect(await names({ includeEnterprise: true })).toEqual([
		'Operations',
		'Sales',
		'Care',
		'Corporate',
	]);

	expect((await odin.client.delete(path, key)).status).toBe(404);
	expect((await odin.client.delete(path, { ...HQ, name: 'Care' })).status).toBe(200);
	expect(department()).toBe(undefined);
});

test('the example network is what the README promises', async () => {
	const { network } = odin.simulator;
	expect(network.trunkGroups('acme-ent', 'acme-hq')).toEqual([]);
	expect(network.callCapacity('acme-ent', 'acme-hq')?.maxActiveCalls).toBe(100);
	expect(network.devices('acme-ent', 'acme-hq').map(({ deviceName }) => deviceName)).toContain(
		'acme-sbc-1',
	);
	expect(network.departments('acme-ent', 'acme-hq').map(({ name }) => name)).toContain(
		'Operations',
	);
	expect(network.trunkGroup('globex-ent', 'globex-north', 'north-trunk-1')).toMatchObject({
		pilotUserId: 'north-pilot@example.net',
		users: [expect.objectContaining({ userId: 'hana.hosted@example.net' })],
	});
	expect(network.callCapacity('globex-ent', 'globex-north')?.burstingMaxActiveCalls).toBe(-1);
	expect(network.serviceProviders().map(({ isEnterprise }) => isEnterprise)).toEqual([
		true,
		true,
		false,
	]);
});

test('every trunk group of the example network can be sent back as it is', async () => {
	for (const { serviceProviderId } of odin.simulator.network.serviceProviders()) {
		for (const { groupId, name } of odin.simulator.network.trunkGroups(serviceProviderId)) {
			const { data } = await odin.client.get('/groups/trunk-groups', {
				serviceProviderId,
				groupId,
				name,
			});
			expect((await odin.client.put('/groups/trunk-groups', data)).data).toEqual(data);
		}
	}
});

test('an empty network has nothing', async () => {
	const empty = await startSimulator({ seed: 'empty' });
	expect((await (await logIn(empty)).get('/service-providers')).data).toEqual([]);
	await empty.close();
});
