import { someOf } from '../../values/text';

/** Numbers of one length that follow each other, both ends included. */
export interface NumberRange {
	/** What Odin writes before the digits, e.g. "+1-" */
	prefix: string;
	/** Digits; zeros in front are part of the number */
	first: string;
	last: string;
}

/** A range as Odin takes and gives it: a single number has no max. */
export interface WireRange {
	min: string;
	max?: string;
}

const moved = (digits: string, by: bigint): string =>
	(BigInt(digits) + by).toString().padStart(digits.length, '0');

const before = (digits: string): string => moved(digits, -1n);
const after = (digits: string): string => moved(digits, 1n);

/** Digits of one length are in the order of their numbers as texts, too. */
const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one < other ? other : one);

const isSameLine = (one: NumberRange, other: NumberRange): boolean =>
	one.prefix === other.prefix && one.first.length === other.first.length;

function compare(one: NumberRange, other: NumberRange): number {
	if (one.prefix !== other.prefix) return one.prefix < other.prefix ? -1 : 1;
	if (one.first.length !== other.first.length) return one.first.length - other.first.length;
	return one.first === other.first ? 0 : one.first < other.first ? -1 : 1;
}

/** Whether all of a range comes before the other begins. */
const isBefore = (one: NumberRange, other: NumberRange): boolean =>
	isSameLine(one, other) ? one.last < other.first : compare(one, other) < 0;

/** In order, with what overlaps or follows directly in one range. */
export function joined(ranges: readonly NumberRange[]): NumberRange[] {
	const result: NumberRange[] = [];
	for (const { prefix, first, last } of [...ranges].sort(compare)) {
		const range = { prefix, first, last };
		const previous = result.at(-1);
		const touches =
			previous !== undefined &&
			isSameLine(previous, range) &&
			(first <= previous.last || first === after(previous.last));
		if (touches) previous.last = later(previous.last, last);
		else result.push(range);
	}
	return result;
}

/** In order; where two overlap, the one that begins first keeps what both have. */
export function disjoint<Range extends NumberRange>(ranges: readonly Range[]): Range[] {
	const result: Range[] = [];
	for (const range of [...ranges].sort(compare)) {
		const previous = result.at(-1);
		if (!previous || isBefore(previous, range)) result.push(range);
		else if (previous.last < range.last) {
			result.push({ ...range, first: after(previous.last) });
		}
	}
	return result;
}

export interface Split<Range extends NumberRange, Other extends NumberRange> {
	/** The parts that lie in one of the others, each with the one */
	inside: Array<{ part: Range; other: Other }>;
	outside: Range[];
}

/** Cuts ranges where others begin and end. Both must be in order and without overlaps, as `joined` and `disjoint` give them. */
export function split<Range extends NumberRange, Other extends NumberRange>(
	ranges: readonly Range[],
	others: readonly Other[],
): Split<Range, Other> {
	const result: Split<Range, Other> = { inside: [], outside: [] };
	let at = 0;
	for (const range of ranges) {
		while (at < others.length && isBefore(others[at]!, range)) at += 1;
		let first: string | undefined = range.first;
		for (let index = at; first !== undefined && index < others.length; index += 1) {
			const other = others[index]!;
			if (isBefore(range, other)) break;
			if (first < other.first) {
				result.outside.push({ ...range, first, last: before(other.first) });
			}
			const last = earlier(range.last, other.last);
			result.inside.push({ part: { ...range, first: later(first, other.first), last }, other });
			first = last === range.last ? undefined : after(last);
		}
		if (first !== undefined) result.outside.push({ ...range, first });
	}
	return result;
}

/** Those that an earlier one has in part. */
export function repeatedIn(ranges: readonly NumberRange[]): NumberRange[] {
	const sorted = [...ranges].sort(compare);
	return sorted.filter((range, index) => index > 0 && !isBefore(sorted[index - 1]!, range));
}

/** How many numbers there are in all. */
export const count = (ranges: readonly NumberRange[]): number =>
	ranges.reduce((sum, { first, last }) => sum + Number(BigInt(last) - BigInt(first)) + 1, 0);

export const wireRange = ({ prefix, first, last }: NumberRange): WireRange => ({
	min: prefix + first,
	...(last !== first && { max: prefix + last }),
});

/** E.g. "+1-5135550010" or "+1-5135550010 - +1-5135550019" */
export function rangeText(range: NumberRange): string {
	const { min, max } = wireRange(range);
	return max === undefined ? min : `${min} - ${max}`;
}

export const rangesText = (ranges: readonly NumberRange[]): string => someOf(ranges.map(rangeText));
