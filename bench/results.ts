import type { Contender } from './contenders';
import type { MemoryUse } from './memoryMessages';
import type { Sample, Samples } from './rounds';
import { ratios, spreadOf, type Spread } from './statistics';
import type { TurnUpCost } from './turnUps';

/** Everything that was measured. */
export interface Results {
	contenders: Contender[];
	samples: Samples;
	/** Odin node, concurrency 10, many more items */
	large: Sample[];
	/** The same of the bare node */
	largeBare: Sample[];
	/** Odin node, bare node and others */
	memory: Array<{ label: string; items: number; use: MemoryUse }>;
	turnUps: TurnUpCost[];
}

/** A figure that the node is to reach. */
export interface Target {
	what: string;
	/** As it was measured */
	measured: Spread;
	/** The same of the bare node, where the figure is no ratio */
	bare?: Spread;
	/** Up to which, or from which on, it counts as reached */
	limit: number;
	atLeast: boolean;
	unit: '' | ' MB' | ' ms';
}

export const isReached = ({ measured: { median }, limit, atLeast }: Target): boolean =>
	atLeast ? median >= limit : median <= limit;

const MEGABYTE = 1e6;

/** The targets in view of what was measured; ratios are taken within a round. */
export function targetsIn({
	samples,
	large,
	largeBare,
	memory,
}: Pick<Results, 'samples' | 'large' | 'largeBare' | 'memory'>): Target[] {
	const of = (id: string, value: (sample: Sample) => number) => (samples.get(id) ?? []).map(value);
	const cpu = (sample: Sample) => sample.cpuMs / sample.items;
	const wall = (sample: Sample) => sample.wallMs / sample.items;
	const ratio = (one: string, other: string, value: (sample: Sample) => number) =>
		ratios(of(one, value), of(other, value));
	const usual = samples.get('odin-10') ?? [];
	return [
		{
			what: 'Sending: speed in parts of the bare node',
			measured: ratio('bare-10', 'odin-10', ({ sendingMs }) => sendingMs),
			limit: 0.97,
			atLeast: true,
			unit: '',
		},
		{
			what: 'The whole node: speed in parts of the bare node',
			measured: ratio('bare-10', 'odin-10', wall),
			limit: 0.95,
			atLeast: true,
			unit: '',
		},
		{
			what: 'CPU in parts of the bare node',
			measured: ratio('odin-10', 'bare-10', cpu),
			limit: 1.1,
			atLeast: false,
			unit: '',
		},
		{
			what: 'CPU in parts of HTTP Request, all optional fields by expressions',
			measured: ratio('odin-all', 'http-all', cpu),
			limit: 1,
			atLeast: false,
			unit: '',
		},
		{
			what: 'CPU of an item with five expressions, in parts of HTTP Request with five',
			measured: ratio('odin-five', 'http-five', cpu),
			limit: 0.85,
			atLeast: false,
			unit: '',
		},
		{
			what: 'CPU of an item of 25 mapped columns, in parts of one with the same fields in the form',
			measured: ratio('odin-columns', 'odin-constants', cpu),
			limit: 1.1,
			atLeast: false,
			unit: '',
		},
		{
			what: 'Memory above the idle engine that the node holds at most, 1,000 items',
			measured: spreadOf(memory.slice(0, 1).map(({ use }) => use.live / MEGABYTE)),
			limit: 40,
			atLeast: false,
			unit: ' MB',
		},
		{
			what: 'The same in parts of what the bare node holds',
			measured: spreadOf(
				memory.slice(0, 1).map(({ use }) => use.live / (memory[1]?.use.live ?? Number.NaN)),
			),
			limit: 1.25,
			atLeast: false,
			unit: '',
		},
		{
			what: "Longest block of n8n's event loop, 10,000 items",
			measured: spreadOf(large.map(({ longestBlockMs }) => longestBlockMs)),
			bare: spreadOf(largeBare.map(({ longestBlockMs }) => longestBlockMs)),
			limit: 100,
			atLeast: false,
			unit: ' ms',
		},
		{
			what: 'CPU an item with 10,000 items, in parts of that with 1,000',
			measured: ratios(large.map(cpu), usual.map(cpu)),
			limit: 1.1,
			atLeast: false,
			unit: '',
		},
		{
			what: 'Time an item with 10,000 items, in parts of that with 1,000',
			measured: ratios(large.map(wall), usual.map(wall)),
			limit: 1.1,
			atLeast: false,
			unit: '',
		},
	];
}
