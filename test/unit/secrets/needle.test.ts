import fc from 'fast-check';
import { folded, merged, Needle, type Range } from '../../../nodes/Odin/secrets/needle';
import { propertyRuns } from '../../propertyRuns';

/** Of two letters: what is looked for stands in itself and in the text over and over. */
const text = (minLength: number, maxLength: number) =>
	fc.string({ unit: fc.constantFrom('a', 'b'), minLength, maxLength });

describe('the search', () => {
	it('finds what comparing at every place finds, and the beginning that the text ends with', () => {
		fc.assert(
			fc.property(text(1, 7), text(0, 30), (wanted, within) => {
				const units = Array.from(within, (_, at) => at);
				const places = units.filter((at) => within.startsWith(wanted, at));
				const { ranges, tail } = new Needle(wanted).search(within);
				expect(units.filter((at) => ranges.some(({ from, to }) => from <= at && at < to))).toEqual(
					units.filter((at) => places.some((from) => from <= at && at < from + wanted.length)),
				);
				const shorter = Array.from(wanted, (_, length) => length);
				expect(tail).toBe(shorter.findLast((length) => within.endsWith(wanted.slice(0, length))));
			}),
			propertyRuns(100),
		);
	});

	it.each<[string, string, Range[], number]>([
		['aba', 'ababa', [{ from: 0, to: 5 }], 1],
		['ab', 'abab', [{ from: 0, to: 4 }], 0],
		['ab', 'ab ab ab', [0, 3, 6].map((from) => ({ from, to: from + 2 })), 0],
		['aabaaac', 'aabaaabaaac', [{ from: 4, to: 11 }], 0],
		['aabaaa', 'aabaabaaa', [{ from: 3, to: 9 }], 2],
		['secret', 'the secre', [], 5],
		['secret', '', [], 0],
	])('finds %s in "%s", merged where places touch', (wanted, within, ranges, tail) => {
		expect(new Needle(wanted).search(within)).toEqual({ ranges, tail });
	});

	it('leaves out the places that are declined', () => {
		const asked: Range[] = [];
		const { ranges } = new Needle('ab').search('ab abab', (from, to) => {
			asked.push({ from, to });
			return from !== 3;
		});
		expect(asked).toEqual([0, 3, 5].map((from) => ({ from, to: from + 2 })));
		expect(ranges).toEqual([0, 5].map((from) => ({ from, to: from + 2 })));
	});
});

it.each([
	['S3cret!#1 and more', true],
	['only S3cret', true],
	['only S3cre', false],
	['another text altogether', false],
	['', false],
])('a text that lacks the beginning has not the rest: %j', (within, may) => {
	expect(new Needle('S3cret!#1').mayBeIn(within)).toBe(may);
});

it('parts of a text come in order, merged where they overlap or touch, whatever their order was', () => {
	const parts = [
		...[
			{ from: 9, to: 11 },
			{ from: 2, to: 8 },
			{ from: 20, to: 22 },
		],
		...[
			{ from: 11, to: 12 },
			{ from: 3, to: 5 },
			{ from: 0, to: 1 },
		],
	];
	expect(merged(structuredClone(parts))).toEqual([
		{ from: 0, to: 1 },
		{ from: 2, to: 8 },
		{ from: 9, to: 12 },
		{ from: 20, to: 22 },
	]);
	expect(merged([])).toEqual([]);
});

describe('folding', () => {
	it.each([
		['ABCdef', 'abcDEF'],
		['ÀÉÑŽ', 'àéñž'],
		['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
		['İ', 'i'],
		['СЕКРЕТ', 'секрет'],
	])('makes %s and %s one text', (one, other) => {
		expect(folded(one)).toBe(folded(other));
	});

	it('keeps every letter as long as it was', () => {
		const letter = fc.oneof(fc.constantFrom(...'İßﬁςΣǅK'), fc.string({ unit: 'grapheme' }));
		fc.assert(
			fc.property(fc.array(letter), (letters) => {
				expect(letters.map((text) => folded(text).length)).toEqual(
					letters.map(({ length }) => length),
				);
				expect(folded(letters.join(''))).toHaveLength(letters.join('').length);
			}),
			propertyRuns(100),
		);
		expect(folded('İßﬁςΣ!')).toHaveLength(6);
	});

	it('keeps letters apart that are others', () => {
		expect(new Set(['a', 'á', 's', 'ß', 'σ', 'i', 'ı'].map(folded)).size).toBe(7);
	});
});
