import type { Fault, FaultRule, RecordedRequest } from '../../simulator';
import { useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PATH = '/groups/trunk-groups';
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `t${i}` }));

const odin = useOdin({ loggedIn: true });

const NOW = { 'retry-after': '0' };
const BUSY: Fault = { kind: 'status', status: 429, headers: NOW };
const refusedWith = (...statuses: number[]): RecordedRequest[] =>
	odin.simulator.requests.filter(({ status }) => statuses.includes(status ?? 0));

/** How many requests came within so many milliseconds after the first of these answers. */
function cameWithin(milliseconds: number, refused: RecordedRequest[]): number {
	const at = Math.min(...refused.map(({ endedAt }) => endedAt ?? Infinity));
	return odin.simulator.requests.filter(
		({ startedAt }) => startedAt > at && startedAt < at + milliseconds,
	).length;
}

describe('Retry-After', () => {
	it.each([
		['in seconds', () => '1'],
		// A date has whole seconds.
		['as a date', () => new Date(Date.now() + 2000).toUTCString()],
	])('holds back all that is under way: %s', async (_, value) => {
		odin.simulator.configure({ latencyMs: 5 });
		odin.simulator.injectFault(({ sequence }) => {
			const isBusy = sequence === 12;
			return isBusy ? { ...BUSY, headers: { 'retry-after': value() } } : undefined;
		});
		const options = { concurrency: 8, maxRetries: 1 };
		const done = await odin.all('trunkGroup.create', { ...NAMED, options }, { items: named(40) });
		expect(done).toHaveLength(40);
		expect(odin.requests()).toHaveLength(41);
		expect(refusedWith(429)).toHaveLength(1);
		// Those that were under way already.
		expect(cameWithin(1000, refusedWith(429))).toBeLessThan(options.concurrency);
	});

	it('holds back logins and all that waits for one, when the login is refused', async () => {
		odin.simulator.revokeTokens();
		odin.simulator.addFault({
			path: '/auth/token',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '1' },
		});
		// Some learn of the ended session only after the login was refused.
		odin.simulator.addFault({ kind: 'slowBody', paceMs: 10, path: PATH, skip: 3, times: 2 });
		const done = await odin.all('trunkGroup.create', NAMED, { items: named(10) });
		expect(done).toHaveLength(10);
		expect(odin.simulator.logins()).toBe(2);
		expect(refusedWith(429)).toHaveLength(1);
		expect(cameWithin(1000, refusedWith(429))).toBe(0);
	});

	it('of the longest wish counts, also where a shorter one comes later', async () => {
		const wishes = ['2', '1'];
		odin.simulator.configure({ latencyMs: 20 });
		odin.simulator.injectFault(({ method }) => {
			const wish = method === 'POST' ? wishes.shift() : undefined;
			return wish === undefined ? undefined : { ...BUSY, headers: { 'retry-after': wish } };
		});
		await odin.all('trunkGroup.create', NAMED, { items: named(4) });
		expect(refusedWith(429)).toHaveLength(2);
		const at = Math.min(...refusedWith(429).map(({ endedAt }) => endedAt ?? Infinity));
		const retries = odin.requests().slice(4);
		expect(retries).toHaveLength(2);
		for (const { startedAt } of retries) expect(startedAt).toBeGreaterThanOrEqual(at + 2000);
	});

	it.each([429, 503])('of an hour is not waited for but told: HTTP %i', async (status) => {
		odin.simulator.addFault({ kind: 'status', status, headers: { 'retry-after': '3600' } });
		const complaint = await odin.complaint('trunkGroup.create', NAMED, { items: named(1) });
		expect(odin.requests()).toHaveLength(1);
		expect(complaint).toMatch(
			/Odin asks n8n to wait 3600 seconds; the node waits 120 seconds at most/,
		);
		// A proxy may answer 503 for an Odin that did what it was asked.
		expect(complaint.includes('Nothing was done')).toBe(status === 429);
		expectPlainWords(complaint, 'There has been an error.');
	});

	it('of an hour is told where the login meets it', async () => {
		odin.simulator.revokeTokens();
		odin.simulator.addFault({
			path: '/auth/token',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '3600' },
		});
		const complaint = await odin.complaint('trunkGroup.create', NAMED, { items: named(1) });
		expect(complaint).toContain('Odin asks n8n to wait 3600 seconds');
		expect(odin.simulator.requests.map(({ status }) => status)).toEqual([401, 429]);
	});
});

describe('Retry-After without any sense', () => {
	it.each(['99999999999999999999', '9'.repeat(400)])('is told in words: %s', async (value) => {
		const headers = { 'retry-after': value };
		odin.simulator.addFault({ kind: 'status', status: 429, headers });
		const busy = await odin.complaint('trunkGroup.create', NAMED, { items: named(1) });
		expect(busy).toContain(
			'Odin asks n8n to wait more than a day; the node waits 120 seconds at most',
		);
		odin.simulator.revokeTokens();
		odin.simulator.addFault({ path: '/auth/token', kind: 'status', status: 429, headers });
		const login = await odin.complaint('trunkGroup.create', NAMED, { items: named(1) });
		expect(login).toContain('Odin asks n8n to wait more than a day.');
	});
});

const KEY = { ...GROUP, trunkGroup: 'plant' };
const NEW = { ...GROUP, name: 'x' };
const failing = (status: number): Fault => ({ kind: 'status', status, headers: NOW });

const CASES: Array<[operation: string, parameters: Json, method: string, fault: Fault]> = [
	['create', NEW, 'POST', BUSY],
	['get', KEY, 'GET', BUSY],
	['getAll', GROUP, 'GET', { kind: 'html', status: 502, headers: NOW }],
	['update', { ...KEY, callCapacity: { maxActiveCalls: 3 } }, 'PUT', failing(500)],
	['delete', KEY, 'DELETE', failing(504)],
	['upsert', NEW, 'POST', failing(503)],
	// Lost answers, each with a look whether the trunk group is there.
	['create', NEW, 'POST', failing(500)],
	['create', NEW, 'POST', failing(499)],
];

describe('Max Retries', () => {
	it.each([0, 1, 3].flatMap((maxRetries) => CASES.map((one) => [maxRetries, ...one] as const)))(
		'%i is how often a request is sent again: %s %j, %s, %j',
		async (maxRetries, operation, parameters, method, fault) => {
			odin.network.addTrunkGroup({ ...GROUP, name: 'plant' });
			const rule: FaultRule = { ...fault, method, path: PATH, times: Infinity };
			odin.simulator.addFault(rule);
			const run = await odin.run(`trunkGroup.${operation}`, {
				...parameters,
				options: { maxRetries },
			});
			expect(run.status).toBe('error');
			const sent = odin.requests().filter((one) => one.method === method && one.path === PATH);
			expect(sent).toHaveLength(1 + maxRetries);
		},
	);

	it('bounds a create that meets a busy Odin and lost answers in turn', async () => {
		let posts = 0;
		odin.simulator.injectFault(({ method }) => {
			if (method !== 'POST') return undefined;
			posts += 1;
			return { kind: 'status', status: posts % 2 === 1 ? 429 : 500, headers: NOW };
		});
		const complaint = await odin.complaint('trunkGroup.create', {
			...GROUP,
			name: 'x',
			options: { maxRetries: 3 },
		});
		expect(posts).toBe(4);
		// Two of the four answers were lost.
		expect(complaint).toContain(
			'Tried 2 times; after the last attempt the trunk group did not exist',
		);
	});
});
