import type { User } from '../../simulator';
import { createBody, HQ, NORTH } from './documentedTrunkGroup';
import { NEW_USER, onTrunk } from './newUser';
import { useSimulator } from './useSimulator';

const TRUNK_GROUP = { ...HQ, name: 'acme-hq-trunk-1' };
const ADDRESSING = {
	endpointType: 'trunkAddressing',
	trunkAddressing: {
		trunkGroupDeviceEndpoint: { name: 'acme-hq-trunk-1', linePort: 'line_trunk@example.com' },
	},
};

const odin = useSimulator(async ({ client }) => {
	await client.post('/groups/trunk-groups', createBody());
});

const trunkUsers = async () => {
	const { data } = await odin.client.get('/groups/trunk-groups/users', TRUNK_GROUP);
	return (data.users as Array<{ userId: string }>).map(({ userId }) => userId);
};

test('a user is created on a trunk group; booleans in its trunk addressing are text', async () => {
	const { status, data } = await odin.client.post('/users', {
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
	expect((await odin.client.put('/users', { userId, ...ADDRESSING })).status).toBe(200);
	const { data: listed } = await odin.client.get('/groups/trunk-groups/users', TRUNK_GROUP);
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
	await odin.client.put('/groups/trunk-groups', { ...TRUNK_GROUP, pilotUserId: userId });
	expect((await odin.client.get('/users', { userId })).data).toMatchObject({
		trunkAddressing: { trunkGroupDeviceEndpoint: { isPilotUser: 'true' } },
	});

	const removal = { userId, endpointType: 'none', trunkAddressing: null };
	expect((await odin.client.put('/users', removal)).data.error).toMatch(/pilot user/);
	expect((await odin.client.delete('/users', { userId })).data.error).toMatch(/pilot user/);
	await odin.client.put('/groups/trunk-groups', { ...TRUNK_GROUP, pilotUserId: null });
	const { data } = await odin.client.put('/users', removal);
	expect(data.endpointType).toBe('none');
	expect(data.trunkAddressing).toEqual({ trunkGroupDeviceEndpoint: { contacts: [] } });
	expect(await trunkUsers()).toEqual([]);
	expect((await odin.client.delete('/groups/trunk-groups', TRUNK_GROUP)).status).toBe(200);
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
	const { data } = await odin.client.put('/users', { userId: 'anna.adler@example.com', ...fields });
	expect(data.error).toContain(words);
	expect(await trunkUsers()).toEqual([]);
});

test('users are listed and deleted; a deleted one is no longer hosted', async () => {
	const { data } = await odin.client.get('/users', { serviceProviderId: 'globex-ent', limit: 2 });
	expect(data).toHaveLength(2);
	expect((await odin.client.get('/users', NORTH)).data).toHaveLength(4);
	expect((await odin.client.get('/users')).data.error).toContain('serviceProviderId');
	expect((await odin.client.get('/users', { ...HQ, limit: 'all' })).status).toBe(400);

	expect((await odin.client.delete('/users', { userId: 'hana.hosted@example.net' })).status).toBe(
		200,
	);
	expect(
		odin.simulator.network.trunkGroup('globex-ent', 'globex-north', 'north-trunk-1')?.users,
	).toEqual([]);
	expect((await odin.client.get('/users', { userId: 'hana.hosted@example.net' })).status).toBe(404);
});

const onDevice = (linePort: string, deviceName: string) => ({
	accessDeviceEndpoint: { linePort, accessDevice: { deviceLevel: 'Group', deviceName } },
});
const PHONE = { ...HQ, deviceName: 'phone-1', deviceType: 'Generic SIP Phone' };

describe('what BroadWorks refuses of a user', () => {
	beforeEach(async () => {
		await odin.client.post('/groups/devices', PHONE);
		await odin.client.put('/users', {
			userId: 'ben.baker@example.com',
			phoneNumber: '+1-5135550011',
			extension: '5011',
			...onDevice('ben_line@example.com', 'phone-1'),
		});
	});

	test.each<[object, RegExp]>([
		[{ userId: 'Anna.Adler@EXAMPLE.com' }, /already exists/],
		[{ userId: 'hana.hosted@example.net' }, /already exists/],
		[{ groupId: 'nowhere' }, /not found/],
		[{ extension: '5011' }, /extension is already in use by ben/],
		[{ extension: '12a' }, /extension/],
		[{ phoneNumber: '5135550011' }, /already in use by ben/],
		[{ phoneNumber: '+1-6145550100' }, /not assigned to the group/],
		[{ department: { ...HQ, name: 'Nothing' } }, /not found/],
		[onTrunk('BEN_line@example.com'), /line port is already in use/],
		[onTrunk('north-pilot_trunk@example.net'), /line port is already in use/],
		[onTrunk('x@example.com', 'nothing'), /not found/],
		[onDevice('x@example.com', 'nothing'), /not found/],
		[onDevice('x@example.com', 'phone-1'), /no free port/],
		[{ ...onTrunk('x@example.com'), ...onDevice('x@example.com', 'acme-sbc-1') }, /either/],
	])('%j', async (fields, words) => {
		const { status, data } = await odin.client.post('/users', { ...NEW_USER, ...fields });
		expect([status, data.error]).toEqual([expect.any(Number), expect.stringMatching(words)]);
		expect(odin.simulator.network.user('new@example.com')).toBe(undefined);
	});

	test('more trunk users than the device has ports', async () => {
		const trunkGroup = { ...HQ, name: 'acme-hq-trunk-1' };
		const accessDevice = { deviceLevel: 'Group', deviceName: 'acme-sbc-2' };
		await odin.client.put('/groups/trunk-groups', { ...trunkGroup, accessDevice });
		const join = async (name: string) =>
			(
				await odin.client.put('/users', {
					userId: `${name}@example.com`,
					...onTrunk(`${name}@line`),
				})
			).status;
		odin.simulator.network.addUser({ ...HQ, userId: 'dora@example.com' });
		expect([await join('anna.adler'), await join('cleo.chen'), await join('dora')]).toEqual([
			200, 200, 400,
		]);
		expect(await join('cleo.chen')).toBe(200);
	});
});

test('a write answers empty texts and numbers as text where a read leaves them out', async () => {
	const { data: written } = await odin.client.post('/users', NEW_USER);
	expect(written).toMatchObject({
		phoneNumber: '',
		emailAddress: '',
		department: { serviceProviderId: '', groupId: '', name: '' },
		passwordExpiresDays: '-2147483648',
	});
	const { data: read } = await odin.client.get('/users', { userId: NEW_USER.userId });
	for (const key of ['phoneNumber', 'emailAddress', 'department']) {
		expect(read).not.toHaveProperty(key);
	}
	for (const sentBack of [written, read]) {
		const { data } = await odin.client.put('/users', sentBack);
		expect(data).toEqual(written);
	}
});

test('an update is sparse: what is named changes, null clears, the number is shown without its country', async () => {
	const userId = 'anna.adler@example.com';
	const address = { addressLine1: 'Bldg 1', city: 'Cincinnati' };
	const put = async (fields: object) => {
		await odin.client.put('/users', { userId, ...fields });
		return (await odin.client.get('/users', { userId })).data;
	};
	expect(await put({ address, pagerPhoneNumber: '9871515000' })).toMatchObject({
		lastName: 'Adler',
		address,
		pagerPhoneNumber: 9871515000,
	});
	expect(
		await put({ phoneNumber: '+1-5135550030', activatePhoneNumber: true, extension: '0030' }),
	).toMatchObject({
		address,
		phoneNumber: '5135550030',
		countryCode: '1',
		phoneNumberActivated: true,
		extension: '0030',
	});
	const cleared = await put({ phoneNumber: null, address: null });
	expect(cleared).not.toHaveProperty('phoneNumber');
	expect(cleared).not.toHaveProperty('address');
	expect(cleared.extension).toBe('0030');
	odin.simulator.configure({ numbersForDigits: 'everywhere' });
	expect(await put({ extension: '5030' })).toMatchObject({ extension: 5030, countryCode: 1 });
});

test('users are found by filters, in the whole system too', async () => {
	const found = async (params: Record<string, string | number>) =>
		((await odin.client.get('/users', params)).data as unknown as User[]).map(
			({ userId }) => userId,
		);
	expect(await found({ lastName: '*ad*' })).toEqual(['anna.adler@example.com']);
	expect(await found({ ...HQ, firstName: 'be*' })).toEqual(['ben.baker@example.com']);
	expect(await found({ userId: '*.net', limit: 2 })).toHaveLength(2);
	expect(await found({ ...HQ, extension: '2001' })).toEqual([]);
	expect(await found({ ...NORTH, extension: '2001' })).toEqual(['hana.hosted@example.net']);
	const { data } = await odin.client.get('/users', { ...NORTH, extended: true });
	expect((data as unknown as User[])[1]).toHaveProperty('trunkAddressing');
});

test('many users are changed at once, up to the first that is refused', async () => {
	const ids = ['anna.adler@example.com', 'nobody@example.com', 'ben.baker@example.com'];
	const body = (userIds: string[]) => ({
		users: userIds.map((userId) => ({ userId })),
		data: { title: 'Agent' },
	});
	const { status } = await odin.client.put('/users/bulk', body(ids));
	expect(status).toBe(404);
	const titles = () => ids.map((userId) => odin.simulator.network.user(userId)?.title);
	expect(titles()).toEqual(['Agent', undefined, undefined]);
	const both = body(['anna.adler@example.com', 'ben.baker@example.com']);
	expect((await odin.client.put('/users/bulk', both)).data).toEqual(both);
	expect(titles()).toEqual(['Agent', undefined, 'Agent']);
});

describe('SIP authentication and passwords of a user', () => {
	const userId = 'anna.adler@example.com';
	const path = '/users/authentication';
	const set = async (fields: object) => await odin.client.put(path, { userId, ...fields });

	test('needs the service Authentication', async () => {
		expect((await odin.client.get(path, { userId })).data.error).toMatch(/Authentication/);
		expect((await set({ newPassword: 'Secret123' })).data.error).toMatch(/Authentication/);
	});

	test('is set, and the password never comes back', async () => {
		const userServices = [{ serviceName: 'Authentication', assigned: true }];
		await odin.client.put('/users/services', { userId, userServices });
		expect((await odin.client.get(path, { userId })).data).not.toHaveProperty('userName');
		expect((await set({ userName: 'anna' })).data.error).toMatch(/newPassword/);
		const { data } = await set({ newPassword: 'Secret123' });
		expect(data).toEqual({ userId, userName: 'anna.adler', newPassword: '' });
		await set({ userName: '4711', newPassword: 'Other456' });
		expect((await odin.client.get(path, { userId })).data).toEqual({
			userName: 4711,
			userId,
			...HQ,
			isEnterprise: true,
		});
		expect(odin.simulator.network.user(userId)).toMatchObject({
			sipUserName: '4711',
			sipPassword: 'Other456',
		});
		odin.simulator.configure({ enforceSipPasswordRules: true });
		expect((await set({ newPassword: 'weak' })).data.error).toMatch(/Invalid password/);
	});

	test('the portal password has rules of its own', async () => {
		const put = async (newPassword: string) =>
			(await odin.client.put('/users/passwords', { userId, newPassword })).data.error;
		expect(await put('weak')).toBe(undefined);
		odin.simulator.configure({ enforcePasswordRules: true });
		expect(await put('weak')).toMatch(/digits.*at least 8/);
		expect(await put(`A1!${userId}`)).toMatch(/user id/);
		expect((await odin.client.post('/users', NEW_USER)).data.error).toMatch(/Invalid password/);
		const { data } = await odin.client.get('/password/generate', HQ);
		expect(await put(String(data.password))).toBe(undefined);
		expect(odin.simulator.network.user(userId)?.password).toBe(data.password);
	});
});

test('registrations are what a test says, and end with the line port', async () => {
	const userId = 'anna.adler@example.com';
	const registered = async () => (await odin.client.get('/users/registration', { userId })).data;
	await odin.client.put('/users', { userId, ...onTrunk('anna@line') });
	expect(await registered()).toEqual({ registrations: [], userId });
	const user = odin.simulator.network.user(userId);
	if (user) odin.simulator.network.addRegistration(user, { lockoutCount: 3 });
	expect((await registered()).registrations).toEqual([
		expect.objectContaining({ 'line/Port': 'anna@line', lockoutCount: 3 }),
	]);
	const { data } = await odin.client.get('/users/registration/bulk', HQ);
	expect(data).toMatchObject({ ...HQ, users: [{ profile: { userId }, data: { userId } }, {}, {}] });
	await odin.client.put('/users', { userId, endpointType: 'none', trunkAddressing: null });
	expect((await registered()).registrations).toEqual([]);
});
