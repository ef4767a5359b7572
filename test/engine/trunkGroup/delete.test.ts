import type { Fault, FaultCandidate } from '../../../simulator';
import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const KEY = { ...GROUP, name: 'sbc' };
const TARGET = { ...GROUP, trunkGroup: 'sbc' };
const DELETE = 'trunkGroup.delete';
const PATH = '/groups/trunk-groups';

const odin = useOdin({ loggedIn: true });

const PILOT = 'pilot@example.com';
const LINE = '4711';
const HOSTED = ['anna.adler@example.com', 'ben.baker@example.com'];

/** A pilot is always a user of its trunk group. */
function addTrunkGroup({ pilot = false, hosted = false, line = false } = {}): void {
	odin.network.addTrunkGroup({
		...KEY,
		...(pilot && { pilotUserId: PILOT }),
		users: hosted ? HOSTED.map((userId) => ({ userId })) : [],
	});
	for (const userId of [...(pilot ? [PILOT] : []), ...(line ? [LINE] : [])]) {
		odin.network.addUser({ ...GROUP, userId, trunkGroup: 'sbc' });
	}
	odin.forget();
}

const ALL = { pilot: true, hosted: true, line: true };

it('deletes a trunk group that nobody uses', async () => {
	addTrunkGroup();
	expect(await odin.one(DELETE, TARGET)).toEqual({ ...KEY, deleted: true });
	expect(odin.stored(KEY)).toBeUndefined();
	expect(odin.writes()).toMatchObject([{ method: 'DELETE', query: KEY }]);
});

describe('refuses while it is in use and names who uses it', () => {
	it.each([
		['a pilot user', { pilot: true }, [PILOT]],
		['hosted users', { hosted: true }, HOSTED],
		['trunk users', { line: true }, [LINE]],
		['all of them', ALL, [PILOT, LINE, ...HOSTED]],
	])('%s', async (_, usage, names) => {
		addTrunkGroup(usage);
		const before = odin.stored(KEY);
		for (const previewOnly of [false, true]) {
			const options = { previewOnly };
			const { message, description } = await odin.failure(DELETE, { ...TARGET, options });
			for (const name of names) expect(message).toContain(name);
			expect(message).toContain("Trunk group 'sbc' in group 'acme-hq'");
			expectPlainWords(`${message} ${description ?? ''}`);
		}
		const { details } = await odin.failedItem(DELETE, TARGET);
		for (const name of names) expect(JSON.stringify(details)).toContain(name);
		expect(odin.writes()).toEqual([]);
		expect(odin.stored(KEY)).toEqual(before);
	});
});

