import { TRUNK_GROUP_FIELDS } from '../../simulator/contract/trunkGroupFields';
import { PROFILE_KEYS } from '../../simulator/trunkGroups/profile';
import {
	createBody,
	DOCUMENTED_PROFILE,
	HQ,
	NORTH,
	ODINS_SPEAR_BODY,
	SOUTH,
} from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const PATH = '/groups/trunk-groups';
const NAME = 'acme-hq-trunk-1';

const odin = useSimulator();

test('what odins_spear posts is answered with the documented example, key by key in order', async () => {
	const { network } = odin.simulator;
	network.addServiceProvider({ serviceProviderId: 'ServiceProviderID' });
	network.addGroup({ serviceProviderId: 'ServiceProviderID', groupId: 'GroupID' });
	const { status, data } = await odin.client.post(PATH, ODINS_SPEAR_BODY);
	expect(status).toBe(200);
	expect(JSON.stringify(data)).toBe(JSON.stringify(DOCUMENTED_PROFILE));

	const key = {
		serviceProviderId: 'ServiceProviderID',
		groupId: 'GroupID',
		name: 'Odin Test Trunk',
	};
	const read = await odin.client.request({ method: 'GET', url: PATH, params: key, data: '{}' });
	expect(JSON.stringify(read.data)).toBe(JSON.stringify(DOCUMENTED_PROFILE));
	expect(network.storedSipPassword('ServiceProviderID', 'GroupID', 'Odin Test Trunk')).toBe(
		undefined,
	);
});

test('odins_spear sends a JSON body with every GET and DELETE', async () => {
	await odin.client.post(PATH, createBody());
	for (const body of ['{}', '']) {
		const read = await odin.client.request({
			method: 'GET',
			url: PATH,
			params: HQ,
			data: body,
			headers: { 'content-type': 'application/json' },
		});
		expect(read.data).toHaveLength(1);
	}
	const gone = await odin.client.request({
		method: 'DELETE',
		url: PATH,
		params: { ...HQ, name: NAME },
		data: {},
	});
	expect(gone.status).toBe(200);
	expect(gone.data).toBe('');
	expect(odin.simulator.network.trunkGroups('acme-ent', 'acme-hq')).toEqual([]);
});

test('a create with the documented defaults has exactly the documented values', async () => {
	const { data } = await odin.client.post(PATH, createBody());
	expect(JSON.stringify(data)).toBe(JSON.stringify({ ...DOCUMENTED_PROFILE, ...HQ, name: NAME }));
});

test('omitted fields have the value of the contract, other booleans false', async () => {
	const { data } = await odin.client.post(PATH, { ...HQ, name: NAME, maxActiveCalls: 1 });
	for (const field of TRUNK_GROUP_FIELDS) {
		if (field.valueAfterSeedPost !== undefined) {
			expect([field.name, data[field.name]]).toEqual([field.name, field.valueAfterSeedPost]);
		} else if (field.type === 'boolean') {
			expect([field.name, data[field.name]]).toEqual([field.name, false]);
		}
	}
});

test('the SIP password is stored and never answered', async () => {
	const credentials = {
		requireAuthentication: true,
		sipAuthenticationUserName: 'trunk',
		sipAuthenticationPassword: 'Secret123',
	};
	const created = await odin.client.post(PATH, createBody(credentials));
	const updated = await odin.client.put(PATH, {
		...HQ,
		name: NAME,
		sipAuthenticationPassword: 'Other123',
	});
	const read = await odin.client.get(PATH, { ...HQ, name: NAME });
	for (const { data } of [created, updated, read]) {
		expect(data.sipAuthenticationUserName).toBe('trunk');
		expect(JSON.stringify(data)).not.toMatch(/password|Secret123|Other123/i);
	}
	expect(odin.simulator.network.storedSipPassword('acme-ent', 'acme-hq', NAME)).toBe('Other123');
});

test('the list of profile keys covers the contract', () => {
	const outside = [
		'newName',
		'hostedUserTable',
		'hostedUserId',
		'hostedUserIdList',
		'trunkGroupKey',
	];
	const notAnswered = ['pilotUser', 'sipAuthenticationPassword', 'pilotUserNetworkClassOfService'];
	const listRowsOnly = ['deviceName', 'deviceLevel'];
	const expected = TRUNK_GROUP_FIELDS.filter(
		({ name, writeOn, readOnly }) =>
			(readOnly || (writeOn ?? []).length > 0) &&
			![
				...outside,
				...notAnswered,
				...listRowsOnly,
				'deleteOptionsMessageResponseStatusCode',
			].includes(name),
	);
	expect([...PROFILE_KEYS].sort()).toEqual(expected.map(({ name }) => name).sort());
});

