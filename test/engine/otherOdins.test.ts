import { useOdin, type Json } from './support/odinRuns';

/** What an Odin of another version, or a server before it, may do otherwise than the simulator. */

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const TARGET = { ...GROUP, trunkGroup: 'sbc' };
const PATH = '/groups/trunk-groups';
const USERS = `${PATH}/users`;

const odin = useOdin();

const addTrunkGroup = (fields: Json = {}) =>
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, ...fields });

it('a body has a type, and without one there is none: some servers miss the body otherwise', async () => {
	addTrunkGroup();
	await odin.one('trunkGroup.update', { ...TARGET, callCapacity: { maxActiveCalls: 6 } });
	await odin.one('trunkGroup.delete', TARGET);
	const types = odin
		.requests()
		.map(({ method, headers }) => [method, headers['content-type'] ?? 'none']);
	expect(new Set(types.map(String))).toEqual(
		new Set(['PUT,application/json', 'GET,none', 'DELETE,none']),
	);
});

describe('a success that says no', () => {
	it.each([
		{ success: false, message: 'Could not do it' },
		{ status: 'failure', error_data: { message: 'Could not do it' } },
		'Could not do it',
	])('to a deletion is none: %j', async (body) => {
		addTrunkGroup();
		odin.simulator.addFault({ kind: 'status', status: 200, method: 'DELETE', path: PATH, body });
		expect(await odin.failedItem('trunkGroup.delete', TARGET)).toMatchObject({
			error: expect.stringContaining('Could not do it'),
			details: { kind: 'lost', odinMessage: 'Could not do it' },
		});
		expect(odin.stored(KEY)).toBeDefined();
		expect(odin.writes()).toHaveLength(1);
	});

	it('is asked for nothing more than that: an honest profile has fields of such names', async () => {
		addTrunkGroup();
		odin.answerProfilesAs((profile) => ({
			...profile,
			status: 'Offline',
			trunkGroupState: 'failed',
			error: null,
			errors: [],
			failureThresholdCounter: 1,
		}));
		expect(await odin.one('trunkGroup.get', TARGET)).toMatchObject({ name: 'sbc' });
		odin.simulator.clearFaults();
	});
});

describe('refusals in other shapes', () => {
	it('of a create that somebody else was faster with lead to a change, whatever they say', async () => {
		odin.simulator.injectFault(({ method, path }) => {
			if (method !== 'POST' || path !== PATH) return undefined;
			addTrunkGroup();
			return { kind: 'status', status: 422, body: { code: 17 } };
		});
		const json = await odin.one('trunkGroup.upsert', { ...KEY, maxActiveCalls: 8 });
		expect(json.outcome).toBe('updated');
		expect(odin.stored(KEY)).toMatchObject({ maxActiveCalls: 8 });
	});
});

describe('lists in other shapes', () => {
	it.each([
		[{ data: [{ userId: 'u1' }] }],
		[{ data: { users: [{ userId: 'u1' }] } }],
		[{ ...KEY, users: ['u1'] }],
		[[{ userId: 'u1' }]],
	])('are read: %j', async (body) => {
		addTrunkGroup();
		odin.answer(USERS, body);
		expect(await odin.all('trunkGroup.getUsers', TARGET)).toMatchObject([{ userId: 'u1' }]);
		expect(await odin.complaint('trunkGroup.delete', TARGET)).toContain('in use by the users u1');
	});

	it('that are none are not taken for a trunk group without users', async () => {
		addTrunkGroup();
		odin.answer(USERS, { message: 'Maintenance' });
		const complaint = await odin.complaint('trunkGroup.delete', TARGET);
		expect(complaint).toContain('something other than a list');
		expect(odin.stored(KEY)).toBeDefined();
	});

	it('of users that are not found are empty, once the trunk group was read', async () => {
		addTrunkGroup();
		odin.simulator.addFault({ kind: 'status', status: 404, method: 'GET', path: USERS });
		expect(await odin.one('trunkGroup.delete', TARGET)).toEqual({ ...KEY, deleted: true });
	});
});

describe('an administrator without any rights', () => {
	it('costs few logins and few requests, also where Odin does not even tell of the session', async () => {
		const items = Array.from({ length: 60 }, (_, index) => ({ name: `t${index}` }));
		odin.simulator.injectFault(({ path }) =>
			path === '/auth/token' ? undefined : { kind: 'status', status: 403, body: {} },
		);
		const run = await odin.run(
			'trunkGroup.create',
			{ ...GROUP, name: '={{ $json.name }}' },
			{ items, node: { onError: 'continueRegularOutput' } },
		);
		const errors = (run.output[0] ?? []).map(({ json }) => String(json.error));
		expect(errors).toHaveLength(items.length);
		for (const error of errors) expect(error).toContain('does not allow administrator');
		// The first, the one for the first 403, and one more until it is clear that a new session changes nothing.
		expect(odin.simulator.logins()).toBeLessThanOrEqual(3);
		expect(odin.writes().length).toBeLessThanOrEqual(items.length + 15);
	});
});

it('an existing trunk group is returned, also where a new one of its size would not fit', async () => {
	addTrunkGroup({ maxActiveCalls: 100 });
	const json = await odin.one('trunkGroup.create', {
		...KEY,
		maxActiveCalls: 1000,
		options: { checkCapacity: true, ifExists: 'returnExisting' },
	});
	expect(json).toEqual(odin.stored(KEY));
	expect(odin.writes()).toEqual([]);
});

it('a number of more than 15 digits keeps them in Get, Get Many, Export and Compare', async () => {
	const digits = '447911123456789012';
	const key = { ...GROUP, name: digits };
	const target = { ...GROUP, trunkGroup: digits };
	const forward = { callForwardingAlwaysForwardAddress: digits };
	addTrunkGroup({ name: digits, callForwardingAlwaysAction: 'Forward', ...forward });
	const rewrite = (text: string) => text.replaceAll(`"${digits}"`, digits);
	odin.simulator.addFault({ kind: 'rewritten', path: PATH, rewrite, times: Infinity });

	for (const action of ['trunkGroup.get', 'trunkGroup.export']) {
		const profile = await odin.one(action, { ...target, simplify: false });
		expect(profile).toMatchObject({ ...key, ...forward });
	}
	expect(await odin.all('trunkGroup.getAll', GROUP)).toMatchObject([key]);
	const compare = async (address: string) =>
		await odin.one('trunkGroup.compare', {
			...target,
			callForwardingAlways: { callForwardingAlwaysForwardAddress: address },
		});
	expect(await compare(digits)).toMatchObject({ inSync: true });
	expect(await compare(`${digits.slice(0, -1)}3`)).toMatchObject({ inSync: false });
});
