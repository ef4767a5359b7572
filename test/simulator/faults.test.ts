import type { FaultKind, FaultRule } from '../../simulator';
import { createBody, HQ } from './documentedTrunkGroup';
import type { Answer } from './odinClient';
import { useSimulator } from './useSimulator';

const PATH = '/groups/trunk-groups';
const KEY = { ...HQ, name: 'acme-hq-trunk-1' };
const ON_CREATE = { method: 'POST', path: PATH };

const odin = useSimulator(({ simulator }) => simulator.clearRequests());

const happened = () =>
	odin.simulator.network.trunkGroup(KEY.serviceProviderId, KEY.groupId, KEY.name) !== undefined;
const recorded = () =>
	odin.simulator.requests.map(({ method, path, status }) => ({ method, path, status }));

async function createWith(rule: FaultRule): Promise<Answer | string> {
	odin.simulator.addFault({ ...ON_CREATE, ...rule });
	return await odin.client.post(PATH, createBody()).catch((error: { code: string }) => error.code);
}

test.each<[FaultRule, boolean, number]>([
	[{ kind: 'status' }, false, 500],
	[{ kind: 'status', status: 503, headers: { 'retry-after': '7' } }, false, 503],
	[{ kind: 'html' }, false, 502],
	[{ kind: 'html', status: 200 }, false, 200],
	[{ kind: 'redirect' }, false, 302],
	[{ kind: 'redirect', status: 307, location: 'https://elsewhere.example.net/x' }, false, 307],
	[{ kind: 'noise' }, false, 200],
	[{ kind: 'errorIn200' }, false, 200],
	[{ kind: 'slowBody', paceMs: 1 }, true, 200],
	[{ kind: 'truncated' }, true, 200],
	[{ kind: 'empty' }, true, 200],
	[{ kind: 'status', status: 204 }, false, 204],
	[{ kind: 'empty', status: 201 }, true, 201],
	[{ kind: 'empty', status: 204 }, true, 204],
	[{ kind: 'answerAfterWrite', body: { success: false } }, true, 200],
	[{ kind: 'answerAfterWrite', status: 409, body: { error: 'Identity x is in use' } }, true, 409],
	[{ kind: 'answerAfterWrite', status: 500, body: 'no JSON' }, true, 500],
	[{ kind: 'ignored' }, false, 200],
	[{ kind: 'oldProfile' }, true, 200],
	[{ kind: 'gatewayAfterWrite' }, true, 502],
	[{ kind: 'gatewayAfterWrite', status: 504 }, true, 504],
])('%j: the write happens %s, the answer is %i', async (rule, writes, status) => {
	const answer = await createWith(rule);
	expect(happened()).toBe(writes);
	expect(answer).toMatchObject({ status });
	expect(recorded()).toEqual([{ ...ON_CREATE, status }]);
	expect(odin.simulator.requests[0]?.body).toEqual(createBody());
	expect((await odin.client.get(PATH, HQ)).status).toBe(200);
});

test.each<[FaultKind, boolean]>([
	['reset', false],
	['lostAnswer', true],
])('%s breaks the connection; the write happens: %s', async (kind, writes) => {
	expect(await createWith({ kind })).toBe('ECONNRESET');
	expect(happened()).toBe(writes);
	expect(recorded()).toEqual([{ ...ON_CREATE, status: null }]);
	expect((await odin.client.get(PATH, HQ)).status).toBe(200);
});

test('cutBody breaks the connection in the middle of the answer, after the write', async () => {
	expect(await createWith({ kind: 'cutBody' })).toMatch(/^(ECONNRESET|ERR_BAD_RESPONSE)$/);
	expect(happened()).toBe(true);
});

test.each<[FaultKind, boolean]>([
	['hang', false],
	['hangAfterWrite', true],
])('%s never answers until the simulator closes; the write happens: %s', async (kind, writes) => {
	const answer = createWith({ kind });
	while (odin.simulator.requests.length === 0 || happened() !== writes) {
		await odin.client.get(PATH, HQ);
	}
	expect(odin.simulator.requests[0]).toMatchObject({ status: null, endedAt: null });
	expect(odin.simulator.peakInFlight()).toBe(2);
	await odin.simulator.close();
	expect(await answer).toBe('ECONNRESET');
	expect(happened()).toBe(writes);
});

