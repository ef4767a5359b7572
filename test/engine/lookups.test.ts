import { useOdin, type Json } from './support/odinRuns';

const odin = useOdin();

const ACME = { serviceProviderId: 'acme-ent' };
const HQ = { ...ACME, groupId: 'acme-hq' };

const LOOKUPS: ReadonlyArray<{
	action: string;
	path: string;
	parameters: Json;
	real: Json[];
	/** As Odin may give them: numbers of digits, departments as object, keys that are missing. */
	odd: unknown[];
	read: Json[];
}> = [
	{
		action: 'serviceProvider.getAll',
		path: '/service-providers',
		parameters: {},
		real: [
			{ serviceProviderId: 'acme-ent', serviceProviderName: 'Acme Industries', isEnterprise: true },
			{ serviceProviderId: 'globex-ent', isEnterprise: true },
			{ serviceProviderId: 'citytel-sp', isEnterprise: false },
		],
		odd: [
			{ serviceProviderId: 4711, isEnterprise: 'true' },
			{ serviceProviderId: 'b', serviceProviderName: '' },
		],
		read: [
			{ serviceProviderId: '4711', serviceProviderName: null, isEnterprise: true },
			{ serviceProviderId: 'b', serviceProviderName: null, isEnterprise: null },
		],
	},
	{
		action: 'group.getAll',
		path: '/groups',
		parameters: ACME,
		real: [
			{ ...HQ, groupName: 'Acme Headquarters', userLimit: 200 },
			{ ...ACME, groupId: 'acme-plant', userLimit: 50 },
			{ ...ACME, groupId: 'acme-lab' },
		],
		odd: [
			{ groupId: 4711, groupName: 12, userLimit: '25' },
			{ groupId: 'b', userLimit: null },
			{ groupId: 'c', userLimit: '' },
		],
		read: [
			{ ...ACME, groupId: '4711', groupName: '12', userLimit: 25 },
			{ ...ACME, groupId: 'b', groupName: null, userLimit: null },
			{ ...ACME, groupId: 'c', groupName: null, userLimit: null },
		],
	},
	{
		action: 'device.getAll',
		path: '/groups/devices',
		parameters: HQ,
		real: [
			{ ...HQ, deviceName: 'acme-sbc-1', deviceLevel: 'Group' },
			{ ...HQ, deviceName: 'acme-sbc-2', deviceLevel: 'Group' },
		],
		odd: [{ deviceName: 4711, deviceLevel: 'Group', macAddress: 123 }],
		read: [{ ...HQ, deviceName: '4711', macAddress: '123', status: null }],
	},
	{
		action: 'department.getAll',
		path: '/groups/departments',
		parameters: HQ,
		real: [
			{ ...HQ, name: 'Operations' },
			{ ...HQ, name: 'Sales' },
		],
		odd: [
			{ ...HQ, name: 1001 },
			{ ...ACME, name: 'Corporate' },
		],
		read: [
			{ ...HQ, name: '1001' },
			{ ...ACME, groupId: null, name: 'Corporate' },
		],
	},
	{
		action: 'user.getAll',
		path: '/users',
		parameters: HQ,
		real: [
			{ ...HQ, userId: 'anna.adler@example.com', lastName: 'Adler', inTrunkGroup: false },
			{ ...HQ, userId: 'ben.baker@example.com', firstName: 'Ben' },
			{ ...HQ, userId: 'cleo.chen@example.com', phoneNumber: null },
		],
		odd: [
			{ userId: 4711, extension: '0010', inTrunkGroup: 'true', phoneNumberActivated: '' },
			{ userId: 'b@example.com', phoneNumber: null },
		],
		read: [
			{ ...HQ, userId: '4711', extension: '0010', inTrunkGroup: true, phoneNumberActivated: null },
			{ ...HQ, userId: 'b@example.com', phoneNumber: null, inTrunkGroup: null },
		],
	},
];

describe.each(LOOKUPS)('$action', ({ action, path, parameters, real, odd, read }) => {
	it('gives one item a row', async () => {
		const rows = await odin.all(action, parameters);
		expect(rows).toMatchObject(real);
		expect(odin.requests()).toMatchObject([{ method: 'GET', path, query: parameters }]);
	});

	it('gives them in one shape, however Odin gives them', async () => {
		const [row = {}] = await odin.all(action, parameters);
		odin.answer(path, odd);
		const rows = await odin.all(action, parameters);
		expect(rows).toMatchObject(read);
		for (const { ...one } of rows) expect(Object.keys(one)).toEqual(Object.keys(row));
	});

	it('gives fifty of them, as many as are wanted, or all', async () => {
		const [row = {}] = await odin.all(action, parameters);
		odin.answer(
			path,
			Array.from({ length: 60 }, () => row),
		);
		const count = async (more: Json) => (await odin.all(action, { ...parameters, ...more })).length;
		expect(await count({})).toBe(50);
		expect(await count({ limit: 2 })).toBe(2);
		expect(await count({ limit: '={{ "3" }}' })).toBe(3);
		expect(await count({ returnAll: true })).toBe(60);
		expect(await odin.complaint(action, { ...parameters, limit: 0 })).toContain(
			"'Limit' takes a whole number of 1 or more, not 0",
		);
	});

	it.each([[[]], ['']])('gives no item for %j', async (body) => {
		odin.answer(path, body);
		expect(await odin.all(action, parameters)).toEqual([]);
	});

	it('says so when the answer is no list', async () => {
		odin.answer(path, { rows: 'many' });
		expect(await odin.complaint(action, parameters)).toMatch(/other than a list.*Base URL/s);
	});
});
