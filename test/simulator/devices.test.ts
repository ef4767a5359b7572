import { HQ } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const PATH = '/groups/devices';

const odin = useSimulator();

const names = async (params: Record<string, string> = {}) => {
	const { data } = await odin.client.get(PATH, { ...HQ, ...params });
	return (data as unknown as Array<{ deviceName: string }>).map(({ deviceName }) => deviceName);
};

test('a new device has the documented profile, and its password never comes back', async () => {
	odin.simulator.network.stores.deviceTypes.add({
		deviceType: 'device_type',
		numberOfPorts: { unlimited: 'true' },
		protocolChoice: ['SIP 2.0'],
	});
	const { status, data } = await odin.client.post(PATH, {
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
	expect((await odin.client.get(PATH, { ...HQ, deviceName: 'device_name' })).data).toEqual(data);
	expect(await names()).toEqual(['acme-sbc-1', 'acme-sbc-2', 'device_name']);
});

test('a device has the type that the system knows, its ports, and never another type', async () => {
	const key = { ...HQ, deviceName: 'gateway' };
	const deviceType = 'Generic SIP Gateway';
	expect((await odin.client.post(PATH, { ...key, deviceType })).data.numberOfPorts).toEqual({
		quantity: '2',
	});
	expect(
		(await odin.client.put(PATH, { ...key, deviceType: 'Generic SIP Phone' })).data.error,
	).toMatch(/type of an access device cannot be changed/);
	expect((await odin.client.put(PATH, { ...key, deviceType })).status).toBe(200);

	const types = (await odin.client.get('/groups/device-types', HQ)).data;
	expect(types).toEqual((await odin.client.get('/system/device-types')).data);
	const one = await odin.client.get('/groups/device-types', { ...HQ, deviceType });
	expect(types).toContainEqual(one.data);
	expect(one.data).toMatchObject({ deviceType, protocolChoice: ['SIP 2.0'] });
	expect((await odin.client.get('/system/device-types', { deviceType: 'x' })).status).toBe(404);
});

test('an update of a device is sparse, null and the empty text of the portal clear', async () => {
	const key = { ...HQ, deviceName: 'acme-sbc-1' };
	const set = {
		netAddress: '192.0.2.1',
		port: '5060',
		macAddress: '0123456789Ab',
		description: 'x',
	};
	expect((await odin.client.put(PATH, { ...key, ...set })).data).toMatchObject({
		...set,
		port: 5060,
	});
	const { data } = await odin.client.put(PATH, {
		...key,
		netAddress: null,
		description: '',
		macAddress: null,
	});
	expect(data).toMatchObject({ port: 5060, macAddress: '' });
	expect(data).not.toHaveProperty('netAddress');
	expect(data).not.toHaveProperty('description');
	const credentials = { userName: 9871515000, password: 'secret' };
	await odin.client.put(PATH, { ...key, accessDeviceCredentials: credentials });
	const { data: profile } = await odin.client.get(PATH, key);
	expect(profile.accessDeviceCredentials).toEqual({ userName: '9871515000' });
	expect((await odin.client.put(PATH, profile)).data).toEqual(profile);
	expect(odin.simulator.network.devices('acme-ent', 'acme-hq')[0]?.accessDeviceCredentials).toEqual(
		{
			userName: '9871515000',
			password: 'secret',
		},
	);
});

test('a device in use says by whom, and is neither changed nor deleted', async () => {
	const north = {
		serviceProviderId: 'globex-ent',
		groupId: 'globex-north',
		deviceName: 'north-sbc-1',
	};
	for (const answer of [
		await odin.client.post(`${PATH}/users`, north),
		await odin.client.get(`${PATH}/users`, north),
	]) {
		expect(answer.data).toMatchObject({ ...north, users: [{}, {}, {}] });
		expect((answer.data.users as unknown[])[0]).toMatchObject({
			userId: 'north-pilot@example.net',
			linePort: 'north-pilot_trunk@example.net',
		});
	}
	const { data: profile } = await odin.client.get(PATH, north);
	expect(profile).toMatchObject({ numberOfPorts: { unlimited: 'true' }, numberOfAssignedPorts: 3 });
	expect((await odin.client.put(PATH, profile)).data).toEqual(profile);
	expect((await odin.client.put(PATH, { ...north, port: 5060 })).data.error).toMatch(
		/in use by north-pilot/,
	);
	expect((await odin.client.delete(PATH, north)).data.error).toMatch(/trunk group: north-trunk-1/);
	for (const action of ['rebuild', 'reset']) {
		expect((await odin.client.post(`${PATH}/${action}`, north)).status).toBe(200);
		expect((await odin.client.post(`${PATH}/${action}`, HQ)).data.error).toContain('deviceName');
	}

	const phone = { ...HQ, deviceName: 'phone' };
	await odin.client.post(PATH, { ...phone, deviceType: 'Generic SIP Phone' });
	const accessDeviceEndpoint = {
		linePort: 'anna@line',
		accessDevice: { deviceLevel: 'Group', deviceName: 'phone' },
	};
	await odin.client.put('/users', { userId: 'anna.adler@example.com', accessDeviceEndpoint });
	expect((await odin.client.delete(PATH, phone)).data.error).toMatch(/in use by anna\.adler/);
	await odin.client.put('/users', { userId: 'anna.adler@example.com', accessDeviceEndpoint: null });
	expect((await odin.client.delete(PATH, phone)).status).toBe(200);
});

test.each<[string, Record<string, string>]>([
	['/service-providers/devices', { serviceProviderId: 'acme-ent', deviceName: 'acme-shared-sbc' }],
	['/system/devices', { deviceName: 'system-sbc-1' }],
])('devices of an upper level stand at %s', async (path, key) => {
	expect((await odin.client.put(path, { ...key, description: 'x' })).data).toMatchObject({
		...key,
		description: 'x',
	});
	expect((await odin.client.get(path, key)).data.description).toBe('x');
	const other = { ...key, deviceName: 'other' };
	expect(
		(await odin.client.post(path, { ...other, deviceType: 'Generic SIP IP-PBX' })).status,
	).toBe(200);
	const place = { ...key, deviceName: undefined };
	expect((await odin.client.get(path, place)).data).toHaveLength(2);
	expect((await odin.client.delete(path, other)).status).toBe(200);
	expect((await odin.client.get(path, other)).status).toBe(404);
});

test.each([
	[{ deviceType: 'unheard of' }, 'not found'],
	[{ deviceName: 'acme-sbc-1' }, 'already exists'],
	[{ groupId: 'nowhere' }, 'not found'],
])('a new device is refused %j', async (fields, words) => {
	const body = { ...HQ, deviceName: 'new', deviceType: 'Generic SIP Phone', ...fields };
	expect((await odin.client.post(PATH, body)).data.error).toContain(words);
});

test('available are devices with a free port, those of upper levels too', async () => {
	const upper = ['acme-shared-sbc', 'system-sbc-1'];
	expect(await names({ q: 'available' })).toEqual(['acme-sbc-1', 'acme-sbc-2', ...upper]);
	const accessDevice = { deviceLevel: 'Group' as const, deviceName: 'acme-sbc-2' };
	odin.simulator.network.addTrunkGroup({ ...HQ, name: 'full', accessDevice });
	for (const userId of ['a', 'b'])
		odin.simulator.network.addUser({ ...HQ, userId, trunkGroup: 'full' });
	expect(await names({ q: 'available' })).toEqual(['acme-sbc-1', ...upper]);
	const { data } = await odin.client.get(PATH, { ...HQ, deviceName: 'acme-sbc-2' });
	expect(data).toMatchObject({ numberOfPorts: { quantity: '2' }, numberOfAssignedPorts: 2 });
});

test('a strict Odin too takes undocumented keys of devices, departments and users', async () => {
	odin.simulator.configure({ strict: true });
	const device = await odin.client.get(PATH, { ...HQ, deviceName: 'acme-sbc-1' });
	const answers = [
		await odin.client.put(PATH, device.data),
		await odin.client.post('/groups/departments', { ...HQ, name: 'New', contactName: 'x' }),
		await odin.client.put('/users', { userId: 'anna.adler@example.com', timeZone: 'x' }),
	];
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});
