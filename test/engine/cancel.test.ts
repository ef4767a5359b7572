/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { RunResult } from './harness';
import { loadN8n } from './harness/mainRealm';
import { useOdin, type Json } from './support/odinRuns';

const ITEMS = 30;
/** As many items are under way at once. */
const CONCURRENCY = 5;

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PATH = '/groups/trunk-groups';
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const EXISTING = { ...GROUP, trunkGroup: '={{ $json.name }}' };
const names = Array.from({ length: ITEMS }, (_, i) => `t${i}`);

/** Longer than a test may take. */
const LONG = { 'retry-after': '100' };

const odin = useOdin({ switches: { latencyMs: 20 }, loggedIn: true, realTime: true });

const turn = async (milliseconds = 0): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Stopped extends RunResult {
	/** What the node logs for the user */
	told: string;
	/** What Odin had not answered yet when the node ended */
	unanswered: string[];
}

/** Runs an operation over the items and stops it once `isTime`, and a moment later. */
async function stopped(
	operation: string,
	parameters: Json,
	isTime: () => boolean,
	more: { retryOnFail?: boolean; waitBetweenTries?: number; items?: Json[] } = {},
): Promise<Stopped> {
	const stop = new AbortController();
	const {
		retryOnFail = false,
		waitBetweenTries = 1,
		items = names.map((name) => ({ name })),
	} = more;
	const running = odin.run(`trunkGroup.${operation}`, parameters, {
		items,
		node: { retryOnFail, maxTries: 3, waitBetweenTries },
		signal: stop.signal,
	});
	while (!isTime()) await turn();
	await turn(40);
	stop.abort();
	const run = await running;
	const unanswered = odin.simulator.requests
		.filter(({ endedAt }) => endedAt === undefined)
		.map(({ path }) => path);
	const told = run.logs.filter((line) => line.startsWith("warn: Node 'Odin' was cancelled"));
	const result = { ...run, told: told[0] ?? '', unanswered };
	// n8n calls the node again after Stop when Retry On Fail is on (n8n-core 2.40); that try has nothing to tell.
	expect(told).toHaveLength(1);
	expect(run.status).toBe('canceled');
	// Time for whatever might still be sent.
	const seen = odin.simulator.requests.length;
	await turn(100);
	expect(odin.simulator.requests).toHaveLength(seen);
	return result;
}

const sent = (method: string, path = PATH): number =>
	odin.simulator.requests.filter((one) => one.method === method && one.path === path).length;