describe('what the client gets to see', () => {
	test('status carries the body and headers of the rule, or an error of Odin', async () => {
		expect(
			await createWith({
				kind: 'status',
				status: 418,
				body: { any: 'thing' },
				headers: { 'x-a': 'b' },
			}),
		).toMatchObject({
			data: { any: 'thing' },
			headers: { 'x-a': 'b' },
		});
		expect(await createWith({ kind: 'status' })).toMatchObject({
			data: { error: expect.any(String), status: 500, details: expect.any(String) },
		});
		expect(await createWith({ kind: 'status', body: '' })).toMatchObject({ data: '' });
	});

	test('html and gatewayAfterWrite are pages', async () => {
		for (const kind of ['html', 'gatewayAfterWrite'] as const) {
			const answer = await createWith({ kind });
			expect(answer).toMatchObject({
				data: expect.stringMatching(/^<!DOCTYPE html>/),
				headers: { 'content-type': expect.stringMatching(/^text\/html/) },
			});
		}
	});

	test('truncated is half of the JSON under the headers of a whole answer', async () => {
		const answer = (await createWith({ kind: 'truncated' })) as Answer;
		const whole = JSON.stringify((await odin.client.get(PATH, KEY)).data);
		expect(answer.data).toBe(whole.slice(0, Math.floor(whole.length / 2)));
		expect(answer.headers['content-type']).toMatch(/^application\/json/);
	});

	test('slowBody is the whole answer in the end', async () => {
		const answer = (await createWith({ kind: 'slowBody', paceMs: 1 })) as Answer;
		expect(answer.data).toEqual((await odin.client.get(PATH, KEY)).data);
	});

	test('rewritten is what the rule makes of the answer', async () => {
		const headers = { 'content-type': 'text/html' };
		const rewrite = (text: string) => text.replace('"name"', '"nom"');
		const answer = (await createWith({ kind: 'rewritten', headers, rewrite })) as Answer;
		expect(answer.headers['content-type']).toBe('text/html');
		expect(answer.data).toMatchObject({ nom: createBody().name });
		expect(happened()).toBe(true);
	});

	test('slowBody outlives a client that does not wait for its beginning', async () => {
		odin.simulator.configure({ latencyMs: 200 });
		odin.simulator.addFault({ kind: 'slowBody', paceMs: 1 });
		const impatient = odin.client.request({ url: PATH, params: HQ, timeout: 50 });
		await expect(impatient).rejects.toMatchObject({ code: 'ECONNABORTED' });
		expect((await odin.client.get(PATH, HQ)).status).toBe(200);
	});

	test('empty is nothing at all, but a refusal stays a refusal', async () => {
		expect(await createWith({ kind: 'empty' })).toMatchObject({ data: '' });
		expect(await createWith({ kind: 'empty' })).toMatchObject({
			status: 400,
			data: { error: expect.stringContaining('already exists') },
		});
	});

	test('noise is 10 MB', async () => {
		odin.simulator.addFault({ kind: 'noise' });
		const { data } = await odin.client.request({
			url: PATH,
			params: HQ,
			responseType: 'arraybuffer',
		});
		expect((data as unknown as Buffer).length).toBe(10 * 1024 * 1024);
	});

	test('errorIn200 has the key error, redirect its location', async () => {
		expect(await createWith({ kind: 'errorIn200', body: { error: 'so' } })).toMatchObject({
			data: { error: 'so' },
		});
		expect(await createWith({ kind: 'errorIn200' })).toMatchObject({
			data: { error: expect.any(String) },
		});
		expect(await createWith({ kind: 'redirect', location: '/x' })).toMatchObject({
			headers: { location: '/x' },
		});
	});
});

