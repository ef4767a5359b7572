import { type Simulator, startSimulator } from '../../simulator';
import { createBody, HQ } from './documentedTrunkGroup';
import { logIn, type OdinClient } from './odinClient';

const PATH = '/groups/devices';

let simulator: Simulator;
let client: OdinClient;

beforeEach(async () => {
	simulator = await startSimulator();
	client = await logIn(simulator);
});
afterEach(async () => await simulator.close());

const names = async (params: Record<string, string> = {}) => {
	const { data } = await client.get(PATH, { ...HQ, ...params });
	return (data as unknown as Array<{ deviceName: string }>).map(({ deviceName }) => deviceName);
};

test('a new device has the documented profile, and its password never comes back', async () => {
	simulator.network.stores.deviceTypes.add({
		deviceType: 'device_type',
		numberOfPorts: { unlimited: 'true' },
		protocolChoice: ['SIP 2.0'],
	});
	const { status, data } = await client.post(PATH, {
		...HQ,
		deviceName: 'device_name',
		deviceType: 'device_type',
		deviceLevel: 'Group',
		accessDeviceCredentials: { userName: 'x', password: 'secret' },
	});
	expect(status).toBe(200);
	expect(data).toEqual({
		deviceType: 'device_type',
		protocol: 'SIP 2.0',
		numberOfPorts: { unlimited: 'true' },
		numberOfAssignedPorts: 0,
		status: 'Online',
		transportProtocol: 'Unspecified',
		useCustomUserNamePassword: false,
		deviceName: 'device_name',
		...HQ,
		macAddress: '',
		deviceLevel: 'Group',
		accessDeviceCredentials: { userName: 'x' },
		tags: [],
		relatedServices: [],
	});
	expect((await client.get(PATH, { ...HQ, deviceName: 'device_name' })).data).toEqual(data);
	expect(await names()).toEqual(['acme-sbc-1', 'acme-sbc-2', 'device_name']);
});

test('a device is changed and deleted, but not while a trunk group uses it', async () => {
	const key = { ...HQ, deviceName: 'acme-sbc-1' };
	expect((await client.put(PATH, { ...key, netAddress: '192.0.2.1' })).data.netAddress).toBe(
		'192.0.2.1',
	);
	const accessDevice = { deviceLevel: 'Group', deviceName: 'acme-sbc-1' };
	await client.post('/groups/trunk-groups', createBody({ accessDevice }));
	expect((await client.delete(PATH, key)).data.error).toMatch(/used by a trunk group/);
	await client.delete('/groups/trunk-groups', { ...HQ, name: 'acme-hq-trunk-1' });
	expect((await client.delete(PATH, key)).status).toBe(200);
	expect((await client.delete(PATH, key)).data.error).toMatch(/not found/);
});

test.each([
	[{ deviceType: undefined }, 'deviceType'],
	[{ deviceType: 'unheard of' }, 'not found'],
	[{ macAddress: '00:11:22:33' }, 'macAddress'],
	[{ deviceName: 'acme-sbc-1' }, 'already exists'],
	[{ deviceName: 'x'.repeat(41) }, 'deviceName'],
	[{ port: 80 }, 'port'],
	[{ groupId: 'nowhere' }, 'not found'],
])('a new device is refused %j', async (fields, words) => {
	const body = { ...HQ, deviceName: 'new', deviceType: 'Generic SIP Phone', ...fields };
	expect((await client.post(PATH, body)).data.error).toContain(words);
});

test('available are devices with a free port, those of upper levels too', async () => {
	const upper = ['acme-shared-sbc', 'system-sbc-1'];
	expect(await names({ q: 'available' })).toEqual(['acme-sbc-1', 'acme-sbc-2', ...upper]);
	const accessDevice = { deviceLevel: 'Group' as const, deviceName: 'acme-sbc-2' };
	simulator.network.addTrunkGroup({ ...HQ, name: 'full', accessDevice });
	for (const userId of ['a', 'b']) simulator.network.addUser({ ...HQ, userId, trunkGroup: 'full' });
	expect(await names({ q: 'available' })).toEqual(['acme-sbc-1', ...upper]);
	const { data } = await client.get(PATH, { ...HQ, deviceName: 'acme-sbc-2' });
	expect(data).toMatchObject({ numberOfPorts: { quantity: '2' }, numberOfAssignedPorts: 2 });
});

test('a strict Odin too takes undocumented keys of devices, departments and users', async () => {
	simulator.configure({ strict: true });
	const device = await client.get(PATH, { ...HQ, deviceName: 'acme-sbc-1' });
	const answers = [
		await client.put(PATH, device.data),
		await client.post('/groups/departments', { ...HQ, name: 'New', contactName: 'x' }),
		await client.put('/users', { userId: 'anna.adler@example.com', timeZone: 'x' }),
	];
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});
