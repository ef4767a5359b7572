import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import type { OdinRequest } from '../../../nodes/Odin/transport/httpExchange';
import { OdinClient, type OdinSettings } from '../../../nodes/Odin/transport/odinClient';
import { authorized } from '../../../nodes/Odin/transport/session/authenticate';
import { logIn } from '../../../nodes/Odin/transport/session/login';

interface Answer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

interface Arrival {
	at: number;
	/** Such as `POST /auth/token` */
	what: string;
	token: string;
}

const LOGIN = 'POST /auth/token';
const PATH = '/groups/trunk-groups';
const LATENCY_MS = 20;
const SETTINGS: OdinSettings = {
	timeout: 30_000,
	maxRetries: 2,
	concurrency: 5,
	requestsPerSecond: 0,
};

let users = 0;

/** An Odin that answers as the test wants, behind the helpers of n8n: a login where the token is empty, which is stored. */
class FakeOdin {
	readonly arrivals: Arrival[] = [];

	/** What it answers; undefined for success */
	answer: (what: string, token: string) => Answer | undefined = () => undefined;

	readonly stored: ICredentialDataDecryptedObject;

	private tokens = 0;

	constructor() {
		// The logins of a process are shared: each test has a user of its own.
		users += 1;
		const username = `user${users}`;
		this.stored = { baseUrl: 'http://odin.test/api/v2', username, password: 'p', token: '' };
	}

	async open(settings: Partial<OdinSettings> = {}): Promise<OdinClient> {
		return await OdinClient.open(this.context(), { ...SETTINGS, ...settings });
	}

	/** What came in seconds after the first of all. */
	get seconds(): number[] {
		const [{ at: start } = { at: 0 }] = this.arrivals;
		return this.arrivals.map(({ at }) => (at - start) / 1000);
	}

	count(what: string): number {
		return this.arrivals.filter((one) => one.what === what).length;
	}

	private receive({ method, url, headers }: IHttpRequestOptions) {
		const what = `${method} ${new URL(url).pathname.replace('/api/v2', '')}`;
		const token = String(headers?.Authorization ?? '').replace('Bearer ', '');
		this.arrivals.push({ at: Date.now(), what, token });
		const { status, body, headers: given } = this.answer(what, token) ?? this.success(what);
		const text = body === undefined ? '' : JSON.stringify(body);
		return { statusCode: status, body: text, headers: given ?? {} };
	}

	private success(what: string): Answer {
		if (what !== LOGIN) return { status: 200, body: {} };
		this.tokens += 1;
		return { status: 200, body: { token: `token${this.tokens}` } };
	}

	private context(): IExecuteFunctions {
		const { stored } = this;
		const httpRequest = async (options: IHttpRequestOptions) => {
			const answer = this.receive(options);
			await sleep(LATENCY_MS);
			return answer;
		};
		const helpers = {
			httpRequest,
			async httpRequestWithAuthentication(
				this: IExecuteFunctions,
				_type: string,
				options: IHttpRequestOptions,
				{
					credentialsDecrypted: { data },
				}: { credentialsDecrypted: { data: ICredentialDataDecryptedObject } },
			) {
				if (data.token === '') {
					const issued = await logIn({ helpers: this.helpers }, data).catch((cause: unknown) => {
						throw new Error('n8n wraps it', { cause });
					});
					Object.assign(stored, issued);
					Object.assign(data, issued);
				}
				return await httpRequest(authorized(data, options));
			},
		};
		return Object.assign({} as IExecuteFunctions, {
			helpers,
			getNode: () => ({ credentials: { odinApi: { id: '1', name: 'Odin' } } }),
			getCredentials: async () => await Promise.resolve({ ...stored }),
			getContext: () => this,
		});
	}
}

const request = (method: OdinRequest['method'] = 'GET'): OdinRequest => ({
	method,
	path: PATH,
	purpose: 'do it',
});

/** Everything that is waited for happens at once. */
async function done<T>(running: Promise<T>): Promise<T> {
	void jest.runAllTimersAsync();
	return await running;
}

const kindOf = (result: Awaited<ReturnType<OdinClient['send']>>): string =>
	result.ok ? 'ok' : result.failure.kind;

