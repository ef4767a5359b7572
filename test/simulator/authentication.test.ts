import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { clientOf, logIn, type OdinClient } from './odinClient';

let simulator: Simulator;

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
	simulator = await startSimulator(options);
	return simulator;
}

afterEach(async () => await simulator.close());

function claimsOf(token: unknown): Record<string, unknown> {
	const [, payload = ''] = String(token).split('.');
	return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

test('a login gives the session with a signed token whose claims tell the lifetime', async () => {
	await start();
	const { username, password, url } = simulator;
	const { status, data } = await clientOf(simulator).post('/auth/token', { username, password });
	expect(status).toBe(200);
	const { iat, nbf, exp, iss } = claimsOf(data.token);
	expect(iss).toBe(url);
	expect(nbf).toBe(iat);
	expect(Number(exp) - Number(iat)).toBe(12 * 60 * 60);
	expect(simulator.logins()).toBe(1);
});

test('a wrong login is 401 with Invalid Credentials', async () => {
	await start();
	const answer = await clientOf(simulator).post('/auth/token', { username: 'x', password: 'y' });
	expect(answer.status).toBe(401);
	expect(answer.data).toEqual({
		error: 'Invalid Credentials',
		status: 401,
		details: expect.any(String),
	});
	expect(simulator.logins()).toBe(0);
});

test('the session is that of the documentation, to the key', async () => {
	await start({ username: 'mock.user@as.example.net' });
	const { data } = await (await logIn(simulator)).get('/auth/session');
	expect(JSON.stringify(data)).toBe(
		JSON.stringify({
			userId: 'mock.user@as.example.net',
			groupId: null,
			serviceProviderId: null,
			isEnterprise: false,
			loginType: 'Provisioning',
			userDomain: 'as.example.net',
			passwordExpiresDays: 2147483647,
			local: 'en_US',
			encoding: null,
			systemDomain: 'as.example.net',
			softwareVersion: '21sp1',
			isSystemAdmin: true,
			readOnly: false,
			policy: [],
			version: 'latest',
		}),
	);
});

test.each([401, 403] as const)('no, a foreign and an expired token are %i', async (expected) => {
	await start({ expiredTokenStatus: expected, tokenLifetimeMs: 0 });
	const foreign = `${(await logIn(simulator)).token.slice(0, -4)}AAAA`;
	const expired = await logIn(simulator);
	for (const [client, words] of [
		[clientOf(simulator), 'No token provided'],
		[clientOf(simulator, foreign), 'Invalid token'],
		[expired, 'Expired token'],
	] as const) {
		const { status, data } = await client.get('/service-providers');
		expect(status).toBe(expected);
		expect(data).toMatchObject({ status: expected, error: words });
	}
});

test('a token below a second of lifetime is accepted and then expires', async () => {
	await start({ tokenLifetimeMs: 300 });
	const statusOf = async (client: OdinClient) => (await client.get('/auth/session')).status;
	let client = await logIn(simulator);
	// On a busy machine the token may be over before it is used for the first time.
	while ((await statusOf(client)) !== 200) client = await logIn(simulator);
	let status = 200;
	while (status === 200) status = await statusOf(client);
	expect(status).toBe(401);
});

test('PUT /auth/token gives a new token for a valid one and refuses an expired one', async () => {
	await start();
	const client = await logIn(simulator);
	const renewed = await client.put('/auth/token', {});
	expect(renewed.status).toBe(200);
	expect(renewed.data.token).not.toBe(client.token);
	expect((await clientOf(simulator, String(renewed.data.token)).put('/auth/token')).status).toBe(
		200,
	);
	expect((await client.get('/auth/session')).status).toBe(200);
	simulator.revokeTokens();
	expect((await client.put('/auth/token', {})).status).toBe(401);
	expect(simulator.logins()).toBe(1);
});

test('in a single session a login ends every older token', async () => {
	await start({ singleSession: true });
	const older = await logIn(simulator);
	const newer = await logIn(simulator);
	expect((await older.get('/auth/session')).status).toBe(401);
	expect((await newer.get('/auth/session')).status).toBe(200);
});

test('logging out ends the token', async () => {
	await start();
	const client = await logIn(simulator);
	expect((await client.post('/auth/token/logout', { token: client.token })).status).toBe(200);
	expect((await client.get('/auth/session')).status).toBe(401);
});

test('an expired password is 402 until it is changed', async () => {
	await start({ passwordExpired: true });
	const { username, password } = simulator;
	const client = clientOf(simulator);
	expect((await client.post('/auth/token', { username, password })).status).toBe(402);
	expect((await client.post('/auth/token', { username, password: 'x' })).status).toBe(401);

	const change = { userId: username, oldPassword: password, newPassword: 'changed' };
	expect((await client.put('/auth/token/password', { ...change, oldPassword: 'x' })).status).toBe(
		401,
	);
	expect((await client.put('/auth/token/password', { ...change, newPassword: '' })).status).toBe(
		400,
	);
	const { status, data } = await client.put('/auth/token/password', change);
	expect(status).toBe(200);
	expect((await clientOf(simulator, String(data.token)).get('/auth/session')).status).toBe(200);

	expect((await client.post('/auth/token', { username, password })).status).toBe(401);
	expect(simulator.password).toBe('changed');
	expect((await logIn(simulator)).token).not.toBe('');
});
