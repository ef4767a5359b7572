import { HQ, NORTH } from './documentedTrunkGroup';
import type { Answer } from './odinClient';
import { CALLS, MADE, NEW_USER, USER } from './odinsSpearCalls';
import { useSimulator } from './useSimulator';

const odin = useSimulator(async ({ simulator, client }) => {
	const line = simulator.network.addUser({
		...NORTH,
		userId: 'line@example.net',
		trunkGroup: 'north-trunk-1',
		services: ['Authentication', 'Call Forwarding Always'],
	});
	simulator.network.addRegistration(line);
	await client.post('/users', { ...NEW_USER, userId: MADE, extension: '1233' });
	simulator.network.addDevice({ ...HQ, deviceName: 'phone', macAddress: '0123456789ab' });
	const accessDevice = { deviceLevel: 'Group', deviceName: 'phone' } as const;
	simulator.network.addUser({ ...HQ, userId: 'phone@example.com', accessDevice });
});

/** A part of an answer; of lists that of the first row. */
const partOf = (value: unknown, key: string): unknown => {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return (first as Record<string, unknown> | undefined)?.[key];
};

const lacking = ({ data }: Answer, keys: string[]): string[] =>
	keys.filter((key) => key.split('.').reduce<unknown>(partOf, data) === undefined);

test.each(Object.entries(CALLS))('%s is answered as its documentation shows', async (_, call) => {
	const { method, path: url, params, data = {}, keys } = call;
	const answer = await odin.client.request({ method, url, params, data });
	expect(answer).toMatchObject({ status: 200 });
	if (keys) expect(lacking(answer, keys)).toEqual([]);
	else expect(['', [], {}]).toContainEqual(answer.data);
});

const refusal = async (path: string, data: object) => {
	const { status, data: answer } = await odin.client.put(path, data);
	return [status, answer.error];
};

test('tags are set one by one or many at once, and go with the device', async () => {
	const device = { ...HQ, deviceName: 'phone' };
	const tag = (tagName: string, tagValue: string) => ({ tagName, tagValue });
	const tags = [tag('%a%', '2'), tag('%b%', '3')];
	await odin.client.put('/groups/devices/tags', { ...device, ...tag('%a%', '1') });
	const many = { ...device, tags: [{ elements: tags }] };
	expect((await odin.client.put('/groups/devices/profile', many)).data).toEqual({
		...device,
		tags,
	});
	expect((await odin.client.get('/groups/devices', device)).data.tags).toEqual(tags);
	expect(
		(await odin.client.get('/groups/devices', { ...HQ, deviceName: 'acme-sbc-1' })).data.tags,
	).toEqual([]);
	await odin.client.put('/groups/devices/files', {
		...device,
		fileFormat: 'x',
		fileSource: 'Default',
	});
	expect(odin.simulator.network.stores.deviceFiles.all()).toEqual([
		{ ...device, deviceType: null, fileFormat: 'x', fileSource: 'Default' },
	]);
	await odin.client.put('/users', { userId: 'phone@example.com', accessDeviceEndpoint: null });
	await odin.client.delete('/groups/devices', device);
	expect(odin.simulator.network.stores.deviceTags.all()).toEqual([]);
	expect(odin.simulator.network.stores.deviceFiles.all()).toEqual([]);
});

