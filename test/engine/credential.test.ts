import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../simulator';
import { storedByNode, type RunResult } from './harness';
import { jsonOf, said } from './support/creation';
import { useOdin } from './support/odinRuns';
import { OtherHost, unusedAddress } from './support/otherHost';
import { expectPlainWords } from './support/plainWords';
import { selfSignedCertificate } from './support/selfSignedCertificate';

const odin = useOdin();

const NAMED = { name: '={{ $json.name }}' };
const batch = (count: number, prefix = 't') =>
	Array.from({ length: count }, (_, i) => ({ name: `${prefix}${i}` }));
let executions = 0;
/** Creates so many trunk groups with names that no other execution uses. */
async function create(
	count = 1,
	credentials?: IDataObject,
	options: IDataObject = {},
): Promise<RunResult> {
	executions += 1;
	return await odin.create({
		items: batch(count, `e${executions}-`),
		parameters: { ...NAMED, options },
		credentials,
	});
}
const loginsSent = () => odin.sent('POST', '/auth/token').length;

describe('the login', () => {
	it('happens once, is kept with the credential and serves later executions', async () => {
		const first = await create(7);
		const second = await create(7);
		expect([said(first), said(second)]).toEqual(['', '']);
		expect(odin.simulator.logins()).toBe(1);
		expect(loginsSent()).toBe(1);
		expect([first.credentialLookups, second.credentialLookups]).toEqual([1, 1]);
		expect((await odin.engine.credentials()).token).toMatch(/^ey/);
		expect(odin.sent('POST', '/auth/token')[0]?.body).toEqual({
			username: odin.simulator.username,
			password: odin.simulator.password,
		});
	});

	it('keeps password and token out of all that is stored and logged, and of the browser', async () => {
		const run = await create(2);
		odin.simulator.revokeTokens();
		const again = await create(2);
		for (const secret of [
			odin.simulator.password,
			String(run.storedCredentials.token),
			String(again.storedCredentials.token),
		]) {
			for (const one of [run, again]) {
				expect(storedByNode(one)).not.toContain(secret);
				expect(one.logs.join('\n')).not.toContain(secret);
			}
		}
	});

	it.each([false, true])(
		'is shared by executions at the same time, one session only: %s',
		async (singleSession) => {
			odin.simulator.configure({ singleSession });
			await create();
			odin.simulator.revokeTokens();
			const runs = await Promise.all(
				[1, 2, 3].map(
					async (i) => await odin.create({ items: batch(8, `x${i}-`), parameters: NAMED }),
				),
			);
			expect(runs.map(said)).toEqual(['', '', '']);
			expect(odin.simulator.logins()).toBe(2);
		},
	);

	it('is shared by the first executions of a new credential', async () => {
		const runs = await Promise.all(
			[1, 2, 3].map(
				async (i) => await odin.create({ items: batch(8, `x${i}-`), parameters: NAMED }),
			),
		);
		expect(runs.map(said)).toEqual(['', '', '']);
		expect(odin.simulator.logins()).toBe(1);
	});

	it('after an edited password, works with the new one', async () => {
		await create();
		await odin.engine.setCredentials({
			...(await odin.engine.credentials()),
			password: 'new one',
		});
		odin.simulator.configure({ password: 'new one' });
		odin.simulator.revokeTokens();
		expect(said(await create())).toBe('');
	});
});

