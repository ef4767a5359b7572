import { addClonePlaces, EAST } from './support/clonePlaces';
import { locator, useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const odin = useOdin({
	arrange: ({ network }) => {
		addClonePlaces(network);
		for (const userId of ['anna@example.com', '4711', 'Ben@example.com']) {
			network.addUser({ ...EAST, userId, trunkGroup: 'neighbour' });
		}
		network.addTrunkGroup({ ...EAST, name: '2002' });
		network.addTrunkGroup({ ...EAST, name: 'SBC-b' });
		network.addTrunkGroup({ ...EAST, name: 'sbc-a' });
	},
});

const CHOSEN = { ...EAST, trunkGroup: 'neighbour' };
/** What is chosen above a list. */
const PLACE = { resource: 'trunkGroup', operation: 'update', ...CHOSEN };

const SEARCHES = [
	{
		method: 'searchGroups',
		path: '/groups',
		id: 'groupId',
		all: ['initech-east', 'initech-hub', 'initech-west'],
		filters: { EAST: ['initech-east'], no: [] },
		needs: ['Service Provider'],
	},
	{
		method: 'searchTrunkGroups',
		path: '/groups/trunk-groups',
		id: 'name',
		all: ['2002', 'neighbour', 'sbc-a', 'SBC-b'],
		filters: {
			sbc: ['sbc-a', 'SBC-b'],
			B: ['neighbour', 'sbc-a', 'SBC-b'],
			'200': ['2002'],
			no: [],
		},
		needs: ['Service Provider', 'Group'],
	},
	{
		method: 'searchDevices',
		path: '/groups/devices',
		id: 'deviceName',
		all: ['4711', 'sbc-1'],
		filters: { SBC: ['sbc-1'], no: [] },
		needs: ['Service Provider', 'Group'],
	},
	{
		method: 'searchDeviceTypes',
		path: '/groups/device-types',
		id: 'deviceType',
		all: [
			'Generic SIP Gateway',
			'Generic SIP IP-PBX',
			'Generic SIP IP-PBX Single Registration',
			'Generic SIP Phone',
		],
		filters: { GATEWAY: ['Generic SIP Gateway'], no: [] },
		needs: ['Service Provider', 'Group'],
	},
	{
		method: 'searchDepartments',
		path: '/groups/departments',
		id: 'name',
		all: ['1001', 'Sales'],
		filters: { sale: ['Sales'], no: [] },
		needs: ['Service Provider', 'Group'],
	},
	{
		method: 'searchTrunkGroupUsers',
		path: '/groups/trunk-groups/users',
		id: 'userId',
		all: ['4711', 'anna@example.com', 'Ben@example.com'],
		filters: { '@EXAMPLE': ['anna@example.com', 'Ben@example.com'], no: [] },
		needs: ['Service Provider', 'Group', 'Trunk Group'],
	},
	{
		method: 'searchUsers',
		path: '/users',
		id: 'userId',
		all: ['4711', 'anna@example.com', 'Ben@example.com'],
		filters: { 'ANNA@': ['anna@example.com'], no: [] },
		needs: ['Service Provider', 'Group'],
	},
];

const PARAMETERS: Readonly<Record<string, string>> = {
	'Service Provider': 'serviceProviderId',
	Group: 'groupId',
	'Trunk Group': 'trunkGroup',
};

it('every list of the form has a search, and every search a list', () => {
	const { properties } = odin.engine.description();
	const named = new Set(
		[...JSON.stringify(properties).matchAll(/"searchListMethod":"(\w+)"/g)].map(
			([, method]) => method,
		),
	);
	const tested = SEARCHES.map(({ method }) => method);
	expect([...named].sort()).toEqual([...tested, 'searchServiceProviders'].sort());
});

describe.each(SEARCHES)('$method', ({ method, path, id, all, filters, needs }) => {
	const search = async (parameters: Json, filter?: string) => {
		const { results } = await odin.engine.listSearch(method, parameters as never, filter);
		return results.map(({ value }) => value);
	};

	const complaint = async (parameters: Json): Promise<string> => {
		try {
			await search(parameters);
		} catch (error) {
			const { message, description } = error as { message: string; description?: string };
			return `${message} ${description ?? ''}`;
		}
		return 'it was answered';
	};

	it('answers what is there, sorted', async () => {
		expect(await search(PLACE)).toEqual(all);
	});

	it('filters in any case', async () => {
		for (const [filter, expected] of Object.entries(filters)) {
			expect(await search(PLACE, filter)).toEqual(expected);
		}
		expect(await search(PLACE, '')).toEqual(all);
	});

	it.each([
		['locators', (value: string) => locator('list', value)],
		['entered ids', (value: string) => locator('id', value)],
		['plain text', (value: string) => value],
	])('works with %s above it', async (_, form) => {
		const parameters = Object.fromEntries(
			Object.entries(CHOSEN).map(([name, value]) => [name, form(value)]),
		);
		expect(await search({ ...PLACE, ...parameters })).toEqual(all);
	});

	it.each(needs)('asks to choose %s first, in words', async (label) => {
		const name = PARAMETERS[label] ?? '';
		for (const empty of ['', locator('list', ''), locator('list', null), undefined]) {
			const text = await complaint({ ...PLACE, [name]: empty });
			expect(text).toContain(`Choose '${label}' first`);
			expectPlainWords(text);
		}
		for (const entered of ['={{ $json.id }}', locator('id', '={{ $json.id }}')]) {
			expect(await complaint({ ...PLACE, [name]: entered })).toContain(
				`'${label}' is an expression`,
			);
		}
		expect(odin.simulator.requests).toEqual([]);
	});

	it('is clear without rights', async () => {
		odin.simulator.configure({
			administrator: { loginType: 'Service Provider', serviceProviderId: 'acme-ent' },
		});
		const text = await complaint(PLACE);
		expect(text).toContain("does not allow administrator 'odin-admin' to list");
		expect(text).toContain('initech-e');
		expectPlainWords(text);
	});

	it('is clear about what is not there', async () => {
		const isOfGroup = needs.includes('Group');
		const text = await complaint({
			...PLACE,
			[isOfGroup ? 'groupId' : 'serviceProviderId']: 'nowhere',
		});
		expect(text).toContain(`${isOfGroup ? 'group' : 'service provider'} 'nowhere'`);
		expectPlainWords(text, '[Error 4001]', '[Error 4002]', 'There has been a BroadWorks error.');
	});

	it('gives text for ids that Odin made numbers of, and nothing for an empty answer', async () => {
		const rows = [{ [id]: 12 }, { [id]: 'x' }, {}, null];
		odin.answer(path, method === 'searchTrunkGroupUsers' ? { users: rows } : rows);
		expect(await search(PLACE)).toEqual(['12', 'x']);
		odin.simulator.clearFaults();
		odin.answer(path, '');
		expect(await search(PLACE)).toEqual([]);
	});
});
