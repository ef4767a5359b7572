import fc from 'fast-check';

import type { Fault, FaultCandidate } from '../../simulator';
import type { RunResult } from './harness';
import { LOOP_NODES, loopOver } from './support/loop';
import { useOdin, pairing, type Json } from './support/odinRuns';
import { mostAtOnceInASecond } from './support/arrivals';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const EXISTING = { ...GROUP, trunkGroup: '={{ $json.name }}' };

const odin = useOdin({ nodeTypes: LOOP_NODES });

/** What is done to one trunk group, and what it takes. */
const OPERATIONS: Record<string, { parameters: Json; items: number; exists: boolean }> = {
	create: { parameters: NAMED, items: 50, exists: false },
	// The capacity is looked up before each create.
	'create, checking the capacity': {
		parameters: { ...NAMED, options: { checkCapacity: true } },
		items: 25,
		exists: false,
	},
	// A look-up, then a create.
	upsert: { parameters: NAMED, items: 25, exists: false },
	get: { parameters: EXISTING, items: 50, exists: true },
	getAll: { parameters: GROUP, items: 50, exists: true },
	// A look-up, the list of users, the pilot user cleared, then the deletion.
	delete: { parameters: { ...EXISTING, options: { force: true } }, items: 12, exists: true },
};

const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `t${i}` }));

function addTrunkGroups(count: number): void {
	for (const { name } of named(count)) {
		odin.network.addTrunkGroup({ ...GROUP, name, pilotUserId: 'pilot@example.com' });
	}
}

const FAULTS: Fault[] = [
	{ kind: 'status', status: 429, headers: { 'retry-after': '0' } },
	{ kind: 'status', status: 503, headers: { 'retry-after': '0' } },
	{ kind: 'status', status: 401, body: { error: 'Expired token' } },
	{ kind: 'status', status: 403, body: { error: 'Expired token' } },
	{ kind: 'status', status: 500 },
	{ kind: 'reset' },
	{ kind: 'lostAnswer' },
	{ kind: 'slowBody', paceMs: 15 },
];

interface Weather {
	concurrency: number;
	rate: number;
	/** Milliseconds that answers take, one after the other */
	latencies: number[];
	/** By number of the request; undefined for none */
	faults: Array<Fault | undefined>;
}

const weather: fc.Arbitrary<Weather> = fc.record({
	concurrency: fc.oneof(fc.constant(50), fc.integer({ min: 5, max: 49 })),
	rate: fc.integer({ min: 20, max: 30 }),
	latencies: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 10 }),
	faults: fc.array(
		fc.oneof(
			{ weight: 12, arbitrary: fc.constant(undefined) },
			{ weight: 1, arbitrary: fc.constantFrom(...FAULTS) },
		),
		{ minLength: 20, maxLength: 40 },
	),
});

function blow({ latencies, faults }: Weather): void {
	odin.simulator.injectFault(({ sequence, path }: FaultCandidate) => {
		odin.simulator.configure({ latencyMs: latencies[sequence % latencies.length] });
		// A login that does not succeed ends a batch; here it is about its pace.
		return path === '/auth/token' ? undefined : faults[sequence % faults.length];
	});
}

const itemsOf = ({ output }: RunResult): number[] =>
	(pairing(output[0]) as Array<{ item: number }>).map(({ item }) => item);

describe('whatever happens', () => {
	const { seed = 0 } = fc.readConfigureGlobal();
	const rows = Object.entries(OPERATIONS).map(([name, run], index) => ({
		...run,
		name,
		seed: seed + index,
	}));
	it.each(rows)(
		'neither Concurrency nor Requests per Second is exceeded, and the order stays: $name',
		async ({ name, parameters, items, exists, seed }) => {
			const [operation = ''] = name.split(',');
			const property = fc.asyncProperty(weather, async (now) => {
				await odin.restart();
				if (exists) addTrunkGroups(items);
				blow(now);
				const options = {
					...(parameters.options as Json | undefined),
					concurrency: now.concurrency,
					requestsPerSecond: now.rate,
				};
				const run = await odin.run(
					`trunkGroup.${operation}`,
					{ ...parameters, options },
					{ items: named(items), node: { onError: 'continueRegularOutput' } },
				);
				const { requests } = odin.simulator;
				expect(requests.length).toBeGreaterThan(items);
				expect(mostAtOnceInASecond(requests)).toBeLessThanOrEqual(now.rate);
				expect(odin.simulator.peakInFlight()).toBeLessThanOrEqual(now.concurrency);
				const order = itemsOf(run);
				expect(order).toEqual([...order].sort((one, other) => one - other));
				expect(new Set(order).size).toBe(items);
			});
			await fc.assert(property, { numRuns: 1, seed, endOnFailure: true });
		},
	);
});

describe('Requests per Second', () => {
	it('counts the login too, also where one request fills the second', async () => {
		const options = { requestsPerSecond: 1 };
		await odin.all('trunkGroup.create', { ...NAMED, options }, { items: named(2) });
		const { requests } = odin.simulator;
		expect(requests.map(({ path }) => path)).toEqual([
			'/auth/token',
			'/groups/trunk-groups',
			'/groups/trunk-groups',
		]);
		expect(mostAtOnceInASecond(requests)).toBe(1);
	});

	it('holds for a login that is needed in the middle', async () => {
		odin.simulator.injectFault(({ sequence }) => {
			if (sequence === 12) odin.simulator.revokeTokens();
			return undefined;
		});
		const options = { requestsPerSecond: 10, concurrency: 50 };
		await odin.all('trunkGroup.create', { ...NAMED, options }, { items: named(20) });
		expect(odin.simulator.logins()).toBe(2);
		expect(mostAtOnceInASecond(odin.simulator.requests)).toBeLessThanOrEqual(10);
	});

	it('holds across the tries of Retry On Fail', async () => {
		odin.simulator.addFault({ kind: 'status', status: 400, name: 't9' });
		const options = { requestsPerSecond: 10, concurrency: 10 };
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		await odin.all('trunkGroup.create', { ...NAMED, options }, { items: named(15), node });
		expect(odin.requests()).toHaveLength(16);
		expect(mostAtOnceInASecond(odin.simulator.requests)).toBeLessThanOrEqual(10);
	});

	it('holds across the rounds of a loop', async () => {
		const options = { requestsPerSecond: 5 };
		await odin.run(
			'trunkGroup.create',
			{},
			{
				workflow: loopOver(3, {
					resource: 'trunkGroup',
					operation: 'create',
					...GROUP,
					name: '={{ `${$json.name}-${$runIndex}` }}',
					options,
				}),
				items: named(3),
			},
		);
		expect(odin.requests()).toHaveLength(9);
		expect(mostAtOnceInASecond(odin.simulator.requests)).toBeLessThanOrEqual(5);
	});

	it.each([5_000_000, Number.MAX_SAFE_INTEGER])('may be as high as %i', async (rate) => {
		const options = { requestsPerSecond: rate };
		expect(await odin.all('trunkGroup.create', { ...GROUP, name: 'sbc', options })).toHaveLength(1);
	});
});