describe('an edited credential', () => {
	let other: Simulator;
	beforeEach(async () => {
		other = await startSimulator({ strict: true, username: 'other', password: 'other-password' });
	});
	afterEach(async () => await other.close());

	const tokensAt = ({ requests }: Simulator) =>
		requests.map(({ headers }) => headers.authorization).filter(Boolean);

	it('with another user name does not use the token of the old one', async () => {
		await create();
		const { token } = await odin.engine.credentials();
		odin.simulator.configure({ username: 'second', password: 'second-password' });
		odin.simulator.clearRequests();
		await odin.engine.setCredentials({
			...(await odin.engine.credentials()),
			username: 'second',
			password: 'second-password',
		});
		const run = await create();
		expect(said(run)).toBe('');
		expect(tokensAt(odin.simulator)).not.toContain(`Bearer ${String(token)}`);
		expect(loginsSent()).toBe(1);
	});

	it('with a wrong password is found out at once, though the old token would still do', async () => {
		await create();
		const stored = await odin.engine.credentials();
		expect(await odin.engine.testCredential(stored)).toMatchObject({ status: 'OK' });
		odin.simulator.clearRequests();
		const test = await odin.engine.testCredential({ ...stored, password: 'mistyped' });
		expect(test).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/refused the login .* Check 'Username' and 'Password'/),
		});
		expect(tokensAt(odin.simulator)).toEqual([]);
		expect(JSON.stringify(stored.issuedTo)).not.toContain(odin.simulator.password);
	});

	it('with another base URL does not show the old token to the other Odin', async () => {
		await create();
		const stored = await odin.engine.credentials();
		await odin.engine.setCredentials({
			...stored,
			baseUrl: other.baseUrl,
			username: 'other',
			password: 'other-password',
		});
		expect(said(await create())).toBe('');
		expect(other.logins()).toBe(1);
		expect(JSON.stringify(other.requests)).not.toContain(String(stored.token));
		await odin.engine.setCredentials({
			...(await odin.engine.credentials()),
			...odin.account(),
		});
		expect(said(await create())).toBe('');
		expect(JSON.stringify(odin.simulator.requests)).not.toContain('other-password');
	});

	it('written in another way for the same address keeps its token', async () => {
		await create();
		await odin.engine.setCredentials({
			...(await odin.engine.credentials()),
			baseUrl: ` ${odin.simulator.baseUrl}/ `,
		});
		expect(said(await create())).toBe('');
		expect(odin.simulator.logins()).toBe(1);
	});
});

it.each([' odin-admin ', '\u00a0odin-admin\r\n', '\ufeffodin-admin\t'])(
	'a user name that was pasted with white space at its ends: %j',
	async (username) => {
		const credentials = { ...odin.account(), username };
		expect(await odin.engine.testCredential(credentials)).toMatchObject({ status: 'OK' });
		expect(said(await create(1, credentials))).toBe('');
		odin.simulator.configure({ administrator: { readOnly: true } });
		expect(said(await create(1, credentials))).toContain("Administrator 'odin-admin' is");
	},
);

it('a password is sent as it is, and what nobody sees in a user name is written out', async () => {
	const spaced = { ...odin.account(), password: ` ${odin.simulator.password} ` };
	expect(await odin.engine.testCredential(spaced)).toMatchObject({
		message: expect.stringContaining("refused the login of 'odin-admin'"),
	});
	odin.simulator.configure({ password: spaced.password });
	expect(await odin.engine.testCredential(spaced)).toMatchObject({ status: 'OK' });
	const unseen = { ...spaced, username: 'odin-admin\u200b' };
	expect(await odin.engine.testCredential(unseen)).toMatchObject({
		message: expect.stringContaining("refused the login of 'odin-admin\\u200b'"),
	});
});

describe('the base URL', () => {
	it.each<[string, (odin: Simulator) => string]>([
		['as documented', ({ baseUrl }) => baseUrl],
		['with a slash at the end', ({ baseUrl }) => `${baseUrl}/`],
		['with slashes at the end', ({ baseUrl }) => `${baseUrl}///`],
		['with spaces', ({ baseUrl }) => `  ${baseUrl}/ \n`],
		['without a path', ({ url }) => url],
		['without a path, with a slash', ({ url }) => `${url}/`],
		['in capitals', ({ url }) => `${url.replace('http', 'HTTP')}/api/v2`],
	])('may be written %s', async (_, written) => {
		const credentials = { ...odin.account(), baseUrl: written(odin.simulator) };
		expect(await odin.engine.testCredential(credentials)).toMatchObject({ status: 'OK' });
		expect(odin.calls()).toEqual(['POST /auth/token', 'GET /auth/session']);
		const run = await create(1, credentials);
		expect(said(run)).toBe('');
		expect(odin.posts()).toHaveLength(1);
	});

	it('with another path is used as given', async () => {
		const credentials = { ...odin.account(), baseUrl: `${odin.simulator.url}/proxy/odin/` };
		await create(1, credentials);
		expect(odin.calls()).toEqual(['POST /proxy/odin/auth/token']);
	});

	it.each([
		'',
		'   ',
		'odin.example.com',
		'ftp://odin.example.com',
		'http://',
		'https://exa mple.com/api',
		'not an address',
	])('that is none is told: %j', async (baseUrl) => {
		const test = await odin.engine.testCredential({ ...odin.account(), baseUrl });
		expect(test).toMatchObject({ status: 'Error', message: expect.stringContaining("'Base URL'") });
		const run = await create(1, { ...odin.account(), baseUrl });
		expect(run.error?.message).toContain("'Base URL'");
		expectPlainWords(test.message);
		expectPlainWords(said(run));
	});
});