let odin: FakeOdin;

beforeEach(() => {
	jest.useFakeTimers();
	odin = new FakeOdin();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('a request that is not answered as wanted', () => {
	it('waits longer each time', async () => {
		odin.answer = (what) => (what === LOGIN ? undefined : { status: 503 });
		const client = await odin.open();
		expect(kindOf(await done(client.send(request())))).toBe('busy');
		const [, first = 0, second = 0, third = 0] = odin.seconds;
		// Half a second and one, each with jitter of half up and down.
		expect(second - first).toBeGreaterThanOrEqual(0.25);
		expect(third - second).toBeGreaterThanOrEqual(0.5);
		expect(odin.arrivals).toHaveLength(4);
	});

	it('holds back all the others for as long as Odin asks', async () => {
		odin.answer = (what) =>
			what === LOGIN || odin.arrivals.length !== 4
				? undefined
				: { status: 429, headers: { 'retry-after': '9' } };
		const client = await odin.open({ concurrency: 1 });
		const running = Array.from({ length: 6 }, async () => kindOf(await client.send(request())));
		expect(await done(Promise.all(running))).toEqual(Array.from({ length: 6 }, () => 'ok'));
		expect(odin.seconds.slice(0, 4).every((second) => second < 1)).toBe(true);
		expect(odin.seconds.slice(4).every((second) => second >= 9)).toBe(true);
	});

	it('is not sent again once the execution is stopped', async () => {
		const stop = new AbortController();
		odin.answer = (what) => {
			if (what !== LOGIN) void sleep(100).then(() => stop.abort());
			return what === LOGIN ? undefined : { status: 503, headers: { 'retry-after': '9' } };
		};
		const client = await odin.open({ signal: stop.signal });
		expect(kindOf(await done(client.send(request())))).toBe('busy');
		expect(kindOf(await done(client.send(request())))).toBe('stopped');
		expect(odin.arrivals).toHaveLength(2);
	});
});

describe('a session that ended', () => {
	const EXPIRED = { error: 'Expired token' };
	const endsFor = (isDead: (token: string) => boolean, status: number) => {
		odin.answer = (what, token) =>
			what !== LOGIN && isDead(token) ? { status, body: EXPIRED } : undefined;
	};
	const whats = () => odin.arrivals.map(({ what }) => what);

	it.each([
		['GET', 200],
		['PUT', 401],
		['PUT', 403],
		['GET', 500],
	] as const)('is renewed once for a burst: %s, HTTP %i', async (method, status) => {
		const client = await odin.open();
		await done(client.send(request()));
		endsFor((token) => token === 'token1', status);
		const burst = Array.from({ length: 20 }, async () =>
			kindOf(await client.send(request(method))),
		);
		expect(new Set(await done(Promise.all(burst)))).toEqual(new Set(['ok']));
		expect(odin.count(LOGIN)).toBe(2);
		expect(odin.stored.token).toBe('token2');
	});

	it.each(
		(['POST', 'PUT', 'DELETE'] as const).flatMap((method) => [
			{ method, status: 200, isSentAgain: false },
			{ method, status: 401, isSentAgain: true },
			{ method, status: 409, isSentAgain: false },
			{ method, status: 500, isSentAgain: false },
		]),
	)('sends $method again only if it did nothing: HTTP $status', async (written) => {
		const { method, status, isSentAgain } = written;
		const client = await odin.open({ maxRetries: 0 });
		await done(client.send(request()));
		endsFor((token) => token === 'token1', status);
		odin.arrivals.length = 0;
		const result = await done(client.send(request(method)));
		expect(kindOf(result)).toBe(isSentAgain ? 'ok' : 'lost');
		expect(odin.count(`${method} ${PATH}`)).toBe(isSentAgain ? 2 : 1);
		if (result.ok) return;
		// What the caller does next has a new session, and may send it again although there are no retries.
		expect(result.failure).toMatchObject({ isTransient: true, httpStatus: status });
		expect(await client.waitToRetry(result.failure, result.retries)).toBe(true);
		await done(client.send(request()));
		expect(whats()).toEqual([`${method} ${PATH}`, LOGIN, `GET ${PATH}`]);
	});

	it('over and over is given up, and its token is not tried by the next execution', async () => {
		endsFor(() => true, 401);
		const client = await odin.open();
		expect(kindOf(await done(client.send(request())))).toBe('session');
		// The first session, one more at once, and one for each of two retries.
		expect(odin.count(LOGIN)).toBe(4);
		odin.answer = () => undefined;
		odin.arrivals.length = 0;
		await done((await odin.open()).send(request()));
		expect(whats()).toEqual([LOGIN, `GET ${PATH}`]);
	});

	it('got by another worker is taken over', async () => {
		const client = await odin.open();
		await done(client.send(request()));
		endsFor((token) => token === 'token1', 401);
		odin.stored.token = 'elsewhere';
		expect(kindOf(await done(client.send(request())))).toBe('ok');
		expect(odin.arrivals.at(-1)?.token).toBe('elsewhere');
		expect(odin.count(LOGIN)).toBe(1);
	});

	it('of another user in the credential is never used', async () => {
		await done((await odin.open()).send(request()));
		odin.stored.password = 'edited';
		odin.arrivals.length = 0;
		await done((await odin.open()).send(request()));
		expect(odin.arrivals.map(({ token }) => token)).toEqual(['', 'token2']);
	});
});

describe('a login that fails for now', () => {
	/** As many at once as the node has under way. */
	async function items(client: OdinClient, count: number): Promise<Set<string>> {
		const kinds: string[] = [];
		const work = async () => {
			while (kinds.length < count) kinds.push(kindOf(await client.send(request())));
		};
		await done(Promise.all(Array.from({ length: SETTINGS.concurrency }, work)));
		return new Set(kinds);
	}

	it('costs its retries once, not once an item, and is tried again after five seconds', async () => {
		odin.answer = () => ({ status: 503 });
		const client = await odin.open();
		expect(await items(client, 40)).toEqual(new Set(['login']));
		expect(odin.count(LOGIN)).toBeLessThanOrEqual(3 * 5);
		const sent = odin.arrivals.length;
		expect(await items(client, 40)).toEqual(new Set(['login']));
		expect(odin.arrivals).toHaveLength(sent);
		odin.answer = () => undefined;
		await jest.advanceTimersByTimeAsync(5000);
		expect(await items(client, 3)).toEqual(new Set(['ok']));
	});

	it('that Odin refuses is tried once, however many need it and however much later', async () => {
		odin.answer = () => ({ status: 401, body: { error: 'Invalid Credentials' } });
		const client = await odin.open();
		expect(await items(client, 40)).toEqual(new Set(['login']));
		await jest.advanceTimersByTimeAsync(1e6);
		expect(await items(client, 5)).toEqual(new Set(['login']));
		expect(odin.count(LOGIN)).toBe(1);
	});
});

describe('missing rights', () => {
	it('cost one login, and one question for all that are under way', async () => {
		odin.answer = (what) => (what === `PUT ${PATH}` ? { status: 403 } : undefined);
		const client = await odin.open();
		await done(client.send(request()));
		const denied = Array.from({ length: 40 }, async () =>
			kindOf(await client.send(request('PUT'))),
		);
		expect(new Set(await done(Promise.all(denied)))).toEqual(new Set(['forbidden']));
		expect(odin.count(LOGIN)).toBe(2);
		// Asked one at a time: those that are denied meanwhile, of five under way, share the next one.
		expect(odin.count('GET /auth/session')).toBeLessThan(40 / 3);
	});

	it('for everything are believed for half a minute', async () => {
		odin.answer = (what) => (what === LOGIN ? undefined : { status: 403 });
		const client = await odin.open({ maxRetries: 0 });
		const denied = async () => kindOf(await done(client.send(request('PUT'))));
		while ((await denied()) !== 'forbidden');
		const logins = odin.count(LOGIN);
		expect(logins).toBeLessThanOrEqual(4);
		for (let item = 0; item < 20; item += 1) expect(await denied()).toBe('forbidden');
		expect(odin.count(LOGIN)).toBe(logins);
	});
});
