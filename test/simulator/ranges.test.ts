import { createBody, HQ } from './documentedTrunkGroup';
import type { Answer } from './odinClient';
import { NEW_USER } from './newUser';
import { useSimulator } from './useSimulator';

const DEVICE = { ...HQ, deviceName: 'new', deviceType: 'Generic SIP Phone' };
const ANNA = { userId: 'anna.adler@example.com' };

const odin = useSimulator();

type Send = (value: string) => Promise<Answer>;

const inDevice =
	(name: string): Send =>
	async (value) =>
		await odin.client.post('/groups/devices', { ...DEVICE, [name]: value });
const inUser =
	(name: string): Send =>
	async (value) =>
		await odin.client.post('/users', { ...NEW_USER, [name]: value });
const onTrunk = async (name: string, linePort: string, more: object = {}) => {
	const trunkAddressing = { trunkGroupDeviceEndpoint: { name, linePort }, ...more };
	return await odin.client.put('/users', {
		...ANNA,
		endpointType: 'trunkAddressing',
		trunkAddressing,
	});
};
const authentication = async (fields: object) => {
	const userServices = [{ serviceName: 'Authentication', assigned: true }];
	await odin.client.put('/users/services', { ...ANNA, userServices });
	return await odin.client.put('/users/authentication', { ...ANNA, newPassword: 'x', ...fields });
};

/** Texts, by the most characters that they can have. */
const TEXTS: Array<[field: string, longest: number, send: Send]> = [
	...(
		[
			['deviceName', 40],
			['netAddress', 80],
			['outboundProxyServerNetAddress', 80],
			['stunServerNetAddress', 80],
			['serialNumber', 80],
			['description', 80],
			['physicalLocation', 1024],
		] as const
	).map(([field, longest]): [string, number, Send] => [field, longest, inDevice(field)]),
	...(
		[
			['userId', 161],
			['lastName', 30],
			['firstName', 30],
			['callingLineIdLastName', 30],
			['callingLineIdFirstName', 30],
			['callingLineIdPhoneNumber', 23],
			['password', 60],
			['emailAddress', 80],
			['domain', 80],
			['addressLocation', 80],
			['timeZone', 127],
			['language', 40],
			['networkClassOfService', 40],
			['mobilePhoneNumber', 30],
			['pagerPhoneNumber', 30],
			['title', 50],
			['extension', 20],
		] as const
	).map(([field, longest]): [string, number, Send] => [field, longest, inUser(field)]),
	[
		'name',
		30,
		async (name) => await odin.client.post('/groups/trunk-groups', createBody({ name })),
	],
	['linePort', 161, async (linePort) => await onTrunk('sbc', linePort)],
	[
		'enterpriseTrunkName',
		30,
		async (enterpriseTrunkName) => await onTrunk('sbc', 'line', { enterpriseTrunkName }),
	],
	['userName', 80, async (userName) => await authentication({ userName })],
	['newPassword', 60, async (newPassword) => await authentication({ newPassword })],
];

test.each(TEXTS)('%s has at most %i characters', async (field, longest, send) => {
	odin.simulator.network.addTrunkGroup({ ...HQ, name: 'sbc' });
	const tooLong = await send('1'.repeat(longest + 1));
	expect([tooLong.status, tooLong.data.error]).toEqual([400, expect.stringContaining(field)]);
	expect((await send('1'.repeat(longest))).status).toBe(200);
});

test.each<[field: string, value: unknown, send: (field: string) => Send]>([
	['deviceType', 'x'.repeat(41), inDevice],
	['deviceType', '', inDevice],
	['port', 1024, inDevice],
	['port', 65536, inDevice],
	['macAddress', '0123456789a', inDevice],
	['macAddress', '0123456789abc', inDevice],
	['macAddress', '0123456789xy', inDevice],
	['transportProtocol', 'SCTP', inDevice],
	['deviceLevel', 'System', inDevice],
	['phoneNumber', `+1-${'5'.repeat(21)}`, inUser],
	['extension', '1', inUser],
	['endpointType', 'phone', inUser],
	['serviceName', 'x'.repeat(81), servicePack],
])('%s is not %j', async (field, value, send) => {
	const { status, data } = await send(field)(value as string);
	expect([status, data.error]).toEqual([400, expect.stringContaining(field)]);
});

function servicePack(field: string): Send {
	return async (value) => {
		const servicePackServices = [{ [field]: value, assigned: true }];
		return await odin.client.put('/users/services', { ...ANNA, servicePackServices });
	};
}

test.each<[field: string, values: unknown[]]>([
	['port', [1025, '65535']],
	['macAddress', ['0123456789aB', '']],
	['transportProtocol', ['UDP', 'TCP', 'TLS', 'Unspecified']],
])('%s is any of %j', async (field, values) => {
	for (const value of values) {
		const key = { ...HQ, deviceName: 'acme-sbc-1' };
		const { data } = await odin.client.put('/groups/devices', { ...key, [field]: value });
		expect(String(data[field])).toBe(String(value));
	}
});

test.each<[path: string, body: object, needed: string[]]>([
	['/groups/devices', DEVICE, ['serviceProviderId', 'groupId', 'deviceName', 'deviceType']],
	['/users', NEW_USER, Object.keys(NEW_USER)],
])('a new record of %s needs each key', async (path, body, needed) => {
	for (const key of needed) {
		const { status, data } = await odin.client.post(path, { ...body, [key]: undefined });
		expect([status, data.error]).toEqual([400, `Missing required key: ${key}`]);
	}
	expect((await odin.client.post(path, body)).status).toBe(200);
});

test('null clears what a device can be without, and nothing else', async () => {
	const key = { ...HQ, deviceName: 'acme-sbc-1' };
	const set = {
		netAddress: '192.0.2.1',
		port: 5060,
		outboundProxyServerNetAddress: '192.0.2.2',
		stunServerNetAddress: '192.0.2.3',
		macAddress: '0123456789ab',
		serialNumber: '1a',
		description: 'x',
		physicalLocation: 'y',
		accessDeviceCredentials: { userName: 'z' },
	};
	const { data: before } = await odin.client.get('/groups/devices', key);
	const nulls = Object.fromEntries(Object.keys(set).map((name) => [name, null]));
	expect((await odin.client.put('/groups/devices', { ...key, ...set })).data).toMatchObject(set);
	expect((await odin.client.put('/groups/devices', { ...key, ...nulls })).data).toEqual(before);
	for (const name of ['deviceType', 'protocol', 'transportProtocol', 'deviceLevel']) {
		const { status, data } = await odin.client.put('/groups/devices', { ...key, [name]: null });
		expect([status, data.error]).toEqual([400, expect.stringContaining(name)]);
	}
});
