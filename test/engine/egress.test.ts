import { startSimulator, type Simulator } from '../../simulator';
import { Engine } from './harness';
import { withEgress } from './harness/mainRealm';
import { unusedAddress } from './support/otherHost';
import { expectPlainWords } from './support/plainWords';
import { Proxy } from './support/proxy';
import { selfSignedCertificate } from './support/selfSignedCertificate';

/** What n8n, or a proxy that it has to use, does not let through: told as that, at once, and nothing reaches Odin. */

let engine: Engine;
let plain: Simulator;
let encrypted: Simulator;

const account = ({ baseUrl, username, password }: Simulator) => ({
	baseUrl,
	username,
	password,
	allowUnauthorizedCerts: true,
});

const certificate = selfSignedCertificate();

beforeAll(async () => (engine = await Engine.start()));
afterAll(async () => await engine.stop());

// At other addresses each time, so that no login of the test before counts.
beforeEach(async () => {
	plain = await startSimulator({ strict: true });
	encrypted = await startSimulator({ strict: true, https: certificate });
});

afterEach(async () => {
	await plain.close();
	await encrypted.close();
});

const CREATE = {
	resource: 'trunkGroup',
	operation: 'create',
	serviceProviderId: 'acme-ent',
	groupId: 'acme-hq',
	name: 'sbc',
};

interface Way {
	odin: () => Simulator;
	/** What is set for n8n; and what ends it */
	open(): Promise<{
		proxy?: string;
		ssrfProtection?: boolean;
		asked?: string[];
		close?(): Promise<void>;
	}>;
	told: RegExp;
}

const through = (odin: () => Simulator, answer: number | 'ends', told: RegExp): Way => ({
	odin,
	open: async () => {
		const proxy = new Proxy(answer);
		return {
			proxy: await proxy.start(),
			asked: proxy.asked,
			close: async () => await proxy.stop(),
		};
	},
	told,
});

const WAYS: Record<string, Way> = {
	'the SSRF protection of n8n': {
		odin: () => plain,
		open: async () => ({ ssrfProtection: true }),
		told: /n8n's SSRF protection does not let requests reach http:.*N8N_SSRF_ALLOWED/s,
	},
	'a proxy that wants a password': through(
		() => encrypted,
		407,
		/The proxy that n8n uses refused to connect to https:.* \(HTTP 407\).*NO_PROXY/s,
	),
	'a proxy that wants a password, without TLS': through(
		() => plain,
		407,
		/The proxy that n8n uses refused to connect to http:.* \(HTTP 407\).*NO_PROXY/s,
	),
	'a proxy that does not reach Odin': through(
		() => encrypted,
		502,
		/The proxy that n8n uses refused to connect to .* \(HTTP 502\).*NO_PROXY/s,
	),
	'a proxy that forbids it': through(
		() => encrypted,
		403,
		/The proxy that n8n uses refused to connect to .* \(HTTP 403\).*NO_PROXY/s,
	),
	'a proxy that hangs up': through(
		() => encrypted,
		'ends',
		/The proxy that n8n uses closed the connection instead of connecting to .*NO_PROXY/s,
	),
	'a proxy that is not there': {
		odin: () => encrypted,
		open: async () => ({ proxy: await unusedAddress() }),
		told: /The proxy that n8n uses could not be reached, so there is no connection to .*NO_PROXY/s,
	},
};

describe.each(Object.entries(WAYS))('%s', (_, { odin, open, told }) => {
	it.each([true, false])('with a token: %s', async (hasToken) => {
		await engine.setCredentials(account(odin()));
		if (hasToken)
			await engine.run({ parameters: { resource: 'serviceProvider', operation: 'getAll' } });
		const credentials = await engine.credentials();
		expect(Boolean(credentials.token)).toBe(hasToken);
		odin().clearRequests();

		const { close, asked = [], ...egress } = await open();
		const seen = await withEgress(egress, async () => {
			const run = await engine.run({ parameters: CREATE });
			const requests = asked.length;
			const list = await engine
				.listSearch('searchServiceProviders', {})
				.then(
					String,
					(error: Error & { description?: string }) =>
						`${error.message}\n${error.description ?? ''}`,
				);
			const test = await engine.testCredential(credentials);
			return { run, requests, list, test };
		}).finally(async () => await close?.());

		const { error } = seen.run;
		const texts = [`${error?.message}\n${error?.description}`, seen.list];
		// The test logs in, and goes on with a login that is a moment old: then n8n itself speaks (test/server/egress.test.ts).
		for (const text of hasToken ? texts : [...texts, seen.test.message]) {
			expect(text).toMatch(told);
			expectPlainWords(text);
		}
		expect(error?.message).toContain("trunk group 'sbc'");
		expect(seen.test.status).toBe('Error');
		// At once: it is not tried again, and no login for it.
		expect(seen.requests).toBeLessThanOrEqual(1);
		expect(odin().requests).toEqual([]);
	});
});

// Over http nothing tells its answer from one of Odin: neither rights nor a wrong password may be claimed.
it.each([true, false])(
	'a proxy that forbids it, without TLS, with a token: %s',
	async (hasToken) => {
		await engine.setCredentials(account(plain));
		if (hasToken)
			await engine.run({ parameters: { resource: 'serviceProvider', operation: 'getAll' } });
		plain.clearRequests();
		const proxy = new Proxy(403);
		const { error } = await withEgress({ proxy: await proxy.start() }, async () => {
			return await engine.run({ parameters: CREATE });
		}).finally(async () => await proxy.stop());
		expect(error?.message).toMatch(/web page.*\(HTTP 403\)/);
		expect(`${error?.message} ${error?.description}`).toMatch(/[Cc]heck .*prox/);
		expect(error?.message).not.toMatch(/refused|allow/);
		expect(proxy.asked.length).toBeLessThanOrEqual(2);
		expect(plain.requests).toEqual([]);
	},
);

it('a proxy that works is not noticed', async () => {
	await engine.setCredentials(account(encrypted));
	const proxy = new Proxy('works');
	const run = await withEgress({ proxy: await proxy.start() }, async () => {
		return await engine.run({ parameters: { resource: 'serviceProvider', operation: 'getAll' } });
	});
	await proxy.stop();
	expect(run.error).toBeUndefined();
	expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(encrypted.url).host}`]));
});

it('an Odin whose own proxy answers 502 is not told as one of n8n', async () => {
	await engine.setCredentials(account(encrypted));
	encrypted.addFault({ kind: 'html', status: 502, path: '/service-providers', times: Infinity });
	const { error } = await engine.run({
		parameters: { resource: 'serviceProvider', operation: 'getAll', options: { maxRetries: 0 } },
	});
	encrypted.clearFaults();
	expect(error?.message).toContain('the answer is a web page, perhaps of a proxy (HTTP 502)');
});