interface Trouble {
	/** Changes the credential or the server; what it returns is changed in the credential. */
	arrange(): Promise<IDataObject> | IDataObject;
	told: RegExp;
}

const cleanUp: Array<() => Promise<void>> = [];
afterEach(async () => {
	for (const end of cleanUp.splice(0)) await end();
});

async function odinWith(options: Parameters<typeof startSimulator>[0]): Promise<IDataObject> {
	const odin = await startSimulator({ strict: true, ...options });
	cleanUp.push(async () => await odin.close());
	return { baseUrl: odin.baseUrl };
}

async function siteWith(body: unknown): Promise<OtherHost> {
	const host = await OtherHost.start(body);
	cleanUp.push(async () => await host.close());
	return host;
}

const TROUBLES: Record<string, Trouble> = {
	'a wrong password': {
		arrange: () => ({ password: 'wrong' }),
		told: /refused the login of 'odin-admin'.*'Password'.*Invalid Credentials/,
	},
	'a password that has expired': {
		arrange: () => {
			odin.simulator.configure({ passwordExpired: true });
			return {};
		},
		told: /password of 'odin-admin'.*must be changed/,
	},
	'a wrong path': {
		arrange: () => ({ baseUrl: `${odin.simulator.url}/api/v3` }),
		told: /no Odin API at .*\/api\/v3.*'Base URL'/,
	},
	'a web page': {
		arrange: async () => ({ baseUrl: (await siteWith('<html>Welcome</html>')).url }),
		told: /web page.*\(HTTP 200\).*'Base URL'/,
	},
	'a web page that refuses': {
		arrange: async () => {
			odin.simulator.addFault({ path: '/auth/token', kind: 'html', status: 403, times: Infinity });
			return {};
		},
		told: /web page, not with the Odin API \(HTTP 403\).*proxies.*'Base URL'/,
	},
	'an answer without a token': {
		arrange: async () => ({ baseUrl: (await siteWith({ ok: true })).url }),
		told: /without a token.*'Base URL'/,
	},
	'a refused connection': {
		arrange: async () => ({ baseUrl: await unusedAddress() }),
		told: /refuses the connection.*host and port/,
	},
	'an unknown host': {
		arrange: () => ({ baseUrl: 'http://odin.invalid/api/v2' }),
		told: /host name that cannot be found/,
	},
	'a certificate that nobody vouches for': {
		arrange: async () => await odinWith({ https: selfSignedCertificate() }),
		told: /certificate.*'Allow Unauthorized Certificates'/,
	},
	'https where http is spoken': {
		arrange: () => ({ baseUrl: odin.simulator.baseUrl.replace('http', 'https') }),
		told: /TLS.*http:\/\//,
	},
	'a redirect': {
		arrange: () => {
			odin.simulator.addFault({
				path: '/auth/token',
				kind: 'redirect',
				location: 'https://elsewhere.example.com/',
				times: Infinity,
			});
			return {};
		},
		told: /redirects.*not followed.*'Base URL'/,
	},
	'a server that is down for now': {
		arrange: () => {
			odin.simulator.addFault({ path: '/auth/token', kind: 'html', status: 503, times: Infinity });
			return {};
		},
		told: /at the moment \(HTTP 503\).*later/,
	},
};

