import { OdinRuns, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const ITEMS = 40;
const items = Array.from({ length: ITEMS }, (_, i) => ({ name: `t${i}` }));

let odin: OdinRuns;

beforeAll(async () => {
	odin = await OdinRuns.start();
});

afterAll(async () => {
	await odin.stop();
});

beforeEach(async () => await odin.restart({ latencyMs: 5 }));

const refuse = (...names: string[]) => {
	for (const name of names) {
		odin.simulator.addFault({
			kind: 'status',
			status: 400,
			method: 'POST',
			name,
			body: { error: 'Not this one' },
		});
	}
};

const numbersOf = (names: Iterable<string | undefined>): number[] =>
	[...names].map((name) => Number(name?.slice(1))).sort((one, other) => one - other);

/** The trunk groups of the items that Odin has. */
const created = (): number[] =>
	numbersOf(
		odin.network
			.trunkGroups('acme-ent', 'acme-hq')
			.map(({ name }) => name)
			.filter((name) => /^t\d+$/.test(name)),
	);

/** The trunk groups that a text names after some words, to the end of that list. */
const namedAfter = (text: string, words: string): number[] => {
	const list = text.split(words)[1]?.split(/\)\. |$/)[0] ?? '';
	return numbersOf([...list.matchAll(/trunk group '(t\d+)'/g)].map(([, name]) => name));
};

/** The items of "Not tried: items 3, 5 to 7". */
function untried(message: string): number[] {
	const list = /Not tried: items? (.*)$/.exec(message)?.[1] ?? '';
	return list
		.split(', ')
		.filter(Boolean)
		.flatMap((part) => {
			const [from = NaN, to = from] = part.split(' to ').map(Number);
			return Array.from({ length: to - from + 1 }, (_, i) => from + i);
		});
}

const upTo = (end: number): number[] => Array.from({ length: end }, (_, i) => i);

describe('the message of a run that stopped midway', () => {
	it.each(['create', 'upsert'])(
		'names what was done, ten of them in the message, all in the description: %s',
		async (operation) => {
			refuse('t25');
			const options = { concurrency: 1 };
			const { message, description } = await odin.failure(
				`trunkGroup.${operation}`,
				{ ...NAMED, options },
				{ items },
			);
			expect(message).toMatch(/^Item 25: Odin refused to create trunk group 't25' .*Not this one/);
			expect(namedAfter(message, 'Done before: ')).toEqual(upTo(10));
			expect(message).toContain('; and 15 more. Not tried: items 26 to 39');
			expect(namedAfter(description ?? '', 'Done before: ')).toEqual(upTo(25));
			expect(created()).toEqual(upTo(25));
			expectPlainWords(`${message} ${description ?? ''}`);
		},
	);

	it('names few in the message alone', async () => {
		refuse('t3');
		const options = { concurrency: 1 };
		const { message, description } = await odin.failure(
			'trunkGroup.create',
			{ ...NAMED, options },
			{ items },
		);
		expect(namedAfter(message, 'Done before: ')).toEqual([0, 1, 2]);
		expect(untried(message)).toEqual(upTo(ITEMS).slice(4));
		expect(description).not.toContain('Done before');
	});

	it.each([2, 10, 30])(
		'accounts for every item, with %i at once and slow ones among them',
		async (concurrency) => {
			refuse('t12', 't15');
			// They end after the refusal, and count as done.
			for (const name of ['t9', 't10', 't14']) {
				odin.simulator.addFault({ kind: 'slowBody', paceMs: 10, method: 'POST', name });
			}
			const { message, description } = await odin.failure(
				'trunkGroup.create',
				{ ...NAMED, options: { concurrency } },
				{ items },
			);
			const failed = [...message.matchAll(/Item (\d+): Odin refused/g)].map(([, item]) =>
				Number(item),
			);
			const done = namedAfter(description ?? '', 'Done before: ');
			expect(done).toEqual(created());
			expect(failed).toContain(12);
			expect([...done, ...failed, ...untried(message)].sort((a, b) => a - b)).toEqual(upTo(ITEMS));
		},
	);

	it('names every trunk group of which it is not known, also more than ten', async () => {
		odin.simulator.injectFault(({ method, path }) =>
			path === '/groups/trunk-groups'
				? { kind: method === 'POST' ? 'lostAnswer' : 'reset' }
				: undefined,
		);
		const options: Json = { concurrency: 15, maxRetries: 0 };
		const { message, description } = await odin.failure(
			'trunkGroup.create',
			{ ...NAMED, options },
			{ items },
		);
		expect([...message.matchAll(/Item \d+: The outcome is unknown/g)]).toHaveLength(10);
		expect(message).toContain('and 5 more. No other item was done. Not tried: items 15 to 39');
		expect(namedAfter(description ?? '', 'Not known whether done: ')).toEqual(upTo(15));
		expect(created()).toEqual(upTo(15));
	});

	it.each<[string, () => void]>([
		[
			'a name that is taken',
			() => void odin.network.addTrunkGroup({ ...GROUP, name: 't3', maxActiveCalls: 1 }),
		],
		[
			'an Odin that is too busy',
			() =>
				odin.simulator.addFault({
					kind: 'status',
					status: 429,
					method: 'POST',
					name: 't3',
					times: 9,
				}),
		],
	])('does not say that nothing was done, after %s, when something was', async (_, goWrong) => {
		const options = { concurrency: 1, maxRetries: 0 };
		const run = async (from: number) =>
			await odin.failure('trunkGroup.create', { ...NAMED, options }, { items: items.slice(from) });
		goWrong();
		const { message, description } = await run(0);
		expect(namedAfter(message, 'Done before: ')).toEqual([0, 1, 2]);
		expect(description).not.toContain('Nothing was');
		const { description: alone } = await run(3);
		expect(alone).toMatch(/^Nothing was (created|done)\. /);
	});
});