test.each<[FaultRule, boolean, number]>([
	[{ kind: 'sessionEnded' }, false, 401],
	[{ kind: 'sessionEnded', status: 200 }, false, 200],
	[{ kind: 'sessionEnded', status: 400, body: { error: 'Invalid session' } }, false, 400],
	[{ kind: 'sessionEndedAfterWrite', status: 500 }, true, 500],
	[{ kind: 'sessionEndedAfterWrite', status: 409, body: { error: 'Not logged in' } }, true, 409],
])(
	'%j: the write happens %s, the answer is %i, the token is dead',
	async (rule, writes, status) => {
		expect(await createWith(rule)).toMatchObject({
			status,
			data: rule.body ?? { error: 'Expired token', status },
		});
		expect(happened()).toBe(writes);
		expect((await odin.client.get(PATH, HQ)).status).toBe(401);
	},
);

describe('what reads show of a write', () => {
	const shown = async (name = KEY.name) => (await odin.client.get(PATH, { ...HQ, name })).data;
	const put = async (fields: Record<string, unknown>) =>
		(await odin.client.put(PATH, { ...KEY, ...fields })).data;

	beforeEach(async () => await odin.client.post(PATH, createBody()));

	test('ignored: the answer is the profile of before, and nothing has changed', async () => {
		const before = await shown();
		odin.simulator.addFault({ kind: 'ignored', method: 'PUT', times: 2 });
		odin.simulator.addFault({ kind: 'ignored', method: 'DELETE' });
		expect(await put({ maxActiveCalls: 9, newName: 'renamed' })).toEqual(before);
		expect((await put({ maxActiveCalls: 1000 })).error).toMatch(/call capacity/);
		expect((await odin.client.delete(PATH, KEY)).status).toBe(200);
		expect(await shown()).toEqual(before);
	});

	test.each<[path: string, key: Record<string, string>, change: object]>([
		['/groups/devices', { ...HQ, deviceName: 'acme-sbc-1' }, { description: 'x' }],
		['/users', { userId: 'anna.adler@example.com' }, { title: 'x' }],
		['/groups/trunk-groups/call-capacity', HQ, { maxActiveCalls: 1 }],
		['/groups/dns', HQ, { dns: [{ min: '+1-5135550030', activated: true }] }],
		['/groups/services', HQ, { groupServices: [{ serviceName: 'Music On Hold', assigned: true }] }],
		[
			'/users/services',
			{ userId: 'anna.adler@example.com' },
			{ userServices: [{ serviceName: 'Authentication', assigned: true }] },
		],
	])('ignored and oldProfile hold for %s %j', async (path, key, change) => {
		const read = async () => (await odin.client.get(path, key)).data;
		const before = await read();
		const body = { ...key, ...change };
		odin.simulator.addFault({ kind: 'ignored', method: 'PUT', path });
		expect((await odin.client.put(path, body)).data).toEqual(before);
		expect(await read()).toEqual(before);
		odin.simulator.addFault({ kind: 'oldProfile', method: 'PUT', path });
		expect((await odin.client.put(path, body)).data).toEqual(before);
		expect(await read()).not.toEqual(before);
	});

	test('oldProfile: the answer is the profile of before, and the change is there', async () => {
		const before = await shown();
		odin.simulator.addFault({ kind: 'oldProfile', method: 'PUT' });
		expect(await put({ maxActiveCalls: 9 })).toEqual(before);
		expect(await shown()).toEqual({ ...before, maxActiveCalls: 9 });
	});

	test('readLag: reads show the network of before each write until its time is over', async () => {
		const now = jest.spyOn(Date, 'now');
		const start = Date.now();
		const after = (ms: number) => now.mockReturnValue(start + ms);
		try {
			after(0);
			odin.simulator.configure({ readLagMs: 300 });
			expect(await put({ maxActiveCalls: 9 })).toMatchObject({ maxActiveCalls: 9 });
			after(100);
			expect(await put({ newName: 'renamed' })).toMatchObject({ name: 'renamed' });
			expect(await shown()).toMatchObject({ maxActiveCalls: 2 });
			after(301);
			expect(await shown()).toMatchObject({ maxActiveCalls: 9 });
			expect((await shown('renamed')).error).toMatch(/not found/);
			after(401);
			expect(await shown('renamed')).toMatchObject({ maxActiveCalls: 9 });
			odin.simulator.configure({ readLagMs: 0 });
			odin.simulator.addFault({ kind: 'readLag', method: 'DELETE', readLagMs: 50 });
			expect((await odin.client.delete(PATH, { ...HQ, name: 'renamed' })).status).toBe(200);
			expect(await shown('renamed')).toMatchObject({ name: 'renamed' });
			after(452);
			expect((await shown('renamed')).error).toMatch(/not found/);
		} finally {
			now.mockRestore();
		}
	});
});

