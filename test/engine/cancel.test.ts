/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startSimulator, type Simulator } from '../../simulator';
import { Engine } from './harness';

const ITEMS = 30;
/** As many items are under way at once. */
const CONCURRENCY = 5;

let simulator: Simulator;
let engine: Engine;

beforeAll(async () => {
	simulator = await startSimulator({ strict: true, latencyMs: 30 });
	const { baseUrl, username, password } = simulator;
	engine = await Engine.start({ credentials: { baseUrl, username, password } });
});

afterAll(async () => {
	await engine.stop();
	await simulator.close();
});

const posts = (): number =>
	simulator.requests.filter(({ method, path }) => method === 'POST' && path !== '/auth/token')
		.length;

/** The moment at which Odin has seen the first create. */
async function firstCreate(): Promise<void> {
	while (posts() === 0) await new Promise<void>((resolve) => setImmediate(resolve));
}

describe('after Stop', () => {
	it.each([false, true])('no request starts, with Retry On Fail: %s', async (retryOnFail) => {
		simulator.clearRequests();
		const stop = new AbortController();
		const run = engine.run({
			items: Array.from({ length: ITEMS }, (_, index) => ({
				name: `stopped-${String(retryOnFail)}-${index}`,
			})),
			parameters: {
				resource: 'trunkGroup',
				operation: 'create',
				serviceProviderId: 'acme-ent',
				groupId: 'acme-hq',
				name: '={{ $json.name }}',
			},
			node: { retryOnFail, maxTries: 3, waitBetweenTries: 1 },
			signal: stop.signal,
		});
		await firstCreate();
		stop.abort();
		const { status } = await run;
		expect(status).toBe('canceled');
		// Those under way may still arrive; nothing is sent, repeated or read back after them.
		expect(posts()).toBeLessThanOrEqual(CONCURRENCY);
		expect(simulator.requests.filter(({ method }) => method === 'GET')).toEqual([]);
	});
});
