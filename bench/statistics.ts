/** The middle of several measurements, and how far they lie apart. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

/** @throws for no values */
export function spreadOf(values: number[]): Spread {
	const sorted = [...values].sort((one, other) => one - other);
	const [min, max] = [sorted[0], sorted.at(-1)];
	const middle = sorted.length / 2;
	const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	if (min === undefined || max === undefined || low === undefined || high === undefined) {
		throw new RangeError('No measurements');
	}
	return { median: (low + high) / 2, min, max };
}

/** What a measurement says of each round, in comparison with another one of the same round. */
export const ratios = (values: number[], others: number[]): Spread =>
	spreadOf(values.map((value, round) => value / (others[round] ?? Number.NaN)));