describe('what can be wrong with a credential', () => {
	it.each(Object.entries(TROUBLES))(
		'%s has words of its own, in the credential test and in the node',
		async (_, { arrange, told }) => {
			const credentials = { ...odin.account(), ...(await arrange()) };
			const test = await odin.engine.testCredential(credentials);
			expect(test.status).toBe('Error');
			expect(test.message).toMatch(told);
			expectPlainWords(test.message);
			for (const [other, trouble] of Object.entries(TROUBLES)) {
				if (other !== _) expect([other, trouble.told.test(test.message)]).toEqual([other, false]);
			}

			const run = await create(2, credentials, { maxRetries: 0 });
			expect(run.status).toBe('error');
			expect(run.error?.message).toMatch(told);
			expect(run.error?.message).toMatch(
				/^Items 0, 1: The login did not succeed, so trunk group '…' could not be created/,
			);
			expectPlainWords(said(run));
			expect(odin.posts()).toEqual([]);
			for (const text of [test.message, said(run), run.logs.join('\n')]) {
				expect(text).not.toContain(
					String(credentials.password === 'wrong' ? odin.simulator.password : credentials.password),
				);
			}
		},
	);

	it('a read-only administrator is told by the credential test', async () => {
		odin.simulator.configure({ administrator: { readOnly: true } });
		const test = await odin.engine.testCredential(odin.account());
		expect(test).toMatchObject({ status: 'Error', message: expect.stringMatching(/read-only/) });
		expectPlainWords(test.message);
	});

	it('nothing: the test succeeds, also with a token that has ended', async () => {
		expect(
			await odin.engine.testCredential({ ...odin.account(), token: 'stale', issuedTo: 'whom' }),
		).toMatchObject({ status: 'OK' });
		expect(odin.calls()).toEqual(['POST /auth/token', 'GET /auth/session']);
	});

	it('the login works, and the session cannot be read', async () => {
		odin.simulator.addFault({ path: '/auth/session', kind: 'html', status: 500, times: Infinity });
		const test = await odin.engine.testCredential(odin.account());
		expect(test.status).toBe('Error');
		expect(test.message).not.toBe('');
	});

	it.each([
		'{"error":"No access for PASSWORD","details":"PASSWORD"}',
		'<html>PASSWORD</html>',
		'PASSWORD',
	])('a refusal that repeats the password does not pass it on: %s', async (template) => {
		const body = template.replaceAll('PASSWORD', odin.simulator.password);
		for (const status of [400, 401, 402, 403, 500]) {
			odin.simulator.addFault({
				path: '/auth/token',
				kind: 'status',
				status,
				body,
				times: Infinity,
			});
			const test = await odin.engine.testCredential(odin.account());
			const run = await odin.create({ parameters: { options: { maxRetries: 0 } } });
			expect([test.status, run.status]).toEqual(['Error', 'error']);
			expect(test.message).not.toContain(odin.simulator.password);
			expect(storedByNode(run)).not.toContain(odin.simulator.password);
			expect(run.logs.join('\n')).not.toContain(odin.simulator.password);
			odin.simulator.clearFaults();
		}
	});

	it('a burst that cannot log in asks for a login a few times, not once an item', async () => {
		const run = await odin.create({
			items: batch(20),
			parameters: NAMED,
			credentials: { ...odin.account(), password: 'wrong' },
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(run)).toHaveLength(20);
		expect(jsonOf(run).every(({ error }) => /Invalid Credentials/.test(String(error)))).toBe(true);
		// Wrong logins lock an administrator out of BroadWorks.
		expect(loginsSent()).toBeLessThanOrEqual(2);
	});
});

describe('Allow Unauthorized Certificates', () => {
	it.each([false, true])('lets a self-signed certificate pass, expired: %s', async (expired) => {
		const account = {
			...odin.account(),
			...(await odinWith({ https: selfSignedCertificate({ expired }) })),
		};
		const trusting = { ...account, allowUnauthorizedCerts: true };
		expect(await odin.engine.testCredential(trusting)).toMatchObject({ status: 'OK' });
		expect(said(await create(2, trusting))).toBe('');
		expect(await odin.engine.testCredential(account)).toMatchObject({ status: 'Error' });
		expect((await create(1, account)).error?.message).toContain('certificate');
	});
});

describe('a redirect to another host', () => {
	it.each([301, 302, 307, 308])('gets neither token nor password: HTTP %i', async (status) => {
		const other = await siteWith({ token: 'from elsewhere', userId: 'x', name: 't0' });
		const location = `${other.url}/api/v2`;
		await create();
		const { token } = await odin.engine.credentials();
		odin.simulator.injectFault(() => ({ kind: 'redirect', status, location }));
		const run = await create();
		await odin.engine.testCredential(odin.account());
		odin.simulator.injectFault(({ path }) =>
			path === '/auth/token' ? undefined : { kind: 'redirect', status, location },
		);
		await odin.engine.testCredential(odin.account());
		const search = odin.engine.listSearch('searchServiceProviders', {});
		await expect(search).rejects.toThrow();
		const reached = other.received.join('\n');
		expect(reached).not.toContain(odin.simulator.password);
		expect(reached).not.toContain(String(token));
		expect(reached).not.toMatch(/authorization/i);
		expect(run.error?.message).toMatch(/redirect/);
		expect(odin.posts()).toHaveLength(2);
		expectPlainWords(said(run));
	});
});
