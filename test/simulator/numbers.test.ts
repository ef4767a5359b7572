import { numbersIn, rangesOf } from '../../simulator/numbers/phoneNumbers';
import { HQ, NORTH } from './documentedTrunkGroup';
import type { Answer } from './odinClient';
import { useSimulator } from './useSimulator';

const GROUP_PATH = '/groups/dns';
const SERVICE_PROVIDER_PATH = '/service-providers/dns';
const ACME = { serviceProviderId: 'acme-ent' };
const ANNA = 'anna.adler@example.com';

const odin = useSimulator();

const remove = async (path: string, data: object): Promise<Answer> =>
	await odin.client.request({ method: 'DELETE', url: path, data });
const range = (min: string, max?: string) => ({ dns: [{ min, ...(max ? { max } : {}) }] });
const listed = async (params: object = HQ) =>
	(await odin.client.get(GROUP_PATH, { ...params })).data.dns;

test.each<[string, string, string[]]>([
	['+1-5135550099', '+1-5135550101', ['+1-5135550099', '+1-5135550100', '+1-5135550101']],
	['+44-0012', '+44-0013', ['+44-0012', '+44-0013']],
	['+1-5135550099', '', ['+1-5135550099']],
])('%s to %s are these numbers, and these numbers that range', (min, max, numbers) => {
	expect(numbersIn({ min, max })).toEqual(numbers);
	const records = numbers.map((phoneNumber) => ({
		phoneNumber,
		...ACME,
		groupId: null,
		activated: false,
	}));
	expect(rangesOf(records.reverse(), () => ({}))).toEqual([{ min, max: max || null }]);
});

test.each([
	['5135550099', '5135550101'],
	['+1-5135550101', '+1-5135550099'],
	['+1-5135550099', '+44-5135550101'],
	['+1-99', '+1-100'],
	['+1-0000000', '+1-9999999'],
])('%s to %s is refused as no range', (min, max) => {
	expect(() => numbersIn({ min, max })).toThrow(/range|form/);
});

test('a group shows its numbers as ranges, or the activated ones, or nothing but ranges', async () => {
	await odin.client.put('/users', { userId: ANNA, phoneNumber: '+1-5135550012' });
	expect((await odin.client.get(GROUP_PATH, HQ)).data).toEqual({
		...HQ,
		dns: [
			{ assigned: false, activated: true, min: '+1-5135550010', max: '+1-5135550011' },
			{ assigned: true, activated: true, min: '+1-5135550012', max: null },
			{ assigned: false, activated: true, min: '+1-5135550013', max: '+1-5135550029' },
			{ assigned: false, activated: false, min: '+1-5135550030', max: '+1-5135550039' },
		],
	});
	expect(await listed({ ...HQ, q: 'activated' })).toHaveLength(3);
	expect(await listed({ ...HQ, q: 'summary' })).toEqual([
		{ min: '+1-5135550010', max: '+1-5135550039' },
	]);
});

test('a service provider shows where its numbers are', async () => {
	const { data } = await odin.client.get(SERVICE_PROVIDER_PATH, {
		serviceProviderId: 'citytel-sp',
	});
	expect(data).toEqual({
		serviceProviderId: 'citytel-sp',
		dns: [
			{
				canDelete: false,
				groupId: 'citytel-hotel',
				min: '+44-2079460100',
				max: '+44-2079460109',
			},
			{ canDelete: true, groupId: null, min: '+44-2079460110', max: '+44-2079460199' },
		],
	});
});

test('numbers go from the service provider to a group, become active, and go back', async () => {
	const numbers = range('+1-5135550200', '+1-5135550201');
	expect((await odin.client.post(SERVICE_PROVIDER_PATH, { ...ACME, ...numbers })).status).toBe(200);
	expect((await odin.client.post(GROUP_PATH, { ...HQ, ...numbers })).data).toBe('');
	expect(await listed()).toContainEqual({ assigned: false, activated: false, ...numbers.dns[0] });

	const active = { dns: [{ min: '+1-5135550200', max: null, activated: 'true' }] };
	const { data } = await odin.client.put(GROUP_PATH, { ...HQ, ...active });
	expect(data).toEqual({ ...HQ, dns: await listed() });
	expect(data.dns).toContainEqual({
		assigned: false,
		activated: true,
		min: '+1-5135550200',
		max: null,
	});

	expect((await remove(GROUP_PATH, { ...HQ, ...numbers })).status).toBe(200);
	for (const [path, status] of [
		['assign', 200],
		['assign', 400],
		['unassign', 200],
		['unassign', 400],
	] as const) {
		const answer = await odin.client.post(`${GROUP_PATH}/${path}/bulk`, { ...HQ, ...numbers });
		expect(answer.status).toBe(status);
	}
	expect((await remove(SERVICE_PROVIDER_PATH, { ...ACME, ...numbers })).status).toBe(200);
	expect((await odin.client.post(GROUP_PATH, { ...HQ, ...numbers })).data.error).toMatch(
		/not available/,
	);
});

