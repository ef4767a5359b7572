/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Fault } from '../../simulator';
import type { RunResult } from './harness';
import { said } from './support/creation';
import { jsonOf, useOdin, type Json } from './support/odinRuns';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PATH = '/groups/trunk-groups';
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const EXISTING = { ...GROUP, trunkGroup: '={{ $json.name }}' };
const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `t${i}` }));

const odin = useOdin({ loggedIn: true });

const addTrunkGroups = (count: number) => {
	for (const { name } of named(count)) odin.network.addTrunkGroup({ ...GROUP, name });
};

const loginsSent = () =>
	odin.simulator.requests.filter(({ path }) => path === '/auth/token').length;

const writesOf = (status: number) =>
	odin.writes().filter((request) => request.status === status).length;

const SERVERS = [
	{ expiredTokenStatus: 401 as const, singleSession: false },
	{ expiredTokenStatus: 401 as const, singleSession: true },
	{ expiredTokenStatus: 403 as const, singleSession: false },
	{ expiredTokenStatus: 403 as const, singleSession: true },
];

/** What each item sends, and how many items there are. */
const OPERATIONS: Array<[operation: string, parameters: Json, items: number]> = [
	['create', { ...NAMED, options: { concurrency: 20, maxRetries: 0 } }, 60],
	// A look-up and a write an item.
	['upsert', { ...NAMED, maxActiveCalls: 5, options: { concurrency: 20, maxRetries: 0 } }, 40],
	// Profile, users, deletion.
	['delete', { ...EXISTING, options: { concurrency: 20, maxRetries: 0 } }, 30],
];

describe.each(SERVERS)('a session that ends in the middle of a batch: %j', (switches) => {
	it.each(OPERATIONS)(
		'costs one login and no item, without any retry: %s',
		async (operation, parameters, items) => {
			await odin.restart({ ...switches, latencyMs: 10 });
			if (operation === 'delete') addTrunkGroups(items);
			let requests = 0;
			odin.simulator.injectFault(() => {
				requests += 1;
				if (requests === 35) odin.simulator.revokeTokens();
				return undefined;
			});
			const run = await odin.run(`trunkGroup.${operation}`, parameters, { items: named(items) });
			expect(said(run)).toBe('');
			expect(jsonOf(run.output[0])).toHaveLength(items);
			expect(writesOf(200)).toBe(items);
			expect(loginsSent()).toBe(1);
		},
	);
});

const TOLD: Array<[status: number, error: string]> = [
	[200, 'Expired token'],
	[400, 'Invalid session'],
	[403, 'Your session has timed out'],
	[409, 'Not logged in'],
	[500, 'Expired token'],
	[502, 'Session has expired, please log in again'],
];

describe.each(TOLD)('a session that ended, told with HTTP %i and "%s"', (status, error) => {
	const ENDED: Fault = { kind: 'status', status, body: { error, status } };
	const KEY = { ...GROUP, trunkGroup: 'plant' };
	const options = { maxRetries: 0 };
	const isOpen = status !== 403;

	beforeEach(async () => await odin.restart());

	const methods = () => odin.requests().map(({ method }) => method);
	const storedToken = async () => String((await odin.engine.credentials()).token);

	/** The first request of a method finds the session ended. */
	function endFor(method: string, before = (): void => {}): void {
		odin.simulator.revokeTokens();
		odin.simulator.injectFault((request) => {
			if (request.method !== method || request.path !== PATH || loginsSent() > 0) return undefined;
			before();
			return ENDED;
		});
	}

	it.each<[string, string, Json]>([
		['get', 'GET', KEY],
		['getAll', 'GET', GROUP],
		['update', 'PUT', { ...KEY, callCapacity: { maxActiveCalls: 3 } }],
		['create', 'POST', { ...GROUP, name: 'sbc' }],
	])('costs one login and no retry: %s', async (operation, method, parameters) => {
		odin.network.addTrunkGroup({ ...GROUP, name: 'plant' });
		const before = await storedToken();
		endFor(method);
		await odin.all(`trunkGroup.${operation}`, { ...parameters, options });
		// A write that was perhaps carried out is looked for first.
		expect(methods()).toEqual(
			isOpen && method !== 'GET' ? [method, 'GET', method] : [method, method],
		);
		expect(loginsSent()).toBe(1);
		expect(await storedToken()).not.toBe(before);
	});

	if (isOpen) {
		it('creates nothing twice that was created all the same', async () => {
			endFor('POST', () =>
				odin.network.addTrunkGroup({ ...GROUP, name: 'sbc', maxActiveCalls: 1 }),
			);
			const [created] = await odin.all('trunkGroup.create', { ...GROUP, name: 'sbc', options });
			expect(created).toMatchObject({ name: 'sbc' });
			expect(methods()).toEqual(['POST', 'GET']);
			expect(loginsSent()).toBe(1);
		});
	}

	it('over and over is told, leaves open what is open, and no later execution begins with its token', async () => {
		odin.simulator.injectFault(({ method }) => (method === 'POST' ? undefined : ENDED));
		odin.network.addTrunkGroup({ ...GROUP, name: 'plant' });
		const change = { ...KEY, callCapacity: { maxActiveCalls: 3 }, options };
		const complaint = await odin.complaint('trunkGroup.update', change);
		expect(complaint).toContain(error);
		expect(complaint.includes('The outcome is unknown')).toBe(isOpen);
		expect(complaint).toContain('Odin rejected the session token');
		odin.simulator.clearFaults();
		odin.forget();
		await odin.all('trunkGroup.get', KEY);
		expect(methods()).toEqual(['GET']);
		expect(loginsSent()).toBe(1);
	});
});