test('forward addresses of digits come back as numbers, unless switched off', async () => {
	const key = { ...SOUTH, name: 'south-trunk-1' };
	const address = async () =>
		(await odin.client.get(PATH, key)).data.callForwardingAlwaysForwardAddress;
	expect(await address()).toBe(15550100123);
	for (const text of ['0123', '+15550100123', '1e3', '12345678901234567890']) {
		await odin.client.put(PATH, { ...key, callForwardingAlwaysForwardAddress: text });
		expect(await address()).toBe(text);
	}
	odin.simulator.configure({ numbersForDigits: false });
	await odin.client.put(PATH, { ...key, callForwardingAlwaysForwardAddress: '42' });
	expect(await address()).toBe('42');
});

test('a quiet Odin answers writes with an empty body', async () => {
	odin.simulator.configure({ quietProfiles: true });
	const created = await odin.client.post(PATH, createBody());
	const updated = await odin.client.put(PATH, { ...HQ, name: NAME, maxActiveCalls: 5 });
	expect([created.status, created.data, updated.status, updated.data]).toEqual([200, '', 200, '']);
	expect(odin.simulator.network.trunkGroup('acme-ent', 'acme-hq', NAME)?.maxActiveCalls).toBe(5);
	for (const [path, body] of [
		['/groups/devices', { ...HQ, deviceName: 'acme-sbc-1', description: 'x' }],
		['/users', { userId: 'anna.adler@example.com', title: 'x' }],
	] as const) {
		expect((await odin.client.put(path, body)).data).toBe('');
	}
});

test('list rows have six keys, the department as text', async () => {
	const { data } = await odin.client.get(PATH, NORTH);
	expect(data).toEqual([
		{
			name: 'north-trunk-1',
			department: 'Contact Center',
			deviceName: 'north-sbc-1',
			deviceLevel: 'Group',
			...NORTH,
		},
	]);
	await odin.client.post(PATH, createBody());
	const [row] = (await odin.client.get(PATH, HQ)).data as unknown as object[];
	expect(row).toEqual({ name: NAME, department: null, deviceName: null, deviceLevel: null, ...HQ });
});

test.each(['true', '1'])(
	'the list widens to the enterprise and narrows to devices with %s',
	async (yes) => {
		const names = async (params: Record<string, string>) => {
			const { data } = await odin.client.get(PATH, { ...SOUTH, ...params });
			return (data as unknown as Array<{ name: string }>).map(({ name }) => name).sort();
		};
		const no = yes === '1' ? '0' : 'false';
		expect(
			await names({ includeEnterpriseTrunkGroups: no, onlyTrunkGroupsWithDevice: no }),
		).toEqual(['south-trunk-1']);
		expect(await names({ includeEnterpriseTrunkGroups: yes })).toEqual([
			'north-trunk-1',
			'south-trunk-1',
		]);
		expect(await names({ onlyTrunkGroupsWithDevice: yes })).toEqual([]);
		expect(
			await names({ includeEnterpriseTrunkGroups: yes, onlyTrunkGroupsWithDevice: yes }),
		).toEqual(['north-trunk-1']);
		const { status } = await odin.client.get(PATH, {
			...SOUTH,
			includeEnterpriseTrunkGroups: 'yes',
		});
		expect(status).toBe(400);
	},
);

test.each([
	'a/b?c=d&e#f',
	'100% + 1',
	'Straße – 渋谷 🚚',
	'q\'u"o\\te',
	'..',
	'__proto__',
	'constructor',
])('the name %s survives create, get, rename and delete', async (name) => {
	expect((await odin.client.post(PATH, createBody({ name }))).data.name).toBe(name);
	expect((await odin.client.get(PATH, { ...HQ, name })).data.name).toBe(name);
	const newName = [...`${name}!`].slice(-30).join('');
	expect((await odin.client.put(PATH, { ...HQ, name, newName })).data.name).toBe(newName);
	expect((await odin.client.delete(PATH, { ...HQ, name: newName })).status).toBe(200);
	expect((await odin.client.get(PATH, { ...HQ, name: newName })).status).toBe(404);
});

test('the list of a service provider that is no enterprise never widens', async () => {
	const serviceProviderId = 'citytel-sp';
	for (const groupId of ['citytel-bakery', 'citytel-hotel']) {
		odin.simulator.network.addTrunkGroup({ serviceProviderId, groupId, name: groupId });
	}
	const { data } = await odin.client.get(PATH, {
		serviceProviderId,
		groupId: 'citytel-hotel',
		includeEnterpriseTrunkGroups: true,
	});
	expect(data).toMatchObject([{ name: 'citytel-hotel' }]);
});
