import { useOdin, type Json } from '../support/odinRuns';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const GET_MANY = 'trunkGroup.getAll';
const ROW_KEYS = [
	'department',
	'deviceLevel',
	'deviceName',
	'groupId',
	'name',
	'serviceProviderId',
];

const odin = useOdin({
	arrange: ({ network }) => {
		for (let index = 0; index < 60; index += 1) {
			network.addTrunkGroup({
				...HQ,
				name: `Trunk-${String((index * 7) % 60).padStart(2, '0')}`,
				...(index % 2 === 0 && {
					accessDevice: { deviceLevel: 'Group', deviceName: 'acme-sbc-1' },
				}),
				...(index % 3 === 0 && { department: { ...HQ, name: 'Sales' } }),
			});
		}
	},
});

const names = async (parameters: Json) =>
	(await odin.all(GET_MANY, { ...HQ, ...parameters })).map(({ name }) => name);

it.each([
	['50 unless told', {}, 50],
	['Limit', { limit: 3 }, 3],
	['a limit that is text', { limit: '={{ "4" }}' }, 4],
	['50 for a limit that is empty', { limit: '={{ "" }}' }, 50],
	['50 for an expression that gives no limit', { limit: '={{ $json.nothing }}' }, 50],
	['more than there are', { limit: 500 }, 60],
	['Return All', { returnAll: true, limit: 3 }, 60],
	['Return All that is text', { returnAll: '={{ "true" }}' }, 60],
])('returns %s', async (_, parameters, count) => {
	expect(await names(parameters)).toHaveLength(count);
	expect(odin.requests()).toMatchObject([
		{ method: 'GET', path: '/groups/trunk-groups', query: HQ },
	]);
	expect(Object.keys(odin.requests()[0]?.query ?? {})).toHaveLength(2);
});

it.each([0, -1, 'many', 2.5])('refuses a limit of %j', async (limit) => {
	expect(await odin.complaint(GET_MANY, { ...HQ, limit })).toContain(
		"'Limit' takes a whole number",
	);
	expect(odin.simulator.requests).toEqual([]);
});

it.each([
	['part of the name in any case', { nameContains: 'tRUNK-0' }, 10],
	['digits as a number', { nameContains: '={{ 59 }}' }, 1],
	['the device', { deviceName: 'acme-sbc-1' }, 30],
	['a part of a device name only', { deviceName: 'acme' }, 0],
	['both', { nameContains: '-0', deviceName: 'acme-sbc-1' }, 5],
	['empty filters', { nameContains: '', deviceName: '={{ null }}' }, 60],
])('filters by %s, before the limit counts', async (_, filters, count) => {
	expect(await names({ filters, returnAll: true })).toHaveLength(count);
	expect(await names({ filters, limit: 4 })).toHaveLength(Math.min(4, count));
});

it.each([
	[{ field: 'name' }, 'Trunk-00', 'Trunk-59'],
	[{ direction: 'asc' }, 'Trunk-00', 'Trunk-59'],
	[{ field: 'name', direction: 'desc' }, 'Trunk-59', 'Trunk-00'],
])('sorts by %j, before the limit counts', async (sort, first, last) => {
	const sorted = await names({ sort, returnAll: true });
	expect([sorted[0], sorted.at(-1)]).toEqual([first, last]);
	expect(sorted).toEqual(
		[...sorted].sort(
			(one, other) =>
				('direction' in sort && sort.direction === 'desc' ? -1 : 1) *
				String(one).localeCompare(String(other)),
		),
	);
	expect(await names({ sort, limit: 1 })).toEqual([first]);
});

it('sorts by device and department, those without first', async () => {
	for (const field of ['deviceName', 'department']) {
		const rows = await odin.all(GET_MANY, { ...HQ, returnAll: true, sort: { field } });
		const values = rows.map((row) => row[field]);
		expect(values).toEqual(
			[...values].sort((one, other) => Number(one !== null) - Number(other !== null)),
		);
	}
});

it('includes the other groups of the enterprise on request', async () => {
	const rows = await odin.all(GET_MANY, {
		...HQ,
		returnAll: true,
		filters: { includeEnterpriseTrunkGroups: true },
	});
	expect(rows).toHaveLength(61);
	expect(rows.filter(({ groupId }) => groupId === 'acme-plant')).toMatchObject([
		{ name: 'plant-overflow', deviceName: 'plant-pbx-1' },
	]);
	const sorted = await odin.all(GET_MANY, {
		...HQ,
		limit: 1,
		filters: { includeEnterpriseTrunkGroups: true },
		sort: { field: 'groupId', direction: 'desc' },
	});
	expect(sorted).toMatchObject([{ groupId: 'acme-plant' }]);
});

it('gives rows in one shape, however Odin gives them', async () => {
	odin.answer('/groups/trunk-groups', [
		{ ...HQ, name: 'a', department: null, deviceName: null, deviceLevel: null },
		{ ...HQ, name: 4711, department: 'Sales', deviceName: 12, deviceLevel: 'Group' },
		{ ...HQ, name: 'c', department: { ...HQ, name: 'Sales' } },
		{ ...HQ, name: 'd', department: { ...HQ, name: 1001 }, deviceName: '', new: 'key' },
	]);
	const rows = await odin.all(GET_MANY, HQ);
	for (const row of rows) expect(Object.keys(row).sort()).toEqual(ROW_KEYS);
	expect(rows).toEqual([
		{ ...HQ, name: 'a', department: null, deviceName: null, deviceLevel: null },
		{ ...HQ, name: '4711', department: 'Sales', deviceName: '12', deviceLevel: 'Group' },
		{ ...HQ, name: 'c', department: 'Sales', deviceName: null, deviceLevel: null },
		{ ...HQ, name: 'd', department: '1001', deviceName: null, deviceLevel: null },
	]);
	expect(await names({ filters: { nameContains: '471', deviceName: '12' } })).toEqual(['4711']);
});

it('gives no item for a group without trunk groups', async () => {
	const group = { serviceProviderId: 'citytel-sp', groupId: 'citytel-bakery' };
	expect(await odin.all(GET_MANY, group)).toEqual([]);
});

it('passes on what Odin says of a group without the service', async () => {
	const complaint = await odin.complaint(GET_MANY, { ...HQ, groupId: 'acme-lab' });
	expect(complaint).toContain('The service Trunk Group is not assigned to the group acme-lab');
});
