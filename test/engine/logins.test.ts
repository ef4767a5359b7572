/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { said } from './support/creation';
import { jsonOf, useOdin } from './support/odinRuns';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PATH = '/groups/trunk-groups';
const LOGIN = '/auth/token';

const odin = useOdin();

const create = async (options: { timeout: number; maxRetries: number }) =>
	await odin.run('trunkGroup.create', { ...GROUP, name: 'sbc', options });

describe("'Timeout'", () => {
	it.each(['hang', 'slowBody'] as const)(
		'ends a login too, which is told as one: %s',
		async (kind) => {
			odin.simulator.addFault({ path: LOGIN, kind, paceMs: 200, times: Infinity });
			const run = await create({ timeout: 500, maxRetries: 0 });
			expect(run.error?.message).toMatch(
				/The login did not succeed, so .* could not be created.*did not answer in time.*'Timeout' in the options sets/,
			);
			expect(odin.requests()).toEqual([]);
		},
	);

	it('longer than a login takes is kept for the login', async () => {
		odin.simulator.addFault({ path: LOGIN, kind: 'slowBody', paceMs: 50 });
		expect(said(await create({ timeout: 10_000, maxRetries: 0 }))).toBe('');
	});

	it('of a request begins when its login is over', async () => {
		// The login takes 0.8 seconds, and so does the creation.
		odin.simulator.addFault({ path: LOGIN, kind: 'slowBody', paceMs: 40 });
		odin.simulator.addFault({ path: PATH, kind: 'slowBody', paceMs: 40 });
		expect(said(await create({ timeout: 1300, maxRetries: 0 }))).toBe('');
		expect(odin.requests().map(({ method }) => method)).toEqual(['POST']);
	});

	it('of a request ends it after a login, too', async () => {
		odin.simulator.addFault({ path: LOGIN, kind: 'slowBody', paceMs: 20 });
		odin.simulator.addFault({ path: PATH, kind: 'slowBody', paceMs: 200 });
		const run = await create({ timeout: 800, maxRetries: 0 });
		// It was sent and may have been carried out, so it is looked for.
		expect(said(run)).toBe('');
		expect(odin.requests().map(({ method }) => method)).toEqual(['POST', 'GET']);
	});
});

it('a request that waits for the login of another execution has its own time after it', async () => {
	odin.simulator.addFault({ path: LOGIN, kind: 'slowBody', paceMs: 60 });
	const patient = create({ timeout: 10_000, maxRetries: 0 });
	while (odin.simulator.requests.length === 0)
		await new Promise((resolve) => setImmediate(resolve));
	const hasty = odin.run('trunkGroup.create', {
		...GROUP,
		name: 'hasty',
		options: { timeout: 500, maxRetries: 0 },
	});
	expect((await Promise.all([patient, hasty])).map(said)).toEqual(['', '']);
	expect(odin.requests().map(({ method }) => method)).toEqual(['POST', 'POST']);
	expect(odin.simulator.logins()).toBe(1);
});

const loginsSent = () => odin.simulator.requests.filter(({ path }) => path === LOGIN).length;

const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `t${i}` }));

describe('a login that fails for now', () => {
	it.each([
		[{ kind: 'status', status: 503 } as const, 30_000],
		[{ kind: 'hang' } as const, 300],
	])('costs its retries once, not once an item: %j', async (fault, timeout) => {
		odin.simulator.addFault({ ...fault, path: LOGIN, times: Infinity });
		const run = await odin.run(
			'trunkGroup.create',
			{ ...NAMED, options: { concurrency: 2, maxRetries: 2, timeout } },
			{ items: named(40), node: { onError: 'continueRegularOutput' } },
		);
		// Three tries; the two items may try by turns.
		expect(loginsSent()).toBeLessThanOrEqual(2 * 3);
		const errors = jsonOf(run.output[0]).map(({ error }) => String(error));
		expect(errors).toHaveLength(40);
		errors.forEach((error, item) =>
			expect(error).toMatch(
				new RegExp(`^Item ${item}: The login did not succeed, so trunk group 't${item}'`),
			),
		);
	});
});
