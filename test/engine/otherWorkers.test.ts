import { Bench, jsonOf, said } from './support/creation';

const bench = Bench.forEachTest();

const loginsSent = () => bench.sent('POST', '/auth/token').length;
const isCreation = ({ method, path }: { method: string; path: string }) =>
	method === 'POST' && path === '/groups/trunk-groups';

/** What another n8n worker does, which shares n8n's database and nothing else: it logs in … */
async function logInElsewhere(): Promise<string> {
	const { baseUrl, username, password } = bench.odin;
	const answer = await fetch(`${baseUrl}/auth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ username, password }),
	});
	return ((await answer.json()) as { token: string }).token;
}

/** … and has n8n store the token. */
async function storeElsewhere(token: string): Promise<void> {
	await bench.engine.setCredentials({ ...(await bench.engine.credentials()), token });
}

async function create(count: number) {
	return await bench.create({
		items: Array.from({ length: count }, (_, index) => ({ name: `t${index}` })),
		parameters: { name: '={{ $json.name }}' },
	});
}

const created = () =>
	bench
		.posts()
		.filter(({ status }) => status === 200)
		.map(({ body }) => (body as { name: string }).name)
		.sort();

beforeEach(async () => {
	await bench.create({ items: [{}], parameters: { name: 'before' } });
	bench.odin.clearRequests();
});

describe('Beside other n8n workers, the node', () => {
	it('takes the token that another worker got while a request was under way, without a login', async () => {
		bench.odin.revokeTokens();
		const token = await logInElsewhere();
		bench.odin.clearRequests();
		let stored: Promise<void> | undefined;
		bench.odin.injectFault((request) => {
			if (isCreation(request)) stored ??= storeElsewhere(token);
			return undefined;
		});
		const run = await create(3);
		await stored;
		expect(said(run)).toBe('');
		expect(jsonOf(run)).toHaveLength(3);
		expect(created()).toEqual(['t0', 't1', 't2']);
		expect(loginsSent()).toBe(0);
	});

	it('goes on where the login of another worker ends its new session at once', async () => {
		bench.odin.configure({ singleSession: true });
		bench.odin.revokeTokens();
		let creations = 0;
		let stored: Promise<void> | undefined;
		bench.odin.injectFault((request) => {
			if (!isCreation(request) || ++creations !== 2) return undefined;
			bench.odin.revokeTokens();
			stored = logInElsewhere().then(storeElsewhere);
			return undefined;
		});
		const run = await create(1);
		await stored;
		expect(said(run)).toBe('');
		expect(created()).toEqual(['t0']);
	});

	it('does not use a token again that another worker has stored and Odin has refused', async () => {
		bench.odin.revokeTokens();
		let stored: Promise<void> | undefined;
		bench.odin.injectFault((request) => {
			if (isCreation(request)) stored ??= storeElsewhere('an-old-token');
			return undefined;
		});
		const run = await create(1);
		await stored;
		expect(said(run)).toBe('');
		expect(created()).toEqual(['t0']);
		expect(loginsSent()).toBe(1);
	});

	it('logs in when the last login of its own process has expired too', async () => {
		// Two workers have logged in at the same expiry: the token of the other one is stored, the own one is remembered.
		await storeElsewhere(await logInElsewhere());
		bench.odin.revokeTokens();
		bench.odin.clearRequests();
		const run = await create(5);
		expect(said(run)).toBe('');
		expect(created()).toHaveLength(5);
		expect(loginsSent()).toBe(1);
	});
});