it('a trunk group that is named "Expired token" ends no session', async () => {
	await odin.restart();
	const key = { ...GROUP, trunkGroup: 'Expired token' };
	odin.network.addTrunkGroup({ ...GROUP, name: 'Not logged in' });
	await odin.all('trunkGroup.create', { ...GROUP, name: 'Expired token' });
	await odin.all('trunkGroup.get', key);
	await odin.all('trunkGroup.getAll', GROUP);
	const complaint = await odin.complaint('trunkGroup.create', { ...GROUP, name: 'Not logged in' });
	expect(complaint).toContain('Not logged in');
	expect(loginsSent()).toBe(0);
});

/** For a 403 that means a lack of rights, the words of which tell nothing. */
const FORBIDDEN: Fault = { kind: 'status', status: 403, body: { error: 'Forbidden' } };

describe('tokens that live shorter than the batch', () => {
	it.each([401, 403] as const)(
		'fail no item, and are renewed once an expiry: HTTP %i',
		async (expiredTokenStatus) => {
			await odin.restart({ expiredTokenStatus, tokenLifetimeMs: 700, latencyMs: 20 });
			const startedAt = Date.now();
			const run = await odin.run(
				'trunkGroup.upsert',
				{ ...NAMED, options: { concurrency: 20, requestsPerSecond: 40 } },
				{ items: named(50) },
			);
			const lifetimes = (Date.now() - startedAt) / 700;
			expect(said(run)).toBe('');
			expect(jsonOf(run.output[0])).toHaveLength(50);
			expect(writesOf(200)).toBe(50);
			expect(loginsSent()).toBeGreaterThanOrEqual(2);
			expect(loginsSent()).toBeLessThanOrEqual(lifetimes + 1);
		},
	);

	it('that end again before the second try are renewed again, whatever words Odin has for it', async () => {
		await odin.restart({ expiredTokenStatus: 403 });
		odin.simulator.revokeTokens();
		// That the first session is over reaches the slow item when the other one has renewed it; then this one ends too.
		let toSlow = 0;
		odin.simulator.injectFault(({ path, body }) => {
			if (path !== PATH || (body as Json).name !== 'slow') return undefined;
			toSlow += 1;
			if (toSlow === 1) return { kind: 'slowBody', paceMs: 20 };
			if (toSlow > 2) return undefined;
			odin.simulator.revokeTokens();
			return FORBIDDEN;
		});
		const run = await odin.run(
			'trunkGroup.create',
			{ ...NAMED, options: { maxRetries: 0 } },
			{ items: [{ name: 'fast' }, { name: 'slow' }] },
		);
		expect(said(run)).toBe('');
		expect([toSlow, loginsSent()]).toEqual([3, 2]);
	});
});

