import type { Fault } from '../../simulator';
import { useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const ITEMS = 40;
const items = Array.from({ length: ITEMS }, (_, i) => ({ name: `t${i}` }));

const odin = useOdin({ switches: { latencyMs: 5 } });

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
	const list = text.split(words)[1]?.split(/\. |$/)[0] ?? '';
	return numbersOf([...list.matchAll(/'(t\d+)' \(item \d+\)/g)].map(([, name]) => name));
};

/** The items that a text names after some words, as in "Not tried: items 3, 5 to 7". */
function itemsAfter(text: string, words: string): number[] {
	const list = text.split(`${words}: item`)[1]?.replace(/^s? |\. .*$/g, '') ?? '';
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
		'begins with the cause, counts in ranges, and names in the description what was done: %s',
		async (operation) => {
			refuse('t25');
			const options = { concurrency: 1 };
			const { message, description } = await odin.failure(
				`trunkGroup.${operation}`,
				{ ...NAMED, options },
				{ items },
			);
			expect(message).toMatch(
				/^Item 25: Odin refused to create trunk group 't25' .*Not this one\. Done: items 0 to 24\. Not tried: items 26 to 39$/,
			);
			expect(namedAfter(description ?? '', 'Done: ')).toEqual(upTo(25));
			expect(namedAfter(description ?? '', 'Not tried: ')).toEqual(upTo(ITEMS).slice(26));
			expect(created()).toEqual(upTo(25));
			expectPlainWords(`${message} ${description ?? ''}`);
		},
	);

	it('says one cause of several items once', async () => {
		refuse(...items.map(({ name }) => name));
		const { message, description } = await odin.failure(
			'trunkGroup.create',
			{ ...NAMED, options: { concurrency: 5 } },
			{ items },
		);
		expect(message).toBe(
			"Items 0 to 4: Odin refused to create trunk group '…' (HTTP 400): Not this one. No other item was done. Not tried: items 5 to 39",
		);
		expect(namedAfter(description ?? '', 'Not done: ')).toEqual(upTo(5));
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
			const failed = [...message.matchAll(/Items? ([\d, to]+): Odin refused/g)].flatMap(([text]) =>
				itemsAfter(text.replace(/Items? (.*): Odin.*/, 'Refused: items $1'), 'Refused'),
			);
			const done = itemsAfter(message, 'Done');
			expect(namedAfter(description ?? '', 'Done: ')).toEqual(done);
			expect(done).toEqual(created());
			expect(failed).toContain(12);
			const tried = [...done, ...failed];
			const all = [...tried, ...itemsAfter(message, 'Not tried')].sort((a, b) => a - b);
			expect(all).toEqual(upTo(ITEMS));
		},
	);

	it.each<Fault>([
		{ kind: 'lostAnswer' },
		// A proxy may answer so for an Odin that did what it was asked.
		{ kind: 'gatewayAfterWrite', status: 503 },
	])('names every trunk group of which the outcome is unknown: %j', async (fault) => {
		odin.simulator.injectFault(({ method, path }) =>
			path === '/groups/trunk-groups' ? (method === 'POST' ? fault : { kind: 'reset' }) : undefined,
		);
		const options: Json = { concurrency: 15, maxRetries: 0 };
		const { message, description } = await odin.failure(
			'trunkGroup.create',
			{ ...NAMED, options },
			{ items },
		);
		expect(message).toMatch(/^Items 0 to 14: .*trunk group '…'/);
		expect(message).toContain(
			'No other item was done. Outcome unknown: items 0 to 14. Not tried: items 15 to 39',
		);
		expect(namedAfter(description ?? '', 'Outcome unknown: ')).toEqual(upTo(15));
		expect(created()).toEqual(upTo(15));
	});

	it('does not say that nothing was done when something was', async () => {
		odin.simulator.addFault({
			kind: 'status',
			status: 429,
			method: 'POST',
			name: 't3',
			times: 9,
		});
		const options = { concurrency: 1, maxRetries: 0 };
		const run = async (from: number) =>
			await odin.failure('trunkGroup.create', { ...NAMED, options }, { items: items.slice(from) });
		const { message, description } = await run(0);
		expect(message).toContain('. Done: items 0 to 2. ');
		expect(description).not.toContain('Nothing was');
		const { description: alone } = await run(3);
		expect(alone).toMatch(/^Nothing was done\. /);
	});
});