type Call = [method: 'POST' | 'PUT' | 'DELETE', path: string, body: object, words: RegExp];

test.each<Call>([
	['POST', SERVICE_PROVIDER_PATH, { ...ACME, ...range('+1-6145550100') }, /assigned to globex-ent/],
	['POST', SERVICE_PROVIDER_PATH, ACME, /dns/],
	['DELETE', SERVICE_PROVIDER_PATH, { ...ACME, ...range('+1-5135550010') }, /group acme-hq/],
	['DELETE', SERVICE_PROVIDER_PATH, { ...ACME, ...range('+1-6145550100') }, /not available/],
	['POST', GROUP_PATH, { ...HQ, ...range('+1-5135550005', '+1-5135550010') }, /group acme-hq/],
	['POST', GROUP_PATH, { ...HQ, ...range('+1-5135550040') }, /group acme-plant/],
	['POST', GROUP_PATH, { ...HQ, ...range('+44-2079460110') }, /not available/],
	['POST', GROUP_PATH, { ...HQ, ...range('5135550000') }, /form/],
	['POST', GROUP_PATH, { ...ACME, ...range('+1-5135550000') }, /groupId/],
	['PUT', GROUP_PATH, { ...HQ, ...range('+1-5135550010') }, /activated/],
	['PUT', GROUP_PATH, { ...HQ, dns: [{ min: '+1-5135550040', activated: true }] }, /not assigned/],
	['DELETE', GROUP_PATH, { ...HQ, ...range('+1-5135550000') }, /not assigned/],
	['DELETE', GROUP_PATH, { ...HQ, ...range('+1-5135550010', '+1-5135550012') }, /anna\.adler/],
])('%s %s %j is refused, and nothing happens', async (method, path, body, words) => {
	await odin.client.put('/users', { userId: ANNA, phoneNumber: '+1-5135550012' });
	const before = odin.simulator.network.copyOfState();
	const { status, data } = await odin.client.request({ method, url: path, data: body });
	expect([status, data.error]).toEqual([400, expect.stringMatching(words)]);
	expect(odin.simulator.network.copyOfState()).toEqual(before);
});

test('details and search say who has a number', async () => {
	await odin.client.put('/users', { userId: ANNA, phoneNumber: '5135550012', extension: '5012' });
	const { data } = await odin.client.get(`${GROUP_PATH}/details`, HQ);
	const rows = data.dns as Array<Record<string, unknown>>;
	expect(rows.map(({ phoneNumbers }) => phoneNumbers)).toEqual([
		'+1-5135550010 - +1-5135550011',
		'+1-5135550012',
		'+1-5135550013 - +1-5135550029',
		'+1-5135550030 - +1-5135550039',
	]);
	expect(rows[1]).toMatchObject({
		userId: ANNA,
		lastName: 'Adler',
		extension: 5012,
		userType: 'Normal',
		countryCode: 1,
		min: '+1-5135550012',
		max: '',
	});

	const found = async (path: string, params: object) => {
		const { data: list } = await odin.client.get(`${path}/search`, { ...params });
		return (list as unknown as Array<{ phoneNumbers: string }>).map((row) => row.phoneNumbers);
	};
	expect(await found(GROUP_PATH, { ...HQ, dn: '513555003*', limit: 2 })).toEqual([
		'+1-5135550030',
		'+1-5135550031',
	]);
	expect(await found(GROUP_PATH, { ...NORTH, dn: '*5550012*' })).toEqual([]);
	expect(await found(SERVICE_PROVIDER_PATH, { ...ACME, dn: '15135550040' })).toHaveLength(1);
	expect(await found('/system/dns', { dn: '+6145550100' })).toEqual(['+1-6145550100']);
	expect((await odin.client.get('/users/dns', { userId: ANNA })).data).toEqual({
		userId: ANNA,
		dns: [{ activated: true, min: '+1-5135550012', max: null }],
	});
});

test('giving numbers is for resellers; a group may activate its own', async () => {
	odin.simulator.configure({ administrator: { loginType: 'Group', ...HQ } });
	const number = range('+1-5135550000');
	expect((await odin.client.post(GROUP_PATH, { ...HQ, ...number })).status).toBe(403);
	expect((await odin.client.post(SERVICE_PROVIDER_PATH, { ...ACME, ...number })).status).toBe(403);
	expect((await odin.client.get('/system/dns/search')).status).toBe(403);
	const active = { dns: [{ min: '+1-5135550030', activated: true }] };
	expect((await odin.client.put(GROUP_PATH, { ...HQ, ...active })).status).toBe(200);
});
