import { locator, useOdin, pairing, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const ACME = { serviceProviderId: 'acme-ent' };
const GROUP_PATH = '/groups/trunk-groups/call-capacity';
const SERVICE_PROVIDER_PATH = '/service-providers/trunk-groups/call-capacity';
const UPDATE = 'callCapacity.update';

const odin = useOdin();

const ofGroup = () => ({ ...odin.network.callCapacity('acme-ent', 'acme-hq') });
const ofServiceProvider = () => ({ ...odin.network.callCapacity('acme-ent') });

const levels = [
	{ level: 'group', key: HQ, path: GROUP_PATH, stored: ofGroup },
	{ level: 'serviceProvider', key: ACME, path: SERVICE_PROVIDER_PATH, stored: ofServiceProvider },
];

describe.each(levels)('of a $level', ({ level, key, path, stored }) => {
	it('is read', async () => {
		expect(await odin.one('callCapacity.get', { level, ...key })).toMatchObject({
			...key,
			...stored(),
		});
		expect(odin.requests()).toMatchObject([{ method: 'GET', path, query: key }]);
	});

	it.each([
		[{ maxActiveCalls: 0 }],
		[{ maxActiveCalls: 0, burstingMaxActiveCalls: 0 }],
		[{ burstingMaxActiveCalls: -1 }],
		[{ maxActiveCalls: '77', burstingMaxActiveCalls: '12' }],
	])('is set to absolute values: %j', async (wanted) => {
		const before = stored();
		const numbers = Object.fromEntries(
			Object.entries(wanted).map(([name, value]) => [name, Number(value)]),
		);
		const answer = await odin.one(UPDATE, { level, ...key, ...wanted });
		expect(odin.writes()).toMatchObject([{ method: 'PUT', path }]);
		expect(odin.written()).toEqual([{ ...key, ...numbers }]);
		expect(stored()).toEqual({ ...before, ...numbers });
		expect(answer).toMatchObject({ ...key, ...before, ...numbers });
	});

	it.each([
		['nothing', {}],
		['empty text and null', { maxActiveCalls: '', burstingMaxActiveCalls: '={{ null }}' }],
	])('with %s to set is refused without a request', async (_, wanted) => {
		const complaint = await odin.complaint(UPDATE, { level, ...key, ...wanted });
		expect(complaint).toMatch(/nothing to update/i);
		expectPlainWords(complaint);
		expect(odin.simulator.requests).toEqual([]);
	});

	it.each(['5 calls', -2, 1.5, true])('refuses %j', async (maxActiveCalls) => {
		const complaint = await odin.complaint(UPDATE, { level, ...key, maxActiveCalls });
		expect(complaint).toContain("'Max Active Calls' takes a whole number");
		expect(odin.simulator.requests).toEqual([]);
	});

	describe('with Never Lower', () => {
		const raise = async (wanted: Json) =>
			await odin.one(UPDATE, { level, ...key, ...wanted, raiseOnly: true });

		it('raises what is lower and leaves alone what is higher', async () => {
			const { maxActiveCalls } = stored() as { maxActiveCalls: number };
			const wanted = { maxActiveCalls: maxActiveCalls + 5, burstingMaxActiveCalls: 1 };
			expect(await raise(wanted)).toMatchObject({ maxActiveCalls: maxActiveCalls + 5 });
			expect(odin.written()).toEqual([{ ...key, maxActiveCalls: maxActiveCalls + 5 }]);
			odin.forget();
			// The ticket comes again.
			expect(await raise(wanted)).toMatchObject({ maxActiveCalls: maxActiveCalls + 5 });
			expect(odin.writes()).toEqual([]);
		});

		it('nothing is higher than unlimited', async () => {
			await raise({ burstingMaxActiveCalls: -1 });
			expect(stored()).toMatchObject({ burstingMaxActiveCalls: -1 });
			odin.forget();
			await raise({ burstingMaxActiveCalls: 1000 });
			expect(odin.writes()).toEqual([]);
		});

		it('several items of one batch end at the highest', async () => {
			const items = [140, 160, 120, 150, 110].map((calls) => ({ calls }));
			if (level === 'serviceProvider')
				odin.network.addServiceProvider({
					...ACME,
					callCapacity: { maxActiveCalls: 100, burstingMaxActiveCalls: 0 },
				});
			const { output } = await odin.run(
				UPDATE,
				{ level, ...key, maxActiveCalls: '={{ $json.calls }}', raiseOnly: true },
				{ items },
			);
			expect(stored()).toMatchObject({ maxActiveCalls: 160 });
			expect(pairing(output[0])).toEqual(items.map((_, item) => ({ item })));
			expect(odin.writes()).toHaveLength(2);
		});
	});

	it.each<[string, Json, string, number]>([
		['a change', { burstingMaxActiveCalls: 5 }, 'updated', 1],
		['what is there', {}, 'unchanged', 0],
		['Never Lower', { maxActiveCalls: 1, raiseOnly: true }, 'unchanged', 0],
	])('is previewed for %s', async (_, wanted, outcome, changes) => {
		const { maxActiveCalls } = stored() as { maxActiveCalls: number };
		const parameters = { level, ...key, maxActiveCalls, ...wanted };
		const preview = await odin.one(UPDATE, { ...parameters, options: { previewOnly: true } });
		expect(odin.writes()).toEqual([]);
		expect(preview).toMatchObject({ ...key, preview: true, outcome });
		expect(Object.keys(preview)).toEqual([
			...Object.keys(key),
			...['preview', 'outcome', 'changes', 'request', 'planId'],
		]);
		expect(preview.changes).toHaveLength(changes);
		await odin.all(UPDATE, parameters);
		expect(preview.request).toEqual(
			odin.writes().map(({ method, path: to, body }) => ({ method, path: to, body }))[0] ?? null,
		);
	});
});

it('a preview takes a value that Odin does not tell for none, not for 0', async () => {
	odin.answer('/groups/trunk-groups/call-capacity', { ...HQ, maxActiveCalls: 100 });
	const preview = await odin.one(UPDATE, {
		level: 'group',
		...HQ,
		burstingMaxActiveCalls: 0,
		options: { previewOnly: true },
	});
	expect(preview).toMatchObject({
		outcome: 'updated',
		changes: [{ field: 'burstingMaxActiveCalls', from: null, to: 0 }],
	});
});

it('is not changed when an expression leaves the switch empty that keeps it from being lowered', async () => {
	const complaint = await odin.complaint(
		UPDATE,
		{ level: 'group', ...HQ, maxActiveCalls: 1, raiseOnly: '={{ $json.raiseOnly }}' },
		{ items: [{ raiseOnly: '' }] },
	);
	expect(complaint).toMatch(/^'[^']*' takes true or false, but its expression returns nothing/);
	expect(odin.simulator.requests).toEqual([]);
});

describe('an answer that is no call capacity', () => {
	const NO_CAPACITY = [
		{},
		{ maxActiveCalls: 'abc' },
		{ maxActiveCalls: null, burstingMaxActiveCalls: ' ' },
		{ maxActiveCalls: true, burstingMaxActiveCalls: [9] },
	];
	const REFUSED = { status: 400, message: 'service not authorized' };
	const answerAll = (body: unknown) =>
		odin.simulator.injectFault(({ path }) =>
			path === GROUP_PATH ? { kind: 'status', status: 200, body } : undefined,
		);

	it.each(NO_CAPACITY)('%j is not taken for one', async (body) => {
		answerAll(body);
		const complaint = await odin.complaint('callCapacity.get', HQ);
		expect(complaint).toContain("read the call capacity of group 'acme-hq'");
		expect(complaint).toContain('the response contains none');
		expect(await odin.complaint(UPDATE, { ...HQ, maxActiveCalls: 9 })).toContain(
			"Odin confirmed updating the call capacity of group 'acme-hq' of service provider 'acme-ent', but the result could not be read",
		);
	});

	it.each([...NO_CAPACITY, REFUSED])('%j is no ground to raise anything', async (body) => {
		odin.answer(GROUP_PATH, body);
		await odin.complaint(UPDATE, { ...HQ, maxActiveCalls: 9, raiseOnly: true });
		expect(odin.writes()).toEqual([]);
	});

	it.each([
		['missing', undefined],
		['no number', 'abc'],
	])('Never Lower changes nothing where the present value is %s', async (_, present) => {
		odin.answer(GROUP_PATH, { ...HQ, maxActiveCalls: 5, burstingMaxActiveCalls: present });
		const wanted = { maxActiveCalls: 9, burstingMaxActiveCalls: 9 };
		for (const previewOnly of [false, true]) {
			const parameters = { ...HQ, ...wanted, raiseOnly: true, options: { previewOnly } };
			const complaint = await odin.complaint(UPDATE, parameters);
			expect(complaint).toMatch(
				/'Bursting Max Active Calls' of .*can't be raised: Odin does not report its current value/,
			);
			expectPlainWords(complaint);
		}
		expect(odin.writes()).toEqual([]);
		// The other one is known.
		await odin.all(UPDATE, { ...HQ, maxActiveCalls: 9, raiseOnly: true });
		expect(odin.written()).toEqual([{ ...HQ, maxActiveCalls: 9 }]);
	});

	it.each(['', 'OK', { done: true }, { maxActiveCalls: 'abc' }])(
		'%j to an update is one to read it for',
		async (body) => {
			odin.simulator.addFault({ kind: 'answerAfterWrite', method: 'PUT', body });
			const json = await odin.one(UPDATE, { ...HQ, maxActiveCalls: 9 });
			expect(json).toMatchObject({ ...HQ, ...ofGroup(), maxActiveCalls: 9 });
		},
	);
});

describe('only what Odin shows afterwards counts', () => {
	const NINE = { ...HQ, maxActiveCalls: 9 };

	it.each([
		[{}, { maxActiveCalls: 9, burstingMaxActiveCalls: 20 }],
		[{ raiseOnly: true }, { maxActiveCalls: 109, burstingMaxActiveCalls: 20 }],
	])('a change that Odin ignored is not applied: %j', async (more, wanted) => {
		odin.simulator.addFault({ kind: 'ignored', method: 'PUT' });
		const { maxActiveCalls } = wanted;
		expect(await odin.failedItem(UPDATE, { ...HQ, ...wanted, ...more })).toEqual({
			error: expect.stringContaining(
				`Odin confirmed updating the call capacity of group 'acme-hq' of service provider 'acme-ent', but shows other values: 'Max Active Calls' is 100, not ${maxActiveCalls}`,
			),
			details: expect.objectContaining({
				...HQ,
				kind: 'notApplied',
				fields: [{ field: 'maxActiveCalls', asked: maxActiveCalls, shown: 100 }],
				callCapacity: expect.objectContaining({ maxActiveCalls: 100 }),
			}),
		});
		expect(odin.writes()).toHaveLength(1);
	});

	it('a value that Odin never reports is left out of the comparison', async () => {
		const body = { ...HQ, maxActiveCalls: 9 };
		odin.simulator.addFault({ kind: 'answerAfterWrite', method: 'PUT', body });
		odin.answer(GROUP_PATH, body);
		expect(await odin.one(UPDATE, { ...NINE, burstingMaxActiveCalls: 3 })).toEqual(body);
	});

	it('one that somebody else raised further meanwhile is high enough, if never lowered', async () => {
		const body = { ...HQ, maxActiveCalls: 150, burstingMaxActiveCalls: -1 };
		const wanted = { ...HQ, maxActiveCalls: 120, burstingMaxActiveCalls: 30 };
		odin.simulator.addFault({ kind: 'answerAfterWrite', method: 'PUT', body });
		expect(await odin.one(UPDATE, { ...wanted, raiseOnly: true })).toMatchObject(body);
	});

	it('what stays open says so, and names the holder', async () => {
		odin.simulator.addFault({ kind: 'status', status: 500, method: 'PUT', times: Infinity });
		const { message, description } = await odin.failure(UPDATE, {
			...NINE,
			options: { maxRetries: 1 },
		});
		expect(message).toContain(
			"The outcome is unknown: Odin may or may not have updated the call capacity of group 'acme-hq'",
		);
		expect(message).toContain('Tried 2 times; after the last attempt the change did not show');
		expect(description).toContain('Check its state in Odin');
	});
});

it('numbers as text are a call capacity too, and unlimited is', async () => {
	odin.answer(GROUP_PATH, { ...HQ, maxActiveCalls: '50', burstingMaxActiveCalls: '-1' });
	expect(await odin.one('callCapacity.get', HQ)).toMatchObject({ maxActiveCalls: '50' });
	await odin.all(UPDATE, { ...HQ, maxActiveCalls: 9, burstingMaxActiveCalls: 9, raiseOnly: true });
	expect(odin.writes()).toEqual([]);
});

it('a group cannot be unlimited, a service provider can', async () => {
	const complaint = await odin.complaint(UPDATE, { level: 'group', ...HQ, maxActiveCalls: -1 });
	expect(complaint).toContain("'Max Active Calls' takes a whole number of 0 or more, not -1");
	await odin.all(UPDATE, { level: 'serviceProvider', ...ACME, maxActiveCalls: -1 });
	expect(ofServiceProvider()).toMatchObject({ maxActiveCalls: -1 });
});

it('the group is not needed for a service provider', async () => {
	const json = await odin.one('callCapacity.get', { level: 'serviceProvider', ...ACME });
	expect(json).toMatchObject({ maxActiveCalls: 500, burstingMaxActiveCalls: -1 });
});

it('what Odin refuses is passed on in its words', async () => {
	const complaint = await odin.complaint(UPDATE, { level: 'group', ...HQ, maxActiveCalls: 501 });
	expect(complaint).toContain('exceeds the call capacity of the service provider, 500');
	const lab = { ...HQ, groupId: 'acme-lab' };
	expect(await odin.complaint('callCapacity.get', { level: 'group', ...lab })).toContain(
		'The service Trunk Group is not assigned to the group acme-lab',
	);
});

describe('the report', () => {
	const north = {
		serviceProviderId: 'globex-ent',
		serviceProviderMaxActiveCalls: 40,
		serviceProviderBurstingMaxActiveCalls: -1,
		groupId: 'globex-north',
	};
	const trunkGroups = [
		{
			name: 'north-trunk-1',
			maxActiveCalls: 20,
			maxIncomingCalls: 15,
			maxOutgoingCalls: 15,
			enableBursting: true,
		},
	];
	const report = async (given: unknown = 'globex-ent') =>
		await odin.all('callCapacity.getReport', { serviceProviderId: given });

	it.each([
		[
			'groups',
			{
				maxActiveCalls: 35,
				burstingMaxActiveCalls: -1,
				groupName: 'Globex North',
				trunkGroups: null,
				trunkGroupsMaxActiveCalls: null,
			},
		],
		['groupTrunkGroupDetails', { maxActiveCalls: null, groupName: null, trunkGroups }],
		[
			'both',
			{ maxActiveCalls: 35, burstingMaxActiveCalls: -1, groupName: 'Globex North', trunkGroups },
		],
	] as const)('in the shape %s has one row a group', async (shape, expected) => {
		odin.network.reportShape = shape;
		const rows = await report(locator('list', 'globex-ent'));
		expect(rows.map(({ groupId }) => groupId)).toEqual(['globex-north', 'globex-south']);
		expect(rows[0]).toMatchObject({ ...north, ...expected });
		for (const row of rows) expect(Object.keys(row)).toEqual(Object.keys(rows[0] ?? {}));
	});

	it('has a row for a group without trunking, with nothing in it', async () => {
		const rows = await report('acme-ent');
		const lab = rows.find(({ groupId }) => groupId === 'acme-lab');
		expect(lab).toMatchObject({
			maxActiveCalls: null,
			burstingMaxActiveCalls: null,
			userLimit: 100,
		});
	});

	it('makes numbers of text, and text of ids that are numbers', async () => {
		odin.answer('/service-providers/trunk-groups/call-capacity/reports', {
			serviceProviderId: 1,
			serviceProviderTrunkCapacity: { maxActiveCalls: '40', burstingMaxActiveCalls: '-1' },
			groups: [{ groupId: 4711, userLimit: '25', groupTrunkCapacity: { maxActiveCalls: '10' } }],
			groupTrunkGroupDetails: [
				{ groupId: '4711', name: 12, maxActiveCalls: '3', enableBursting: 'true' },
			],
		});
		expect(await report()).toMatchObject([
			{
				groupId: '4711',
				serviceProviderMaxActiveCalls: 40,
				userLimit: 25,
				maxActiveCalls: 10,
				trunkGroups: [{ name: '12', maxActiveCalls: 3, enableBursting: true }],
			},
		]);
	});

	it('has null, never 0 or false, for what Odin does not tell', async () => {
		odin.answer('/service-providers/trunk-groups/call-capacity/reports', {
			groupTrunkGroupDetails: [
				{ groupId: 'g1', name: 'a', maxActiveCalls: 3, enableBursting: false },
				{ groupId: 'g1', name: 'b', maxActiveCalls: 'many' },
				{ groupId: 'g2', name: 'c', maxActiveCalls: 0, enableBursting: 'perhaps' },
			],
		});
		expect(await report()).toMatchObject([
			{
				groupId: 'g1',
				userLimit: null,
				trunkGroupsMaxActiveCalls: null,
				trunkGroups: [
					{ name: 'a', maxActiveCalls: 3, maxIncomingCalls: null, enableBursting: false },
					{ name: 'b', maxActiveCalls: null, enableBursting: null },
				],
			},
			{ groupId: 'g2', trunkGroupsMaxActiveCalls: 0, trunkGroups: [{ enableBursting: null }] },
		]);
	});

	it('keeps together what Odin tells of no group', async () => {
		odin.answer('/service-providers/trunk-groups/call-capacity/reports', {
			groups: [{ groupName: 'Nameless', groupTrunkCapacity: { maxActiveCalls: 10 } }],
			groupTrunkGroupDetails: [{ groupId: '', name: 'sbc', maxActiveCalls: 3 }],
		});
		expect(await report()).toMatchObject([
			{ groupId: null, groupName: 'Nameless', maxActiveCalls: 10, trunkGroups: [{ name: 'sbc' }] },
		]);
	});

	it.each([
		[[1, 'x', null]],
		[{ groups: ['g1', 'g2'] }],
		[{ groups: [], groupTrunkGroupDetails: [['g1']] }],
	])('says so when %j comes instead', async (body) => {
		odin.answer('/service-providers/trunk-groups/call-capacity/reports', body);
		const complaint = await odin.complaint('callCapacity.getReport', ACME);
		expect(complaint).toMatch(/answered with something other than a list.*Base URL/s);
	});

	it.each([[{ groups: [null] }], [[]], [{ groups: [], groupTrunkGroupDetails: null }]])(
		'%j is one without groups',
		async (body) => {
			odin.answer('/service-providers/trunk-groups/call-capacity/reports', body);
			expect(await report()).toEqual([]);
		},
	);
});
