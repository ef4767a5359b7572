import { LATENCY_MS } from './simulatorMessages';
import { isReached, targetsIn, type Results } from './results';
import type { Sample } from './rounds';
import { spreadOf, type Spread } from './statistics';
import type { TurnUpCost } from './turnUps';

const MEGABYTE = 1e6;

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

const shown = ({ median, min, max }: Spread, unit = ''): string =>
	min === max
		? `${figure(median)}${unit}`
		: `${figure(median)}${unit} (${figure(min)} – ${figure(max)})`;

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: string[], rows: string[][]): string =>
	[row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** The measurements as docs/benchmark.md. */
export function report(results: Results, node: string): string {
	const { contenders, samples, large, largeBare, memory, turnUps } = results;
	const per = (value: (sample: Sample) => number, of: Sample[]) => shown(spreadOf(of.map(value)));
	const measured = contenders.map(({ id, label }) => {
		const of = samples.get(id) ?? [];
		return [
			label,
			String(of[0]?.items),
			per(({ wallMs, items }) => wallMs / items, of),
			per(({ cpuMs, items }) => cpuMs / items, of),
			per(({ sendingMs, items }) => sendingMs / items, of),
			String(Math.max(...of.map(({ peakInFlight }) => peakInFlight))),
		];
	});
	const targets = targetsIn(results).map((target) => [
		target.what,
		`${target.atLeast ? 'at least' : 'at most'} ${target.limit}${target.unit}`,
		shown(target.measured, target.unit),
		target.bare ? shown(target.bare, target.unit) : '',
		isReached(target) ? 'yes' : 'no',
	]);
	const largeRows = [['Odin node', large] as const, ['Bare node', largeBare] as const].map(
		([label, of]) => [
			`${label}, concurrency 10, ${of[0]?.items} items`,
			per(({ wallMs, items }) => wallMs / items, of),
			per(({ cpuMs, items }) => cpuMs / items, of),
			per(({ longestBlockMs }) => longestBlockMs, of),
		],
	);
	return `# Benchmark

Written by \`npm run bench\`, which repeats it; \`npm run bench -- --quick\` only shows that it runs, and writes nothing.

Every contender creates the same trunk groups with the same credential on the simulator, which runs in a process of its
own and answers after ${LATENCY_MS} ms. The nodes run in n8n's engine with its production expression engine, under ${node},
which n8n runs on. A round measures everybody once, each round beginning with another one, so that what slows the
machine down meets all. Figures are medians over the rounds (${samples.get('odin-10')?.length}), with the lowest and the
highest. A ratio is taken within each round, and its median shown.

## Targets

${table(['target', 'limit', 'Odin node', 'bare node', 'reached'], targets)}

At concurrency 10. The bare node does nothing but send (\`bench/bareNode.ts\`: no check, no retry, no reading back): a node
can't cost less. n8n's request helper opens a new connection for every request, which no node changes, so axios without
keep-alive is as fast as anybody gets here, and axios with keep-alive shows what that costs.

## Measurements

Milliseconds an item. "Whole" is the node from its first to its last line, "CPU" what its process used meanwhile on all
threads, "sending" the time from the first request to the last answer, seen at the simulator.

${table(['contender', 'items', 'whole', 'CPU', 'sending', 'most at once'], measured)}

HTTP Request has no limit of its own by default: its requests start while the parameters of later items are still read,
and with many items it holds as many connections at once as there are answers outstanding.

"Longest block" is the longest piece, in milliseconds, in which n8n could do nothing else: no other workflow, no editor.

${table(['many items', 'whole', 'CPU', 'longest block'], largeRows)}

${turnUpSection(turnUps)}
## Memory

Highest memory above the idle engine with the input items in it, each node in a process of its own. "Held" is what can't
be freed (heap and external memory after a garbage collection, ten times a second); the resident set also contains what
Node keeps for later: in an engine that did next to nothing before, and in one that did as much before.

${table(
	['contender', 'items', 'held', 'resident set, first run', 'resident set, later run'],
	memory.map(({ label, items, use }) => [
		label,
		String(items),
		...[use.live, use.first, use.again].map((bytes) => `${figure(bytes / MEGABYTE)} MB`),
	]),
)}
`;
}

/** The part about SIP Trunk → Turn Up. */
export const turnUpSection = (turnUps: readonly TurnUpCost[]): string => `## Requests of a turn-up

SIP Trunk → Turn Up of trunks of one group, each with call capacity, device, numbers, users, pilot user, user services and
SIP authentication; logins are left out. What a row needs of its group is read once until something is written. So the
requests grow with the users and with the rows, each for itself, and not with rows × users of the whole batch.

${table(
	['rows', 'users of each', 'requests', 'requests of a second run', 'a user'],
	turnUps.map(({ rows, users, first, again }) => [
		String(rows),
		String(users),
		String(first),
		String(again),
		figure(first / (rows * users)),
	]),
)}
`;
