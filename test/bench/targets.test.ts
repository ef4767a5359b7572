import { isReached, targetsIn, type Target } from '../../bench/results';
import { ratios, spreadOf } from '../../bench/statistics';

describe('a spread', () => {
	it.each([
		[[3], { median: 3, min: 3, max: 3 }],
		[[9, 1, 4], { median: 4, min: 1, max: 9 }],
		[[8, 2, 4, 1], { median: 3, min: 1, max: 8 }],
	])('of %j', (values, expected) => {
		expect(spreadOf(values)).toEqual(expected);
	});

	it('of nothing does not exist', () => {
		expect(() => spreadOf([])).toThrow('No measurements');
	});

	it('of ratios compares within a round', () => {
		expect(ratios([2, 30, 4], [1, 10, 4])).toEqual({ median: 2, min: 1, max: 3 });
	});
});

const target = (median: number, more: Partial<Target>): Target => ({
	what: '',
	measured: { median, min: 0, max: 9 },
	limit: 0.8,
	atLeast: true,
	unit: '',
	...more,
});

it.each([
	[0.8, true, true],
	[0.79, true, false],
	[0.8, false, true],
	[0.81, false, false],
])('a median of %d against 0.8 as the lowest (%s) is reached: %s', (median, atLeast, expected) => {
	expect(isReached(target(median, { atLeast }))).toBe(expected);
});

it('the targets compare speed the one way and cost the other', () => {
	const sample = (ms: number, items = 10) => [
		{
			items,
			wallMs: ms * items,
			cpuMs: ms * items,
			longestBlockMs: ms,
			sendingMs: ms * 10,
			peakInFlight: 1,
		},
	];
	const results: Parameters<typeof targetsIn>[0] = {
		samples: new Map([
			['odin-10', sample(4)],
			['bare-10', sample(1)],
			['odin-five', sample(5)],
			['http-five', sample(10)],
			['odin-columns', sample(3)],
			['odin-constants', sample(4)],
			['odin-all', sample(6)],
			['http-all', sample(60)],
		]),
		large: sample(5, 100),
		largeBare: sample(6, 100),
		memory: [30e6, 25e6].map((live) => ({
			label: '',
			items: 10,
			use: { live, first: 1e6, again: 2e6 },
		})),
	};
	const targets = targetsIn(results);
	expect(targets.map(({ measured }) => measured.median)).toEqual([
		0.25, 0.25, 4, 0.1, 0.5, 0.75, 30, 1.2, 5, 1.25, 1.25,
	]);
	expect(targets.flatMap(({ bare }) => bare?.median ?? [])).toEqual([6]);
});