describe('after Stop', () => {
	it.each([false, true])(
		'no request starts and none is read back, with Retry On Fail: %s',
		async (retryOnFail) => {
			// So long that no answer comes before the stop, however busy the machine is.
			odin.simulator.configure({ latencyMs: 10_000 });
			const { told } = await stopped('create', NAMED, () => sent('POST') >= 3, { retryOnFail });
			// Those under way may still arrive.
			expect(sent('POST')).toBeLessThanOrEqual(CONCURRENCY);
			expect(sent('GET')).toBe(0);
			expect(told).toContain("Outcome unknown: trunk group 't0' (item 0), 't1' (item 1)");
			expect(told).toContain('Nothing was done');
			expect(told).toContain(`Not tried: items 5 to 29 (25 of ${ITEMS})`);
		},
	);

	it('the log names all that was done, also more than ten', async () => {
		odin.simulator.addFault({ kind: 'hang', name: 't20', times: Infinity });
		const options = { concurrency: 1 };
		const { told } = await stopped('create', { ...NAMED, options }, () => sent('POST') === 21);
		expect(told).toMatch(/Outcome unknown: trunk group 't20' \(item 20\) [^;]*\. Done: /);
		const [, done = ''] = told.split('Done: ');
		const named = [...done.matchAll(/'(t\d+)' \(/g)].map(([, name]) => name);
		expect(named).toEqual(names.slice(0, 20));
		expect(told).toContain(`Not tried: items 21 to 29 (9 of ${ITEMS})`);
	});

	it.each([429, 503])('a pause that Odin asked for ends at once: HTTP %i', async (status) => {
		odin.simulator.injectFault(({ method }) =>
			method === 'POST' ? { kind: 'status', status, headers: LONG } : undefined,
		);
		const { told } = await stopped('create', NAMED, () => sent('POST') === CONCURRENCY);
		expect(sent('POST')).toBe(CONCURRENCY);
		expect(told).toContain('Nothing was done');
	});

	it('the preparation ends, and nothing is sent', async () => {
		const { prototype } = loadN8n().workflow.Expression;
		const evaluate = prototype.resolveSimpleParameterValue;
		const stop = new AbortController();
		let evaluated = 0;
		const spy = jest.spyOn(prototype, 'resolveSimpleParameterValue').mockImplementation(function (
			this: typeof prototype,
			...args
		) {
			if (String(args[0]).startsWith('=')) {
				// Like a click that waits for its turn while n8n is busy.
				if (evaluated === 0) setTimeout(() => stop.abort(), 0);
				evaluated += 1;
				const end = performance.now() + 5;
				while (performance.now() < end);
			}
			return evaluate.apply(this, args);
		});
		const items = Array.from({ length: 300 }, (_, i) => ({ name: `t${i}` }));
		const byCode = { ...NAMED, name: '={{ $json.name.trim() }}' };
		const { status, logs } = await odin.run('trunkGroup.create', byCode, {
			items,
			signal: stop.signal,
		});
		spy.mockRestore();
		expect(status).toBe('canceled');
		expect(evaluated).toBeLessThan(items.length);
		expect(odin.simulator.requests).toEqual([]);
		expect(logs.join('\n')).toContain(
			"Node 'Odin' was cancelled. No outcome is unknown. Nothing was done. Not tried: items 0 to 299 (300 of 300)",
		);
	});

	it('a wait before another try ends at once, and what was lost before is told as unknown', async () => {
		odin.simulator.addFault({ kind: 'status', status: 500, headers: LONG, method: 'POST' });
		const { told } = await stopped('create', NAMED, () => sent('GET') === 1, {
			items: [{ name: 't0' }],
		});
		expect([sent('POST'), sent('GET')]).toEqual([1, 1]);
		expect(told).toMatch(/Outcome unknown: trunk group 't0'.*Every item was tried/);
	});

	it('the wait for Requests per Second ends at once', async () => {
		const options = { requestsPerSecond: 1, concurrency: 20 };
		const { told } = await stopped('create', { ...NAMED, options }, () => sent('POST') === 1);
		expect(sent('POST')).toBe(1);
		expect(told).toContain('Not tried: items 1 to 29 (29 of 30)');
	});

	it.each(['hang', 'slowBody'] as const)(
		'a login under way is not waited for, and nothing is sent after it: %s',
		async (kind) => {
			odin.simulator.revokeTokens();
			// So long that all are sent before the first is refused, however busy the machine is.
			odin.simulator.configure({ latencyMs: 500 });
			odin.simulator.addFault({ path: '/auth/token', kind, paceMs: 10, times: Infinity });
			const areRefused = () =>
				odin.simulator.requests.every(({ path, endedAt }) => path === '/auth/token' || endedAt);
			const { told } = await stopped(
				'create',
				NAMED,
				() => sent('POST', '/auth/token') === 1 && areRefused(),
			);
			// Longer than the slow answer of the login takes.
			await turn(1200);
			expect(sent('POST')).toBe(CONCURRENCY);
			// Those were all refused with the old session, so nothing is open.
			expect(told).toContain('No outcome is unknown');
			expect(told).toContain(`Not tried: items 0 to 29 (30 of ${ITEMS})`);
		},
	);

	it('between two tries of Retry On Fail the log names what the first one did', async () => {
		odin.simulator.addFault({ kind: 'status', status: 400, method: 'POST', name: 't2' });
		odin.simulator.addFault({ kind: 'lostAnswer', method: 'POST', name: 't1' });
		odin.simulator.addFault({ kind: 'status', status: 504, method: 'GET', name: 't1' });
		const options = { concurrency: 3, maxRetries: 0 };
		const { told } = await stopped(
			'create',
			{ ...NAMED, options },
			() => sent('POST') === 3 && sent('GET') === 1,
			{
				retryOnFail: true,
				waitBetweenTries: 2000,
				items: names.slice(0, 3).map((name) => ({ name })),
			},
		);
		expect([sent('POST'), sent('GET')]).toEqual([3, 1]);
		expect(told).toMatch(
			/Outcome unknown: trunk group 't1' \(item 1\) [^;]*\. Done: trunk group 't0' \(item 0\) [^;]*\. Every item was tried/,
		);
	});

	it('reading leaves nothing open', async () => {
		for (const name of names) odin.network.addTrunkGroup({ ...GROUP, name });
		odin.simulator.configure({ latencyMs: 200 });
		for (const [operation, parameters] of [
			['delete', EXISTING],
			['upsert', NAMED],
		] as const) {
			odin.forget();
			const { told } = await stopped(operation, parameters, () => sent('GET') === CONCURRENCY);
			expect(odin.writes()).toEqual([]);
			expect(told).toContain('No outcome is unknown');
			expect(told).toContain(`Not tried: items 0 to 29 (30 of ${ITEMS})`);
		}
	});

	it('an update whose answer got lost stays unknown while the next try of it waits', async () => {
		odin.network.addTrunkGroup({ ...GROUP, name: 't0' });
		odin.network.addTrunkGroup({ ...GROUP, name: 't1' });
		// The first try is lost; the pause that another one asks for keeps the second from being sent.
		odin.simulator.addFault({ kind: 'status', status: 500, method: 'PUT', name: 't0' });
		odin.simulator.addFault({ kind: 'slowBody', paceMs: 60, method: 'PUT', name: 't1' });
		odin.simulator.injectFault(({ method }) =>
			method === 'PUT' ? { kind: 'status', status: 429, headers: LONG } : undefined,
		);
		const { told } = await stopped(
			'update',
			{ ...EXISTING, callCapacity: { maxActiveCalls: 4 } },
			() => sent('PUT') >= 3,
			{ items: [{ name: 't0' }, { name: 't1' }] },
		);
		expect(told).toContain("Outcome unknown: trunk group 't0'");
	});

	it('a trunk group that was cleared of its users is told, though not deleted', async () => {
		odin.network.addTrunkGroup({ ...GROUP, name: 't0', pilotUserId: 'pilot@example.com' });
		const options = { force: true, requestsPerSecond: 5 };
		// The profile, the users, two for who refers to it, the clearing; the deletion has to wait for the next second.
		const { told } = await stopped('delete', { ...EXISTING, options }, () => sent('PUT') === 1, {
			items: [{ name: 't0' }],
		});
		expect(sent('DELETE')).toBe(0);
		expect(told).toContain("Outcome unknown: trunk group 't0'");
	});
});
