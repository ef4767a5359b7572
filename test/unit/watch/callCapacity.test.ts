import fc from 'fast-check';
import { watchCapacity } from '../../../nodes/Odin/watch/callCapacity';
import type { Remembered } from '../../../nodes/Odin/watch/memory';

const profile = (calls: number, most: unknown = 100, outgoing: unknown = 0) => ({
	totalActiveIncomingCalls: calls,
	totalActiveOutgoingCalls: outgoing,
	maxActiveCalls: most,
});

/** The numbers of calls at which it is told, of 100. */
function told(
	limits: { threshold: number; hysteresis: number },
	calls: readonly number[],
): number[] {
	const watch = watchCapacity(limits);
	let known: Remembered = [];
	return calls.filter((now) => {
		const { remembered, changes } = watch.compare(known, watch.read(profile(now))!);
		known = remembered;
		return changes.length > 0;
	});
}

test.each([
	['once while it stays high', [10, 79, 80, 95, 80], [80]],
	['not again within the hysteresis', [10, 85, 75, 85, 70, 85], [85]],
	['again after it was below', [10, 85, 69, 81], [85, 81]],
	['not at the first look', [90, 95, 60, 90], [90]],
])('is told %s', (_, calls, expected) =>
	expect(told({ threshold: 80, hysteresis: 10 }, calls)).toEqual(expected),
);

test('a hysteresis larger than the threshold ends with the last call', () =>
	expect(told({ threshold: 5, hysteresis: 50 }, [0, 6, 1, 6, 0, 6])).toEqual([6, 6]));

test('between two that are told it was below threshold and hysteresis, and none is left out', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 120 })),
			fc.integer({ min: 1, max: 100 }),
			fc.integer({ min: 0, max: 50 }),
			(calls, threshold, hysteresis) => {
				const isLow = (one: number) => one < threshold - hysteresis || one === 0;
				const expected: number[] = [];
				let armed = calls[0] !== undefined && calls[0] < threshold;
				for (const one of calls.slice(1)) {
					if (armed && one >= threshold) {
						expected.push(one);
						armed = false;
					} else if (isLow(one)) armed = true;
				}
				expect(told({ threshold, hysteresis }, calls)).toEqual(expected);
			},
		),
	);
});

test.each([
	['numbers as text', profile(1, '4', '1'), [50]],
	['with decimals', profile(1, 3), [33.33]],
	['both directions', profile(2, 4, 2), [100]],
	['bursting', profile(5, 4), [125]],
	['of a trunk group that may have none', profile(0, 0), [0]],
	['not told without a counter', profile(1, 4, null), undefined],
	['not told without a limit', profile(1, null), undefined],
])('what is used: %s', (_, given, expected) =>
	expect(watchCapacity({ threshold: 80, hysteresis: 10 }).read(given)).toEqual(expected),
);
