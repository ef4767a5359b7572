import { createBody, HQ } from './documentedTrunkGroup';
import { useSimulator } from './useSimulator';

const GROUP_PATH = '/groups/services';
const USER_PATH = '/users/services';
const ANNA = { userId: 'anna.adler@example.com' };
const BEN = { userId: 'ben.baker@example.com' };

const odin = useSimulator();

type Row = Record<string, unknown>;
const rowIn = (data: Row, kind: string, serviceName: string) =>
	(data[kind] as Row[]).find((row) => row.serviceName === serviceName);
const put = async (group: object, serviceName: string, fields: object, kind = 'groupServices') =>
	await odin.client.put(GROUP_PATH, { ...group, [kind]: [{ serviceName, ...fields }] });
const assign = async (user: object, serviceName: string, kind = 'userServices') =>
	await odin.client.put(USER_PATH, { ...user, [kind]: [{ serviceName, assigned: true }] });

test('a group shows its services by kind, with authorization, licences and use', async () => {
	const { data } = await odin.client.get(GROUP_PATH, HQ);
	expect(Object.keys(data).sort()).toEqual(
		['serviceProviderId', 'groupId', 'userServices', 'groupServices', 'servicePackServices'].sort(),
	);
	expect(rowIn(data, 'servicePackServices', 'SIP-PREMIUM')).toEqual({
		serviceName: 'SIP-PREMIUM',
		authorized: true,
		assigned: false,
		limited: 'Limited',
		quantity: 1,
		usage: 0,
		licensed: true,
		allowed: -1,
		alias: 'SIP-PREMIUM',
		userAssignable: true,
		groupServiceAssignable: true,
		tags: [],
	});
	const { data: names } = await odin.client.get(`${GROUP_PATH}/available`, HQ);
	expect(names).toContain('Trunk Group');
	expect(names).not.toContain('Auto Attendant');
	const { data: authorized } = await odin.client.get(`${GROUP_PATH}/authorized`, HQ);
	expect(rowIn(authorized, 'userServices', 'Voice Messaging User')).toBe(undefined);
});

test.each<[string, string, object, RegExp]>([
	['groupServices', 'Auto Attendant', { authorized: true }, /no license/],
	['groupServices', 'Trunk Group', { assigned: false }, /in use/],
	['groupServices', 'Trunk Group', { authorized: false, assigned: false }, /in use/],
	['groupServices', 'Trunk Group', { quantity: 0 }, /below its usage/],
	['groupServices', 'Trunk Group', { quantity: 'many' }, /whole number/],
	['groupServices', 'Trunk Group', { assigned: 'perhaps' }, /boolean/],
	['groupServices', 'Music On Hold', { authorized: false, assigned: true }, /not authorized/],
	['groupServices', 'Authentication', { assigned: true }, /not found/],
	['userServices', 'Authentication', { authorized: false }, /in use/],
	['servicePackServices', 'SIP-RECORDING', { authorized: true, quantity: 11 }, /allows 10/],
])('a group is refused %s %s %j', async (kind, serviceName, fields, words) => {
	await odin.client.post('/groups/trunk-groups', createBody());
	await assign(ANNA, 'Authentication');
	const recording = odin.simulator.network
		.group('acme-ent', 'acme-hq')
		?.services.find((service) => service.serviceName === 'SIP-RECORDING');
	Object.assign(recording ?? {}, { allowed: 10 });
	const before = (await odin.client.get(GROUP_PATH, HQ)).data;
	expect((await put(HQ, serviceName, fields, kind)).data.error).toMatch(words);
	expect((await odin.client.get(GROUP_PATH, HQ)).data).toEqual(before);
});

test('a group has no more than its service provider', async () => {
	odin.simulator.network.addServiceProvider({
		serviceProviderId: 'sp',
		trunkGroupsAuthorized: false,
	});
	const group = { serviceProviderId: 'sp', groupId: 'g' };
	odin.simulator.network.addGroup({ ...group, services: [] });
	const services = odin.simulator.network.group('acme-ent', 'acme-hq')?.services ?? [];
	const own = services.map((service) => ({ ...service, authorized: false, assigned: false }));
	Object.assign(odin.simulator.network.group('sp', 'g') ?? {}, { services: own });
	expect((await put(group, 'Trunk Group', { authorized: true })).data.error).toMatch(/no license/);
});

test('services and packs of a user are added and taken, nothing else', async () => {
	await assign(ANNA, 'Authentication');
	const { data } = await assign(ANNA, 'SIP-DID', 'servicePackServices');
	expect(rowIn(data, 'userServices', 'Authentication')).toEqual({
		serviceName: 'Authentication',
		assigned: true,
		tags: [],
		alias: 'Authentication',
	});
	expect(rowIn(data, 'servicePackServices', 'SIP-DID')).toMatchObject({ assigned: true });
	expect((await odin.client.get(USER_PATH, ANNA)).data).toEqual(data);
	expect((await odin.client.get(`${USER_PATH}/assigned`, ANNA)).data).toEqual({
		...ANNA,
		userServices: [{ serviceName: 'Authentication' }],
		groupServices: [{ serviceName: 'Trunk Group' }],
	});
	expect((await odin.client.get(`${USER_PATH}/viewable`, ANNA)).status).toBe(200);
	const who = { serviceType: 'servicePackServices', serviceName: 'SIP-DID' };
	expect((await odin.client.get(`${GROUP_PATH}/assigned`, { ...HQ, ...who })).data).toEqual({
		...HQ,
		...who,
		users: [expect.objectContaining(ANNA)],
	});

	const off = [{ serviceName: 'SIP-DID', assigned: 'false' }];
	const after = (await odin.client.put(USER_PATH, { ...ANNA, servicePackServices: off })).data;
	expect(rowIn(after, 'servicePackServices', 'SIP-DID')).toMatchObject({ assigned: false });
	expect(rowIn(after, 'userServices', 'Authentication')).toMatchObject({ assigned: true });
});

test.each<[string, string, RegExp]>([
	['userServices', 'Voice Messaging User', /not authorized/],
	['userServices', 'Unheard Of', /not authorized/],
	['servicePackServices', 'Authentication', /not authorized/],
	['servicePackServices', 'SIP-PREMIUM', /license limit/],
])('a user is refused %s %s by its name', async (kind, serviceName, details) => {
	await assign(BEN, 'SIP-PREMIUM', 'servicePackServices');
	const { status, data } = await assign(ANNA, serviceName, kind);
	expect([status, data.error]).toEqual([400, expect.stringContaining(`[Error 4400]`)]);
	expect(data.error).toContain(serviceName);
	expect(data.details).toMatch(details);
});
