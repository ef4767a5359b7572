import { quoted, someOf } from '../../values/text';
import { joined, rangesText, rangeText, split, type NumberRange } from './range';
import type { Entry, Spelled, SpelledRange } from './spelling';

/** Numbers that Odin has, with the country code where it is known; empty where it is not. */
export interface KnownRange extends NumberRange {
	country: string;
}

interface Block {
	prefix: string;
	country: string;
	/** By the number of digits, in order */
	ranges: Map<number, NumberRange[]>;
}

export type Match = { range: NumberRange } | { refused: string };

/** Finds what is meant among the numbers that Odin has: exactly one reading must be there. */
export class NumberMatcher {
	private readonly blocks: Block[];

	private readonly known: NumberRange[];

	/** @param countryCode decides only between numbers of several countries */
	constructor(
		known: readonly KnownRange[],
		private readonly countryCode: string | undefined,
	) {
		this.known = joined(known);
		const blocks = new Map<string, Block>();
		for (const { prefix, country } of known) {
			if (!blocks.has(prefix)) blocks.set(prefix, { prefix, country, ranges: new Map() });
		}
		for (const range of this.known) {
			const { ranges } = blocks.get(range.prefix)!;
			const { length } = range.first;
			const ofLength = ranges.get(length);
			if (ofLength) ofLength.push(range);
			else ranges.set(length, [range]);
		}
		this.blocks = [...blocks.values()];
	}

	match({ text, single, ranges }: Entry): Match {
		const found = distinct([
			...(single ? this.numbers(single) : []),
			...ranges.flatMap((range) => this.rangesOf(range)),
		]);
		const whole = found.filter((range) => this.has(range));
		const chosen = whole.length > 1 ? this.ofCountry(whole) : whole;
		if (chosen.length === 1) return { range: chosen[0]! };
		if (whole.length > 1) {
			return { refused: `${quoted(text)} may be ${whole.map(rangeText).join(' or ')}` };
		}
		const [part] = found;
		if (part) {
			const { outside } = split([part], this.known);
			return { refused: `${quoted(text)} goes beyond them: ${rangesText(outside)}` };
		}
		return { refused: `${quoted(text)} is none of them (tried ${tried({ single, ranges })})` };
	}

	/** The numbers that one spelling may mean. */
	numbers(spelled: Spelled): NumberRange[] {
		return this.blocks.flatMap((block) =>
			digitsIn(block, spelled)
				.map((digits) => ({ prefix: block.prefix, first: digits, last: digits }))
				.filter((range) => this.has(range)),
		);
	}

	private rangesOf({ from, to, lastDigits }: SpelledRange): NumberRange[] {
		return this.numbers(from).flatMap(({ prefix, first }) => {
			const block = this.blocks.find((one) => one.prefix === prefix)!;
			const ends = digitsIn(block, to);
			if (lastDigits !== undefined && lastDigits.length < first.length) {
				ends.push(first.slice(0, -lastDigits.length) + lastDigits);
			}
			return ends
				.filter((last) => last.length === first.length && last >= first)
				.map((last) => ({ prefix, first, last }));
		});
	}

	/** Whether Odin has all of it. */
	private has({ prefix, first, last }: NumberRange): boolean {
		const block = this.blocks.find((one) => one.prefix === prefix);
		const ranges = block?.ranges.get(first.length) ?? [];
		let [low, high] = [0, ranges.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (ranges[middle]!.first <= first) low = middle + 1;
			else high = middle;
		}
		const range = ranges[low - 1];
		return range !== undefined && last <= range.last;
	}

	private ofCountry(ranges: NumberRange[]): NumberRange[] {
		const countries = new Map(this.blocks.map(({ prefix, country }) => [prefix, country]));
		return ranges.filter(({ prefix }) => countries.get(prefix) === this.countryCode);
	}
}

/** What is left of a spelling without the country code of a block. */
const digitsIn = ({ country }: Block, { full, national }: Spelled): string[] => [
	...new Set([
		...full
			.filter((digits) => digits.startsWith(country) && digits.length > country.length)
			.map((digits) => digits.slice(country.length)),
		...national,
	]),
];

const distinct = (ranges: NumberRange[]): NumberRange[] => [
	...new Map(ranges.map((range) => [rangeText(range), range])).values(),
];

function tried({ single, ranges }: Pick<Entry, 'single' | 'ranges'>): string {
	const spellings = [...(single ? [single] : []), ...ranges.map(({ from }) => from)];
	const texts = spellings.flatMap(({ full, national }) => [
		...national,
		...full.map((digits) => `+${digits}`),
	]);
	return someOf([...new Set(texts)]);
}