/** Another program logs in with the same user, which ends the session of the node. */
async function logInElsewhere(): Promise<void> {
	const { baseUrl, username, password } = odin.simulator;
	await fetch(`${baseUrl}/auth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ username, password }),
	});
}

const sessionsAsked = () =>
	odin.simulator.requests.filter(({ path }) => path === '/auth/session').length;

describe.each([401, 403] as const)('another program with the same user: HTTP %i', (status) => {
	beforeEach(async () => await odin.restart({ expiredTokenStatus: status, singleSession: true }));

	it.each([1, 2])(
		'that ends a new session before its first request, %i times, fails no item',
		async (times) => {
			odin.simulator.revokeTokens();
			odin.simulator.injectFault(({ path }) => {
				if (path === PATH && loginsSent() >= 1 && loginsSent() <= times) {
					odin.simulator.revokeTokens();
				}
				return undefined;
			});
			const run = await odin.run(
				'trunkGroup.create',
				{ ...NAMED, options: { concurrency: 1 } },
				{ items: named(3) },
			);
			expect(said(run)).toBe('');
			expect(writesOf(200)).toBe(3);
			expect(loginsSent()).toBe(1 + times);
		},
	);

	it('that works beside the node fails no item, and does not make it say that rights are missing', async () => {
		odin.simulator.configure({ latencyMs: 5 });
		odin.simulator.revokeTokens();
		let isDone = false;
		const other = (async () => {
			for (let logins = 0; logins < 6 && !isDone; logins += 1) {
				await logInElsewhere();
				await new Promise((resolve) => setTimeout(resolve, 150));
			}
		})();
		const run = await odin.run(
			'trunkGroup.create',
			{ ...NAMED, options: { concurrency: 5 } },
			{ items: named(60), node: { onError: 'continueRegularOutput' } },
		);
		isDone = true;
		await other;
		expect(said(run)).toBe('');
		expect(writesOf(200)).toBe(60);
	});

	it('that never lets a session live is told as such, once something was allowed', async () => {
		await odin.all('serviceProvider.getAll');
		odin.forget();
		let posts = 0;
		odin.simulator.injectFault(({ method, path }) => {
			if (method !== 'POST' || path !== PATH) return undefined;
			posts += 1;
			if (posts > 3) odin.simulator.revokeTokens();
			return undefined;
		});
		const run = await odin.run(
			'trunkGroup.create',
			{ ...NAMED, options: { concurrency: 1, maxRetries: 1 } },
			{ items: named(12), node: { onError: 'continueRegularOutput' } },
		);
		const ended = outcomes(run).slice(3);
		expect(ended).toEqual(ended.map(() => expect.stringContaining('rejected the session token')));
		expect(said(run)).not.toContain('does not allow administrator');
		// One an item, and one more for the retry of the first.
		expect(loginsSent()).toBeLessThanOrEqual(9 + 1);
	});
});

const forbid = (isForbidden: (name: string) => boolean) =>
	odin.simulator.injectFault(({ method, path, body }) =>
		method === 'POST' && path === PATH && isForbidden(String((body as Json | undefined)?.name))
			? FORBIDDEN
			: undefined,
	);

const outcomes = (run: RunResult): string[] =>
	jsonOf(run.output[0]).map(({ name, error }) => String(name ?? error));

describe('missing rights', () => {
	it.each([401, 403] as const)(
		'of all items, twenty at once, cost one login: an ended session is HTTP %i',
		async (expiredTokenStatus) => {
			await odin.restart({ expiredTokenStatus, latencyMs: 10 });
			forbid(() => true);
			const run = await odin.run(
				'trunkGroup.create',
				{ ...NAMED, options: { concurrency: 20 } },
				{ items: named(60), node: { onError: 'continueRegularOutput' } },
			);
			expect(loginsSent()).toBe(1);
			expect(outcomes(run)).toEqual(
				named(60).map((_, item) =>
					expect.stringMatching(
						new RegExp(`^Item ${item}: Odin does not allow administrator 'odin-admin' .*HTTP 403`),
					),
				),
			);
			// Twenty were sent with the old session too.
			expect(odin.writes().length).toBeLessThanOrEqual(60 + 20);
		},
	);

	it.each([401, 403] as const)(
		'of some items fail no other, also when the session ends: HTTP %i',
		async (expiredTokenStatus) => {
			await odin.restart({ expiredTokenStatus, latencyMs: 10 });
			let posts = 0;
			odin.simulator.injectFault(({ method, path, body }) => {
				if (method !== 'POST' || path !== PATH) return undefined;
				posts += 1;
				// After Odin was seen to have the session, and again later.
				if (posts === 25 || posts === 40) odin.simulator.revokeTokens();
				return Number(String((body as Json).name).slice(1)) % 3 === 0 ? FORBIDDEN : undefined;
			});
			const run = await odin.run(
				'trunkGroup.create',
				{ ...NAMED, options: { concurrency: 5, maxRetries: 0 } },
				{ items: named(45), node: { onError: 'continueRegularOutput' } },
			);
			expect(outcomes(run)).toEqual(
				named(45).map(({ name }, item) =>
					item % 3 === 0 ? expect.stringContaining('does not allow administrator') : name,
				),
			);
			// One for the first 403, one for each end of the session.
			expect(loginsSent()).toBeLessThanOrEqual(3);
		},
	);

	it('are told in the words of a read-only administrator, and once', async () => {
		// So that all twenty are sent before the first is answered, on a slow machine as well.
		await odin.restart({ administrator: { readOnly: true }, latencyMs: 300 });
		const run = await odin.run(
			'trunkGroup.create',
			{ ...NAMED, options: { concurrency: 20 } },
			{ items: named(20), node: { onError: 'continueRegularOutput' } },
		);
		expect(outcomes(run)).toEqual(
			named(20).map((_, item) =>
				expect.stringContaining(`Item ${item}: Administrator 'odin-admin' is read-only`),
			),
		);
		expect(loginsSent()).toBe(1);
		expect(sessionsAsked()).toBe(1);
	});
});
