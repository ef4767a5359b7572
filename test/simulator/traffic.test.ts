/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Agent, request } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';

import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { RequestRate } from '../../simulator/exchange/requestRate';
import { CERTIFICATE, KEY } from './certificate';
import { createBody, HQ } from './documentedTrunkGroup';
import { clientOf, logIn } from './odinClient';

const PATH = '/groups/trunk-groups';

let simulator: Simulator;

async function start(options: SimulatorOptions = {}) {
	simulator = await startSimulator(options);
	const client = await logIn(simulator);
	simulator.clearRequests();
	return client;
}

afterEach(async () => await simulator.close());

test('every request is recorded as it was sent, in order of arrival', async () => {
	const client = await start();
	const body = createBody({ sipAuthenticationPassword: 'Secret123', maxActiveCalls: '5' });
	await client.post(PATH, body);
	await client.get(PATH, { ...HQ, name: 'ä & b' });
	await client.get('/no/such/path');
	expect(simulator.requests).toHaveLength(3);
	const [post, get, unknown] = simulator.requests;
	expect(post).toMatchObject({ method: 'POST', path: PATH, query: {}, body, status: 200 });
	expect(post?.headers.authorization).toBe(`Bearer ${client.token}`);
	expect(post?.endedAt).toBeGreaterThanOrEqual(post?.startedAt ?? Infinity);
	expect(get).toMatchObject({ query: { ...HQ, name: 'ä & b' }, body: undefined, status: 404 });
	expect(unknown).toMatchObject({ path: '/no/such/path', status: 404 });
	simulator.clearRequests();
	expect(simulator.requests).toEqual([]);
});

test('an unknown path and a broken body are errors of Odin in JSON', async () => {
	const client = await start();
	const shape = {
		error: expect.any(String),
		status: expect.any(Number),
		details: expect.any(String),
	};
	const unknown = await client.get('/no/such/path');
	expect([unknown.status, unknown.data]).toEqual([404, shape]);
	expect((await clientOf(simulator).get('/no/such/path')).status).toBe(404);
	const broken = await client.request({
		method: 'POST',
		url: PATH,
		data: '{"half',
		headers: { 'content-type': 'application/json' },
	});
	expect([broken.status, broken.data]).toEqual([400, shape]);
	const outside = await client.request({ baseURL: simulator.url, url: '/' });
	expect(outside.status).toBe(404);
});

test('bodies up to 20 MB are taken', async () => {
	const client = await start();
	const filler = (megabytes: number) => ({ filler: 'x'.repeat(megabytes * 1024 * 1024) });
	expect((await client.post(PATH, createBody(filler(19)))).status).toBe(200);
	const tooLarge = await client.post(PATH, createBody(filler(20))).catch(() => ({ status: 413 }));
	expect(tooLarge.status).toBe(413);
});

test('the peak counts requests that are under way together', async () => {
	const client = await start();
	for (let i = 0; i < 5; i++) await client.get(PATH, HQ);
	expect(simulator.peakInFlight()).toBe(1);
	simulator.clearRequests();
	expect(simulator.peakInFlight()).toBe(0);
	simulator.addFault({ kind: 'hang', times: Infinity });
	const hanging = Array.from({ length: 7 }, async () => await client.get(PATH, HQ));
	while (simulator.requests.length < 7) await pause(1);
	expect(simulator.peakInFlight()).toBe(7);
	simulator.clearRequests();
	expect(simulator.peakInFlight()).toBe(7);
	await simulator.close();
	await Promise.allSettled(hanging);
});

test('latency delays the answer; what was asked has happened before', async () => {
	const client = await start();
	simulator.configure({ latencyMs: 1 });
	expect((await client.get(PATH, HQ)).status).toBe(200);
	simulator.clearRequests();
	simulator.configure({ latencyMs: 10 * 60 * 1000 });
	const answer = client.post(PATH, createBody()).catch(() => 'no answer');
	while (simulator.network.trunkGroups('acme-ent', 'acme-hq').length === 0) await pause(1);
	expect(simulator.requests).toMatchObject([{ status: null, endedAt: null }]);
	await simulator.close();
	expect(await answer).toBe('no answer');
});

test('the rate limit is a bucket that fills evenly', () => {
	const rate = new RequestRate();
	const admitted = (count: number, now: number) =>
		Array.from({ length: count }, () => {
			try {
				rate.admit({ requestsPerSecond: 2 }, now);
				return true;
			} catch {
				return false;
			}
		}).filter(Boolean).length;
	expect([admitted(5, 10_000), admitted(5, 10_500), admitted(5, 10_600)]).toEqual([2, 1, 0]);
	expect([admitted(5, 11_000), admitted(5, 99_000)]).toEqual([1, 2]);
});

test.each([
	['seconds', /^[1-9]\d*$/],
	['date', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/],
	['none', undefined],
] as const)(
	'beyond the rate limit the answer is 429, retry-after in %s',
	async (retryAfter, shape) => {
		const client = await start();
		simulator.configure({ rateLimit: { requestsPerSecond: 3, retryAfter } });
		const answers = await Promise.all(
			Array.from({ length: 40 }, async () => await client.get(PATH, HQ)),
		);
		const refused = answers.filter(({ status }) => status === 429);
		expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
		expect(refused.length).toBeGreaterThan(0);
		for (const { data, headers } of refused) {
			expect(data.status).toBe(429);
			if (shape) expect(headers['retry-after']).toMatch(shape);
			else expect(headers).not.toHaveProperty('retry-after');
		}
		simulator.configure({ rateLimit: undefined });
		expect((await client.get(PATH, HQ)).status).toBe(200);
	},
);

test('a closed simulator frees its port, which a second one can take', async () => {
	await start();
	const { url } = simulator;
	const port = Number(new URL(url).port);
	await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	await simulator.close();
	simulator = await startSimulator({ port });
	expect(simulator.url).toBe(url);
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	expect(simulator.baseUrl).toBe(`${url}/api/v2`);
});

test('two simulators share nothing', async () => {
	const client = await start();
	const other = await startSimulator();
	await client.post(PATH, createBody());
	expect(other.network.trunkGroups('acme-ent', 'acme-hq')).toEqual([]);
	expect((await clientOf(other, client.token).get('/auth/session')).status).toBe(401);
	await other.close();
});

test('it speaks https with the certificate it is given', async () => {
	simulator = await startSimulator({ https: { key: KEY, cert: CERTIFICATE } });
	expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
	const agent = new Agent({ ca: CERTIFICATE });
	const status = await new Promise((resolve, reject) => {
		request(`${simulator.baseUrl}/auth/session`, { agent }, (answer) => resolve(answer.statusCode))
			.on('error', reject)
			.end();
	});
	expect(status).toBe(401);
	agent.destroy();
});