describe('which requests a rule meets', () => {
	const statuses = async (count: number) => {
		const answers = [];
		for (let i = 0; i < count; i++) answers.push((await odin.client.get(PATH, HQ)).status);
		return answers;
	};

	test('once, unless it says otherwise', async () => {
		odin.simulator.addFault({ kind: 'status' });
		expect(await statuses(2)).toEqual([500, 200]);
		odin.simulator.addFault({ kind: 'status', times: 2, skip: 1 });
		expect(await statuses(4)).toEqual([200, 500, 500, 200]);
		odin.simulator.addFault({ kind: 'status', times: Infinity });
		expect(await statuses(5)).toEqual([500, 500, 500, 500, 500]);
		odin.simulator.clearFaults();
		expect(await statuses(1)).toEqual([200]);
	});

	test('rules are tried in the order they were added', async () => {
		odin.simulator.addFault({ kind: 'status', status: 501 });
		odin.simulator.addFault({ kind: 'status', status: 502 });
		expect(await statuses(3)).toEqual([501, 502, 200]);
	});

	test.each<[string, Record<string, string>]>([
		['/groups/devices', { ...HQ, deviceName: 'meant' }],
		['/users', { userId: 'meant' }],
	])('by the name at %s', async (path, params) => {
		odin.simulator.addFault({ kind: 'status', name: 'meant', times: 2 });
		expect((await odin.client.get(path, params)).status).toBe(500);
		expect((await odin.client.put(path, params)).status).toBe(500);
	});

	test('by method, path and the name in body or query', async () => {
		odin.simulator.addFault({ kind: 'status', method: 'post', times: Infinity });
		odin.simulator.addFault({ kind: 'status', path: '/groups', times: Infinity });
		odin.simulator.addFault({ kind: 'status', name: 'meant', times: Infinity });
		expect((await odin.client.get(PATH, HQ)).status).toBe(200);
		expect((await odin.client.post(PATH, createBody())).status).toBe(500);
		expect((await odin.client.get('/groups', HQ)).status).toBe(500);
		expect((await odin.client.get(PATH, { ...HQ, name: 'meant' })).status).toBe(500);
		expect((await odin.client.put(PATH, { ...HQ, name: 'meant' })).status).toBe(500);
		expect((await odin.client.put(PATH, { ...HQ, name: 'other' })).status).toBe(404);
	});

	test('any path, also the login and one that does not exist', async () => {
		odin.simulator.addFault({ kind: 'status', status: 503, path: '/auth/token' });
		odin.simulator.addFault({ kind: 'status', status: 503, path: '/no/such/path' });
		const { username, password } = odin.simulator;
		expect((await odin.client.post('/auth/token', { username, password })).status).toBe(503);
		expect((await odin.client.get('/no/such/path')).status).toBe(503);
	});

	test('a program sees whether there is a session', async () => {
		const seen: boolean[] = [];
		odin.simulator.injectFault(({ hasSession }) => {
			seen.push(hasSession());
			return undefined;
		});
		await odin.client.get(PATH, HQ);
		odin.simulator.revokeTokens();
		await odin.client.get(PATH, HQ);
		expect(seen).toEqual([true, false]);
	});

	test('a program decides with what it sees, until it is taken back', async () => {
		const first = odin.simulator.requests.length;
		const seen: number[] = [];
		odin.simulator.injectFault(({ method, path, query, body, sequence }) => {
			seen.push(sequence);
			expect([method, path, query, body]).toEqual(['GET', PATH, HQ, undefined]);
			return sequence % 2 === 0 ? { kind: 'status', status: 503 } : undefined;
		});
		const [one, two] = await statuses(2);
		expect(new Set([one, two])).toEqual(new Set([200, 503]));
		expect(seen[1]).toBe((seen[0] ?? 0) + 1);
		expect(odin.simulator.requests).toHaveLength(first + 2);
		odin.simulator.injectFault(undefined);
		expect(await statuses(2)).toEqual([200, 200]);
	});
});
