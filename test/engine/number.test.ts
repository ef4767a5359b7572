import { useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PATH = '/groups/dns';

const odin = useOdin({ loggedIn: true });

const stored = (last: string): Json => ({
	...odin.network.stores.numbers.find({ phoneNumber: `+1-51355500${last}` }),
});
const range = (first: string, last?: string): Json => ({
	min: `+1-51355500${first}`,
	...(last !== undefined && { max: `+1-51355500${last}` }),
});

const changes = [
	{
		operation: 'assign',
		method: 'POST',
		// 0000 to 0009 belong to nobody yet, 0010 to 0012 to the group.
		numbers: '(513) 555-0008 - 0012',
		changed: [range('08', '09')],
		unchanged: [range('10', '12')],
		dns: [range('08', '09')],
		difference: { field: 'groupId', from: null, to: 'acme-hq' },
		sample: '08',
		after: { groupId: 'acme-hq', activated: false },
	},
	{
		operation: 'unassign',
		method: 'DELETE',
		numbers: '5135550038\n5135550039; 5135550050-51',
		changed: [range('38', '39')],
		unchanged: [range('50', '51')],
		dns: [range('38', '39')],
		difference: { field: 'groupId', from: 'acme-hq', to: null },
		sample: '38',
		after: { groupId: null },
	},
	{
		operation: 'activate',
		method: 'PUT',
		numbers: [15135550028, '+1-5135550029', '+1-5135550030 - +1-5135550031', '5135550033'],
		changed: [range('30', '31'), range('33')],
		unchanged: [range('28', '29')],
		dns: [
			{ activated: true, ...range('30', '31') },
			{ activated: true, ...range('33') },
		],
		difference: { field: 'activated', from: false, to: true },
		sample: '30',
		after: { groupId: 'acme-hq', activated: true },
	},
	{
		operation: 'deactivate',
		method: 'PUT',
		numbers: '5135550028-31',
		changed: [range('28', '29')],
		unchanged: [range('30', '31')],
		dns: [{ activated: false, ...range('28', '29') }],
		difference: { field: 'activated', from: true, to: false },
		sample: '28',
		after: { groupId: 'acme-hq', activated: false },
	},
];

describe.each(changes)(
	'$operation',
	({ operation, method, changed, unchanged, dns, ...change }) => {
		const action = `number.${operation}`;
		const parameters = { ...HQ, numbers: change.numbers };
		const output = (requested: number) => ({ ...HQ, requested, changed, unchanged });
		const requested = [...changed, ...unchanged].reduce(
			(sum, { min, max = min }) =>
				sum + Number(String(max).slice(-2)) - Number(String(min).slice(-2)) + 1,
			0,
		);
		const given = Array.isArray(change.numbers)
			? { ...HQ, numbers: '={{ $json.numbers }}' }
			: parameters;
		const items = [{ numbers: change.numbers }];
		const isWrite = { method, path: PATH };

		it('cuts and joins ranges, writes once, and writes nothing when it is repeated', async () => {
			expect(await odin.one(action, given, { items })).toEqual(output(requested));
			expect(odin.writes()).toMatchObject([{ ...isWrite, body: { ...HQ, dns } }]);
			expect(stored(change.sample)).toMatchObject(change.after);
			odin.forget();
			expect(await odin.one(action, given, { items })).toMatchObject({ requested, changed: [] });
			expect(odin.writes()).toEqual([]);
		});

		it('is previewed as it is carried out', async () => {
			const options = { previewOnly: true };
			expect(await odin.one(action, { ...given, options }, { items })).toEqual({
				...HQ,
				preview: true,
				planId: expect.any(String),
				outcome: 'updated',
				changes: changed.map((one) => ({ ...change.difference, ...one })),
				request: { method, path: PATH, body: { ...HQ, dns } },
			});
			expect(odin.writes()).toEqual([]);
			await odin.all(action, given, { items });
			expect(await odin.one(action, { ...given, options }, { items })).toMatchObject({
				outcome: 'unchanged',
				changes: [],
				request: null,
			});
		});

		it('says what Odin does not show', async () => {
			odin.simulator.addFault({ kind: 'ignored', ...isWrite });
			const { error, details } = await odin.failedItem(action, given, { items });
			expect(details).toMatchObject({ kind: 'notApplied', notApplied: changed });
			expect(error).toContain('but does not show');
			expectPlainWords(error);
		});
	},
);

describe('numbers of somebody else', () => {
	it.each([
		['assign', '5135550000-09, 5135550040', /\+1-5135550040 belongs to group 'acme-plant'/],
		['unassign', '5135550039-5135550040', /\+1-5135550040 belongs to group 'acme-plant'/],
		['activate', '5135550040', /belongs to group 'acme-plant'/],
		['activate', '5135550009-10', /\+1-5135550009 belongs to .* is in no group/],
		[
			'assign',
			'(614) 555-0100',
			/\+1-6145550100 belongs to group 'globex-north' of service provider 'globex-ent'/,
		],
		['assign', '020 7946 0150', /\+44-2079460150 belongs to service provider 'citytel-sp'/],
		['assign', '5135550040-41', /goes beyond them: \+1-5135550041/],
		['assign', '5145550000', /is none of them \(tried 5145550000/],
	])('to %s %s is refused, with nothing sent', async (operation, numbers, reason) => {
		const complaint = await odin.complaint(`number.${operation}`, { ...HQ, numbers });
		expect(complaint).toMatch(reason);
		expectPlainWords(complaint);
		expect(odin.writes()).toEqual([]);
	});

	it('are not looked for by an administrator who can see one service provider', async () => {
		await odin.restart({ administrator: { loginType: 'Reseller' } });
		const complaint = await odin.complaint('number.assign', { ...HQ, numbers: '6145550100' });
		expect(complaint).toMatch(/none of them/);
		expect(odin.sent('GET', '/system/dns/search')).toEqual([]);
	});
});

it('a number that a user has is not taken, and the user is named', async () => {
	odin.network.addUser({ ...HQ, userId: 'ann@example.com', phoneNumber: '+1-5135550012' });
	const parameters = { ...HQ, numbers: '5135550010-19' };
	const complaint = await odin.complaint('number.unassign', parameters);
	expect(complaint).toContain("+1-5135550012 by user 'ann@example.com'");
	expectPlainWords(complaint);
	// Also where the users can't be read.
	odin.simulator.addFault({ kind: 'status', path: `${PATH}/details`, times: Infinity });
	expect(await odin.complaint('number.unassign', parameters)).toContain('+1-5135550012 by a user');
	expect(odin.writes()).toEqual([]);
});

it('what Odin did of a request that it then refused is told, and the next run goes on', async () => {
	const parameters = { ...HQ, numbers: '5135550000-09' };
	odin.simulator.injectFault(({ method, path }) => {
		if (method !== 'POST' || path !== PATH) return undefined;
		for (const last of ['00', '01', '02']) {
			const phoneNumber = `+1-51355500${last}`;
			Object.assign(odin.network.stores.numbers.find({ phoneNumber }) ?? {}, {
				groupId: 'acme-hq',
			});
		}
		return { kind: 'status', status: 400, body: { error: 'Limit reached' } };
	});
	const { error, details } = await odin.failedItem('number.assign', parameters);
	expect(error).toMatch(/Limit reached.*Odin nevertheless shows 3 of 10 numbers as assigned/);
	expect(details).toMatchObject({ changed: [range('00', '02')], notChanged: [range('03', '09')] });
	odin.simulator.clearFaults();
	expect(await odin.one('number.assign', parameters)).toMatchObject({
		changed: [range('03', '09')],
		unchanged: [range('00', '02')],
	});
});

it('items of one group are carried out one after the other', async () => {
	const items = ['5135550000-05', '5135550003-08', '5135550004'].map((numbers) => ({ numbers }));
	const output = await odin.all(
		'number.assign',
		{ ...HQ, numbers: '={{ $json.numbers }}' },
		{ items },
	);
	expect(output).toMatchObject([
		{ requested: 6, changed: [range('00', '05')], unchanged: [] },
		{ requested: 6, changed: [range('06', '08')], unchanged: [range('03', '05')] },
		{ requested: 1, changed: [], unchanged: [range('04')] },
	]);
});

it('10,000 numbers in no order are one request', async () => {
	odin.network.addNumbers({
		serviceProviderId: 'acme-ent',
		min: '+1-7000000000',
		max: '+1-7000019999',
	});
	const numbers = Array.from(
		{ length: 10_000 },
		(_, index) => 7000000000 + ((index * 7919) % 10_000),
	);
	expect(
		await odin.one(
			'number.assign',
			{ ...HQ, numbers: '={{ $json.numbers }}' },
			{ items: [{ numbers }] },
		),
	).toEqual({
		...HQ,
		requested: 10_000,
		changed: [{ min: '+1-7000000000', max: '+1-7000009999' }],
		unchanged: [],
	});
	expect(odin.writes()).toHaveLength(1);
});

it('what nobody can read is refused before anything is sent', async () => {
	odin.forget();
	for (const [parameters, reason] of [
		[{ numbers: ' \n,' }, /'Numbers' is needed/],
		[{ numbers: '5135550010, call me' }, /'Numbers' takes phone numbers and ranges, not 'call me'/],
		[{ numbers: '5135550010', options: { countryCode: 'US' } }, /'Country Code' takes/],
	] as const) {
		const complaint = await odin.complaint('number.assign', { ...HQ, ...parameters });
		expect(complaint).toMatch(reason);
		expectPlainWords(complaint);
	}
	expect(odin.simulator.requests).toEqual([]);
});

it.each(['unassign', 'activate', 'assign'])(
	'an answer without a body is no list that %s could be seen in',
	async (operation) => {
		odin.simulator.addFault({ kind: 'empty', method: 'GET', path: PATH, skip: 1, times: Infinity });
		const numbers = operation === 'assign' ? '5135550000' : '5135550030';
		const complaint = await odin.complaint(`number.${operation}`, { ...HQ, numbers });
		expect(complaint).toContain('but the result could not be read');
		expectPlainWords(complaint);
	},
);

it('an administrator of a group activates with what the group shows', async () => {
	odin.simulator.addFault({
		kind: 'status',
		status: 403,
		path: '/service-providers/dns',
		times: Infinity,
	});
	const parameters = { ...HQ, numbers: '5135550030' };
	expect(await odin.one('number.activate', parameters)).toMatchObject({ changed: [range('30')] });
	expect(await odin.complaint('number.assign', parameters)).toContain('does not allow');
});

describe('getAll', () => {
	const ann = { userId: 'ann@example.com', lastName: 'Able', firstName: 'Ann', extension: '0012' };
	const getAll = async (more: Json = {}) => await odin.all('number.getAll', { ...HQ, ...more });

	beforeEach(() => {
		odin.network.addUser({ ...HQ, ...ann, phoneNumber: '+1-5135550012' });
	});

	it('gives one item a range', async () => {
		expect(await getAll()).toMatchObject([
			{ ...HQ, ...range('10', '11'), count: 2, usage: 'free', activated: true, userId: null },
			{ ...HQ, ...range('12'), max: null, count: 1, usage: 'used', ...ann },
			{ ...HQ, ...range('13', '29'), count: 17, usage: 'free', activated: true, userId: null },
			{ ...HQ, ...range('30', '39'), count: 10, usage: 'free', activated: false, userId: null },
		]);
	});

	it.each<[Json, string[]]>([
		[{ filters: { usage: 'used' } }, ['12']],
		[{ filters: { usage: 'free' } }, ['10', '13', '30']],
		[{ filters: { activation: 'notActivated' } }, ['30']],
		[{ filters: { activation: 'activated', usage: 'free' } }, ['10', '13']],
		[{ filters: { userId: 'ANN@example.com' } }, ['12']],
		[{ limit: 2 }, ['10', '12']],
		[{ limit: 1, returnAll: true }, ['10', '12', '13', '30']],
	])('with %j', async (parameters, firsts) => {
		expect((await getAll(parameters)).map(({ min }) => String(min).slice(-2))).toEqual(firsts);
	});
});

describe('find', () => {
	const find = async (number: unknown, more: Json = {}) =>
		await odin.one('number.find', { ...HQ, number, ...more });

	it.each<[string, Json]>([
		[
			'(513) 555-0012',
			{ number: '+1-5135550012', ...HQ, activated: true, userId: 'ann@example.com' },
		],
		['5135550040', { serviceProviderId: 'acme-ent', groupId: 'acme-plant', userId: null }],
		['5135550000', { serviceProviderId: 'acme-ent', groupId: null, activated: false }],
		[
			'001 614 555 0100',
			{ serviceProviderId: 'globex-ent', groupId: 'globex-north', activated: true },
		],
		['+44 20 7946 0150', { serviceProviderId: 'citytel-sp', groupId: null, userId: null }],
	])('tells where %s is', async (number, place) => {
		odin.network.addUser({ ...HQ, userId: 'ann@example.com', phoneNumber: '+1-5135550012' });
		expect(await find(number)).toMatchObject({ found: true, ...place });
		expect(odin.writes()).toEqual([]);
	});

	it('tells that a number is nowhere, and how far it looked', async () => {
		const nowhere = { number: '5145550000', found: false, serviceProviderId: null, userId: null };
		expect(await find('5145550000')).toMatchObject(nowhere);
		expect(await odin.hints('number.find', { ...HQ, number: '5145550000' })).toBe('');
		await odin.restart({ administrator: { loginType: 'Service Provider' } });
		expect(await find('6145550100')).toMatchObject({ found: false });
		expect(await odin.hints('number.find', { ...HQ, number: '6145550100' })).toContain(
			"Only the numbers of service provider 'acme-ent' were searched",
		);
	});

	it('does not choose between two numbers', async () => {
		odin.network.addNumbers({ serviceProviderId: 'acme-ent', min: '+44-5135550010' });
		const number = '5135550010';
		expect(await odin.complaint('number.find', { ...HQ, number })).toContain(
			'may be +1-5135550010 or +44-5135550010',
		);
		expect(await find(number, { options: { countryCode: '+44' } })).toMatchObject({
			number: '+44-5135550010',
			groupId: null,
		});
	});

	it.each(['5135550010, 5135550011', '+1-5135550010 - +1-5135550011', ''])(
		'takes one number, not %j',
		async (number) => {
			expect(
				await odin.complaint('number.find', { ...HQ, number: `={{ ${JSON.stringify(number)} }}` }),
			).toMatch(/'Number' (takes one number|is needed)/);
		},
	);
});
