import { useOdin, type Json } from '../support/odinRuns';

const NORTH = {
	serviceProviderId: 'globex-ent',
	groupId: 'globex-north',
	trunkGroup: 'north-trunk-1',
};
const QUERY = { serviceProviderId: 'globex-ent', groupId: 'globex-north', name: 'north-trunk-1' };
const KEYS = [
	'department',
	'emailAddress',
	'extension',
	'firstName',
	'hiraganaFirstName',
	'hiraganaLastName',
	'lastName',
	'phoneNumber',
	'userId',
];

const odin = useOdin({
	arrange: ({ network }) => {
		network.addUser({ ...QUERY, userId: 'free@example.net', extension: '3001' });
	},
});

const userIds = (rows: Json[]) => rows.map(({ userId }) => userId);

it('lists the trunk users, not the hosted ones', async () => {
	const rows = await odin.all('trunkGroup.getUsers', NORTH);
	expect(userIds(rows)).toEqual(
		['north-pilot', 'north-line-1', 'north-line-2'].map((name) => `${name}@example.net`),
	);
	expect(odin.requests()).toMatchObject([{ path: '/groups/trunk-groups/users', query: QUERY }]);
});

it('lists who could be hosted, not who is', async () => {
	const rows = await odin.all('trunkGroup.getAvailableUsers', NORTH);
	expect(userIds(rows)).toEqual(['free@example.net']);
	expect(odin.requests()).toMatchObject([
		{ path: '/groups/trunk-groups/users/hosted', query: QUERY },
	]);
});

it.each([
	['trunkGroup.getUsers', '/groups/trunk-groups/users'],
	['trunkGroup.getAvailableUsers', '/groups/trunk-groups/users/hosted'],
])('%s gives rows in one shape, however Odin gives them', async (action, path) => {
	const users = [
		{ userId: 4711, lastName: 12, extension: 2001, department: 'Sales' },
		{ userId: 'b', department: { ...QUERY, name: 'Sales' }, phoneNumber: 15550100, new: 'key' },
		{ userId: 'c', department: null, lastName: '' },
	];
	for (const body of [{ ...QUERY, users }, users]) {
		odin.simulator.clearFaults();
		odin.answer(path, body);
		const rows = await odin.all(action, NORTH);
		for (const row of rows) expect(Object.keys(row).sort()).toEqual(KEYS);
		expect(rows).toMatchObject([
			{ userId: '4711', lastName: '12', extension: '2001', department: 'Sales', phoneNumber: null },
			{ userId: 'b', department: 'Sales', phoneNumber: '15550100' },
			{ userId: 'c', department: null, lastName: null },
		]);
	}
	odin.simulator.clearFaults();
	odin.answer(path, { ...QUERY, users: [] });
	expect(await odin.all(action, NORTH)).toEqual([]);
});