test.each<[string, object, RegExp]>([
	['/groups/devices/tags', { ...HQ, deviceName: 'none', tagName: 'x', tagValue: '' }, /not found/],
	['/groups/devices/tags', { ...HQ, deviceName: 'phone', tagName: 'x' }, /tagValue/],
	[
		'/groups/devices/profile',
		{ ...HQ, deviceName: 'phone', tags: [{ elements: [{}] }] },
		/tagName/,
	],
	['/groups/devices/files', { ...HQ, deviceName: 'phone', fileFormat: 'x' }, /fileSource/],
	[
		'/system/devices/files',
		{ deviceName: 'system-sbc-1', fileFormat: 'x', fileSource: 'Mine' },
		/fileSource/,
	],
	[
		'/groups/device-types/files',
		{ ...HQ, deviceType: 'None', fileFormat: 'x', fileSource: 'Manual' },
		/not found/,
	],
	['/users/user-id', { userId: USER, newUserId: 'Ben.Baker@example.com' }, /already exists/],
	['/users/user-id', { userId: 'nobody@example.com', newUserId: 'x' }, /not found/],
	['/users/group-id', { userId: USER, newGroupId: 'nowhere' }, /not found/],
	['/users/group-id', { userId: 'hotel@example.net', newGroupId: 'citytel-bakery' }, /enterprise/],
	[
		'/users/group-id',
		{ userId: 'ben.baker@example.com', newGroupId: 'acme-plant' },
		/not assigned/,
	],
	['/users/group-id', { userId: 'phone@example.com', newGroupId: 'acme-plant' }, /not found/],
	['/users/group-id', { userId: 'north-pilot@example.net', newGroupId: 'globex-south' }, /pilot/],
	['/users/group-id', { userId: USER, newGroupId: 'acme-lab' }, /user limit/],
	['/users/portal-passcode', { userId: USER, newPasscode: '12a45' }, /newPasscode/],
	['/users/services/settings', { userId: USER, 'Call Waiting': { isActive: true } }, /assigned/],
])('PUT %s %j is refused, and nothing happens', async (path, data, words) => {
	odin.simulator.network.addUser({
		...{ serviceProviderId: 'citytel-sp', groupId: 'citytel-hotel' },
		userId: 'hotel@example.net',
	});
	await odin.client.put('/users', {
		userId: 'ben.baker@example.com',
		phoneNumber: '+1-5135550011',
	});
	Object.assign(odin.simulator.network.group('acme-ent', 'acme-lab') ?? {}, { userLimit: 0 });
	const before = odin.simulator.network.copyOfState();
	expect(await refusal(path, data)).toEqual([
		expect.any(Number) as number,
		expect.stringMatching(words) as string,
	]);
	expect(odin.simulator.network.copyOfState()).toEqual(before);
});

test('a user with another id stays pilot user and hosted user, and is known by the new one alone', async () => {
	const key = { ...NORTH, name: 'north-trunk-1' };
	for (const userId of ['north-pilot@example.net', 'hana.hosted@example.net']) {
		await odin.client.put('/users/user-id', { userId, newUserId: `new-${userId}` });
		expect((await odin.client.get('/users', { userId })).status).toBe(404);
	}
	expect((await odin.client.get('/groups/trunk-groups', key)).data).toMatchObject({
		pilotUserId: 'new-north-pilot@example.net',
		users: [{ userId: 'new-hana.hosted@example.net' }],
	});
});

test('a user moves to another group of its enterprise, unless that is only evaluated', async () => {
	const move = { userId: 'hana.hosted@example.net', newGroupId: 'globex-south' };
	const groupOf = () => odin.simulator.network.user(move.userId)?.groupId;
	await odin.client.put('/users/group-id', { ...move, evaluateOnly: 'true' });
	expect(groupOf()).toBe('globex-north');
	expect((await odin.client.put('/users/group-id', move)).data).toMatchObject({
		groupId: groupOf(),
	});
	expect(groupOf()).toBe('globex-south');
	const trunkGroup = odin.simulator.network.trunkGroup(
		'globex-ent',
		'globex-north',
		'north-trunk-1',
	);
	expect(trunkGroup?.users).toEqual([]);
});

test('passcodes and settings are kept; a passcode is never shown', async () => {
	const line = { userId: 'line@example.net' };
	await odin.client.put('/users/portal-passcode', { ...line, newPasscode: 13579 });
	const { data } = await odin.client.get('/users/portal-passcode', line);
	expect(data.passcode).toBe('*****');
	expect(odin.simulator.network.user(line.userId)?.passcode).toBe('13579');
	await odin.client.post('/users/reset', { ...line, resetPasswordPasscode: true });
	expect(odin.simulator.network.user(line.userId)?.passcode).toBe(undefined);

	const path = '/users/services/settings';
	await odin.client.put(path, {
		...line,
		'Call Forwarding Always': { forwardToPhoneNumber: '1509' },
	});
	const forwarding = { isActive: true, forwardToPhoneNumber: '1509' };
	await odin.client.put(path, { ...line, 'Call Forwarding Always': { isActive: true } });
	expect((await odin.client.get(path, line)).data).toMatchObject({
		'Call Forwarding Always': forwarding,
	});
});