describe('with Force', () => {
	const options = { force: true, maxRetries: 0 };
	const off = (userId: string) => ({ userId, endpointType: 'none', trunkAddressing: null });
	const STEPS = [
		{ method: 'PUT', path: PATH, body: { ...KEY, pilotUserId: null } },
		{ method: 'PUT', path: '/users', body: off(PILOT) },
		{ method: 'PUT', path: '/users', body: off(LINE) },
		{ method: 'PUT', path: PATH, body: { ...KEY, users: [] } },
		{ method: 'DELETE', path: PATH, query: KEY },
	];
	/** Who was what, in the form in which Odin takes it back. */
	const before = {
		pilotUserId: PILOT,
		users: HOSTED.map((userId) => ({ userId })),
		trunkUsers: [PILOT, LINE].map((userId) => ({
			userId,
			endpointType: 'trunkAddressing',
			trunkAddressing: {
				trunkGroupDeviceEndpoint: expect.objectContaining({ name: 'sbc', linePort: userId }),
			},
		})),
	};

	/** Spoils one of the writes, as it comes. */
	function spoil(step: number, fault: Fault, times = 1): void {
		const { method, path, body } = STEPS[step]!;
		let left = times;
		odin.simulator.injectFault((request: FaultCandidate) => {
			const isStep =
				request.method === method &&
				request.path === path &&
				JSON.stringify(request.body ?? null) === JSON.stringify(body ?? null);
			return isStep && (left -= 1) >= 0 ? fault : undefined;
		});
	}

	it.each([
		['all users', ALL, STEPS],
		['the pilot user', { pilot: true }, [STEPS[0], STEPS[1], STEPS[4]]],
		['hosted users', { hosted: true }, [STEPS[3], STEPS[4]]],
		['trunk users', { line: true }, [STEPS[2], STEPS[4]]],
		['nobody', {}, [STEPS[4]]],
	])('takes off %s as the portal does, then deletes', async (_, usage, steps) => {
		addTrunkGroup(usage);
		expect(await odin.one(DELETE, { ...TARGET, options })).toEqual({ ...KEY, deleted: true });
		expect(odin.stored(KEY)).toBeUndefined();
		expect(odin.writes()).toMatchObject(steps);
		// All of it is read before anything is changed.
		const firstWrite = odin.requests().findIndex(({ method }) => method !== 'GET');
		const read = odin.requests().slice(0, firstWrite);
		const lines = steps.filter((step) => step?.path === '/users');
		expect(read.filter(({ path }) => path === '/users')).toHaveLength(lines.length);
	});

	it('previews who is taken off and what they lose', async () => {
		addTrunkGroup(ALL);
		const run = await odin.run(DELETE, { ...TARGET, options: { force: true, previewOnly: true } });
		const { changes, ...preview } = run.output[0]?.[0]?.json as Json;
		expect(preview).toEqual({
			...KEY,
			preview: true,
			planId: expect.any(String),
			outcome: 'deleted',
			request: { method: 'DELETE', path: PATH, body: null },
		});
		expect(changes).toEqual([
			{ field: 'pilotUserId', from: PILOT, to: null },
			...before.trunkUsers.map(({ userId, endpointType, trunkAddressing }) => ({
				field: 'user',
				userId,
				from: { endpointType, trunkAddressing: expect.objectContaining(trunkAddressing) },
				to: { endpointType: 'none', trunkAddressing: null },
			})),
			{ field: 'users', from: before.users, to: [] },
		]);
		const hints = run.hints.map(({ message }) => message).join('\n');
		for (const userId of [PILOT, LINE]) {
			expect(hints).toContain(
				`User ${userId} loses the connection through the trunk group (line port ${userId})`,
			);
		}
		expectPlainWords(hints);
		expect(odin.writes()).toEqual([]);
	});

	const NOT_NOW: Fault = { kind: 'status', status: 400, body: { error: 'Not now' } };

	it.each<[string, number, Fault, string]>([
		['pilot, refused', 0, NOT_NOW, 'refused'],
		['pilot, ignored', 0, { kind: 'ignored' }, 'notApplied'],
		['pilot, lost', 0, { kind: 'reset' }, 'lost'],
		['first user, refused', 1, NOT_NOW, 'refused'],
		['second user, refused', 2, NOT_NOW, 'refused'],
		['second user, lost', 2, { kind: 'reset' }, 'lost'],
		['second user, ignored', 2, { kind: 'ignored' }, 'notApplied'],
		['hosted users, refused', 3, NOT_NOW, 'refused'],
		['deletion, refused', 4, NOT_NOW, 'refused'],
		['deletion, too busy', 4, { kind: 'status', status: 429 }, 'busy'],
		['deletion, lost', 4, { kind: 'reset' }, 'lost'],
	])('half-way (%s) says who was what, and a second run goes on', async (_, step, fault, kind) => {
		addTrunkGroup(ALL);
		spoil(step, fault);
		const { error, details } = await odin.failedItem(DELETE, { ...TARGET, options });
		expect(details).toMatchObject({ kind });
		expect(odin.writes()).toMatchObject(STEPS.slice(0, step + 1));
		const names = [`pilot user ${PILOT}`, `user ${PILOT}`, `user ${LINE}`].concat(
			`hosted users ${HOSTED.join(', ')}`,
		);
		if (step > 0 || kind !== 'refused') {
			expect(details).toMatchObject({ ...KEY, before, takenOff: names.slice(0, step) });
			expect(error).toContain(
				step === 0 ? 'No user had been taken off' : `Already taken off: ${names[0]}`,
			);
			expect(details.description).toContain("A second run with 'Force' goes on from here");
		}
		expect(JSON.stringify(details)).not.toContain('Nothing was deleted');
		expectPlainWords(
			`${error} ${String(details.description)}`,
			'Not now',
			'There has been an error.',
			'Injected by a test.',
		);

		odin.forget();
		expect(await odin.one(DELETE, { ...TARGET, options })).toEqual({ ...KEY, deleted: true });
		// What was lost or ignored was not done; what is done is not sent again.
		expect(odin.writes()).toMatchObject(STEPS.slice(step));
	});

	it('what was taken off can be given back as it is named', async () => {
		addTrunkGroup(ALL);
		const stored = odin.stored(KEY);
		spoil(4, NOT_NOW);
		const { details } = await odin.failedItem(DELETE, { ...TARGET, options });
		const { trunkUsers, pilotUserId, users } = details.before as Json;
		const token = String((await odin.engine.credentials()).token);
		const put = async (path: string, body: Json) => {
			const { status } = await fetch(`${odin.simulator.baseUrl}${path}`, {
				method: 'PUT',
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			expect(status).toBe(200);
		};
		for (const user of trunkUsers as Json[]) await put('/users', user);
		await put(PATH, { ...KEY, pilotUserId, users });
		expect(odin.stored(KEY)).toMatchObject(stored ?? {});
		expect(odin.network.user(LINE)).toMatchObject({ trunkGroup: 'sbc', linePort: LINE });
	});

	it.each([1, 4])(
		'Retry On Fail keeps who was what, whatever is left of it (step %i)',
		async (step) => {
			addTrunkGroup(ALL);
			spoil(step, NOT_NOW, 2);
			const { error } = await odin.run(
				DELETE,
				{ ...TARGET, options },
				{ node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
			);
			expect(error?.message).toContain(`Already taken off: pilot user ${PILOT}`);
			expect(odin.writes()).toMatchObject([...STEPS.slice(0, step + 1), STEPS[step]]);
		},
	);

	it('a user whom a list that lags behind still names stays on another device', async () => {
		addTrunkGroup({ line: true });
		const user = odin.network.user(LINE);
		odin.answer('/groups/trunk-groups/users', { users: [{ userId: LINE }] });
		odin.answer('/users', { userId: LINE, endpointType: 'accessDeviceEndpoint' });
		if (user) Object.assign(user, { trunkGroup: undefined });
		await odin.all(DELETE, { ...TARGET, options });
		expect(odin.writes().map(({ method }) => method)).toEqual(['DELETE']);
	});
});

it.each<Json>([{ message: 'Accepted' }, { success: true }, { name: 'sbc' }])(
	'a yes to a deletion after which it is still there is told: %j',
	async (body) => {
		addTrunkGroup();
		odin.simulator.addFault({ kind: 'status', status: 200, body, method: 'DELETE' });
		const { message, description } = await odin.failure(DELETE, TARGET);
		expect(message).toBe(
			"Odin confirmed deleting trunk group 'sbc' in group 'acme-hq' of service provider 'acme-ent', but still has it",
		);
		expect(description).toBe('Check its state in Odin before you run this again');
	},
);

it('one that somebody else deleted meanwhile is not there', async () => {
	addTrunkGroup();
	odin.simulator.addFault({
		kind: 'status',
		method: 'DELETE',
		status: 404,
		body: { error: 'Trunk Group not found', status: 404 },
		times: 2,
	});
	expect(await odin.one(DELETE, { ...TARGET, options: { ifNotFound: 'returnEmpty' } })).toEqual({
		...KEY,
		deleted: false,
	});
	expect(await odin.complaint(DELETE, TARGET)).toContain("no trunk group 'sbc'");
});

it('the same one twice in a batch is deleted once', async () => {
	addTrunkGroup();
	const json = await odin.all(
		DELETE,
		{ ...TARGET, options: { ifNotFound: 'returnEmpty' } },
		{ items: [{}, {}] },
	);
	expect(json).toEqual([
		{ ...KEY, deleted: true },
		{ ...KEY, deleted: false },
	]);
	expect(odin.writes()).toHaveLength(1);
});
