import { jsonOf, said } from './support/creation';
import { useOdin } from './support/odinRuns';

const odin = useOdin();

const loginsSent = () => odin.sent('POST', '/auth/token').length;
const isCreation = ({ method, path }: { method: string; path: string }) =>
	method === 'POST' && path === '/groups/trunk-groups';

/** What another n8n worker does, which shares n8n's database and nothing else: it logs in … */
async function logInElsewhere(): Promise<string> {
	const { baseUrl, username, password } = odin.simulator;
	const answer = await fetch(`${baseUrl}/auth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ username, password }),
	});
	return ((await answer.json()) as { token: string }).token;
}

/** … and has n8n store the token. */
async function storeElsewhere(token: string): Promise<void> {
	await odin.engine.setCredentials({ ...(await odin.engine.credentials()), token });
}

async function create(count: number) {
	return await odin.create({
		items: Array.from({ length: count }, (_, index) => ({ name: `t${index}` })),
		parameters: { name: '={{ $json.name }}' },
	});
}

const created = () =>
	odin
		.posts()
		.filter(({ status }) => status === 200)
		.map(({ body }) => (body as { name: string }).name)
		.sort();

beforeEach(async () => {
	await odin.create({ items: [{}], parameters: { name: 'before' } });
	odin.simulator.clearRequests();
});

describe('Beside other n8n workers, the node', () => {
	it('takes the token that another worker got while a request was under way, without a login', async () => {
		odin.simulator.revokeTokens();
		const token = await logInElsewhere();
		odin.simulator.clearRequests();
		let stored: Promise<void> | undefined;
		odin.simulator.injectFault((request) => {
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
		odin.simulator.configure({ singleSession: true });
		odin.simulator.revokeTokens();
		let creations = 0;
		let stored: Promise<void> | undefined;
		odin.simulator.injectFault((request) => {
			if (!isCreation(request) || ++creations !== 2) return undefined;
			odin.simulator.revokeTokens();
			stored = logInElsewhere().then(storeElsewhere);
			return undefined;
		});
		const run = await create(1);
		await stored;
		expect(said(run)).toBe('');
		expect(created()).toEqual(['t0']);
	});

	it('does not use a token again that another worker has stored and Odin has refused', async () => {
		odin.simulator.revokeTokens();
		let stored: Promise<void> | undefined;
		odin.simulator.injectFault((request) => {
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
		odin.simulator.revokeTokens();
		odin.simulator.clearRequests();
		const run = await create(5);
		expect(said(run)).toBe('');
		expect(created()).toHaveLength(5);
		expect(loginsSent()).toBe(1);
	});
});
