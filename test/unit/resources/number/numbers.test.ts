import fc from 'fast-check';

import { NumberMatcher } from '../../../../nodes/Odin/resources/number/match';
import {
	combined,
	notYetChanged,
	planNumbers,
	type NumberChange,
	type OwnedRange,
} from '../../../../nodes/Odin/resources/number/plan';
import {
	count,
	disjoint,
	joined,
	rangeText,
	split,
	type NumberRange,
} from '../../../../nodes/Odin/resources/number/range';
import { rangeIn } from '../../../../nodes/Odin/resources/number/read';
import { readNumbers } from '../../../../nodes/Odin/resources/number/spelling';
import { dirtyText } from '../../model/dirtyTexts';

const known = (texts: string[], countryCode?: string) =>
	texts.flatMap((phoneNumbers) => rangeIn({ phoneNumbers }, countryCode) ?? []);

/** What a service provider has: two countries with a number that is the same without the code, and zeros in front. */
const NUMBERS = known([
	'+1-5135550000 - +1-5135550099',
	'+1-2079460100',
	'+44-2079460100 - +44-2079460199',
	'+39-0612345678',
	'+49-30123456 - +49-30123459',
	'+49-3012345678',
]);

/** The ranges that are meant, or why they are not. */
function meant(raw: unknown, countryCode?: string, numbers = NUMBERS): string[] | string {
	const { entries, refused } = readNumbers(raw);
	if (refused.length > 0) return refused.join('; ');
	const matcher = new NumberMatcher(numbers, countryCode);
	const matches = entries.map((entry) => matcher.match(entry));
	const reasons = matches.flatMap((match) => ('refused' in match ? [match.refused] : []));
	if (reasons.length > 0) return reasons.join('; ');
	return joined(matches.flatMap((match) => ('range' in match ? [match.range] : []))).map(rangeText);
}

const ONE = '+1-5135550010';

describe('a number', () => {
	test.each([
		'+1-5135550010',
		'+15135550010',
		'15135550010',
		'5135550010',
		'(513) 555-0010',
		'513-555-0010',
		'513.555.0010',
		'513/555 0010',
		'1 (513) 555-0010',
		'+1 513 555 0010',
		'001 513 555 0010',
		'011 1 513 555 0010',
		'05135550010',
		'tel:+15135550010',
		'TEL: +1-513-555-0010',
		'  5135550010\u00a0',
		'513\u00a0555\u20110010',
		'(0)513 555 0010',
		'[5135550010]',
		'["513-555-0010"]',
		'{"min":"+1-5135550010"}',
	])('is known as %j', (text) => {
		expect(meant(text)).toEqual([ONE]);
	});

	test.each<[unknown, string]>([
		[5135550010, ONE],
		[15135550010, ONE],
		[{ min: ONE, max: null }, ONE],
		['+44 (0)20 7946 0150', '+44-2079460150'],
		['0044 20 7946 0150', '+44-2079460150'],
		['020 7946 0150', '+44-2079460150'],
		// A zero in front that belongs to the number.
		['+39 06 12345678', '+39-0612345678'],
		['+39 (0)6 12345678', '+39-0612345678'],
		['0039 0612345678', '+39-0612345678'],
		['0612345678', '+39-0612345678'],
	])('given as %j is %s', (raw, number) => {
		expect(meant(raw)).toEqual([number]);
	});

	test.each<[unknown, RegExp]>([
		['2079460100', /may be \+1-2079460100 or \+44-2079460100/],
		['5135550100', /is none of them \(tried 5135550100, \+5135550100\)/],
		// Without a sign for it, a plus begins a country code.
		['+5135550010', /is none of them/],
		['612345678', /is none of them/],
		['50010', /is none of them/],
		['5,135,550,010', /'5' is none of them/],
		['513555 0010 x5', /takes phone numbers and ranges, not/],
		['call 5135550010', /takes phone numbers and ranges, not/],
		['5135550010.0', /as they were before a spreadsheet changed them/],
		['5.135550010', /takes phone numbers/],
		['5.13555E+09', /as they were before a spreadsheet changed them/],
		["'5135550010", /as they were before a spreadsheet changed them/],
		['#N/A', /as they were before a spreadsheet changed them/],
		['none', /as they were before a spreadsheet changed them/],
		['513555\u200b0010', /invisible or broken characters \(\\u200b\)/],
		['\u202a+15135550010\u202c', /invisible or broken characters \(\\u202a\)/],
		['51355500\ufffd10', /invisible or broken/],
		[5135550010.5, /takes phone numbers/],
		[-5135550010, /takes phone numbers/],
		[1e21, /takes phone numbers/],
		[true, /takes phone numbers/],
		[['5135550010', { max: ONE }], /no 'min'/],
		['[05135550010]', /begins like JSON/],
	])('%j is refused', (raw, reason) => {
		expect(meant(raw)).toMatch(reason);
	});

	test('of two countries is told apart by the country code, and only then', () => {
		expect(meant('2079460100', '44')).toEqual(['+44-2079460100']);
		expect(meant('2079460100', '1')).toEqual(['+1-2079460100']);
		expect(meant('2079460100', '49')).toMatch(/may be/);
		expect(meant('5135550010', '44')).toEqual([ONE]);
	});

	test('that Odin shows without its country code needs the country code to be known with it', () => {
		for (const [shown, number] of [
			['+15135550010', '+15135550010'],
			['5135550010', '5135550010'],
		] as const) {
			const numbers = (countryCode?: string) => known([shown], countryCode);
			expect(meant('15135550010', '1', numbers('1'))).toEqual([number]);
			expect(meant('(513) 555-0010', '1', numbers('1'))).toEqual([number]);
			expect(meant(shown, undefined, numbers())).toEqual([number]);
		}
		expect(meant('(513) 555-0010', undefined, known(['+15135550010']))).toMatch(/none of them/);
	});

	test('among any text is a number of Odin or a refusal', () => {
		const all = new Set(NUMBERS.map(rangeText));
		fc.assert(
			fc.property(
				fc.oneof(dirtyText, fc.string(), fc.stringMatching(/^[-+()0-9 .,;/]{0,40}$/)),
				(text) => {
					const result = meant(text);
					if (typeof result === 'string') return;
					for (const shown of result) {
						const range = rangeIn({ phoneNumbers: shown });
						expect(range && split([range], joined(NUMBERS)).outside).toEqual([]);
					}
				},
			),
		);
		expect(all.size).toBe(NUMBERS.length);
	});
});

describe('a range', () => {
	const TEN = ['+1-5135550010 - +1-5135550019'];

	test.each<[unknown, string[]]>([
		['5135550010-19', TEN],
		['5135550010-5135550019', TEN],
		['(513) 555-0010 - 0019', TEN],
		['513-555-0010-0019', TEN],
		['+1-5135550010 - +1-5135550019', TEN],
		['+1-5135550010-19', TEN],
		['5135550010\u201319', TEN],
		['5135550010 to 5135550019', TEN],
		['tel:+15135550010-tel:+15135550019', TEN],
		['{"min":"+1-5135550010","max":"+1-5135550019"}', TEN],
		[[{ min: 5135550010, max: '5135550019' }], TEN],
		[['5135550010-14', '5135550015\n5135550016;5135550017, 5135550018-9'], TEN],
		['5135550012-14\r\n\r\n,, 5135550010-12\t5135550015-19', TEN],
		['5135550010-0', [ONE]],
		['0612345678', ['+39-0612345678']],
	])('%j is %j', (raw, ranges) => {
		expect(meant(raw)).toEqual(ranges);
	});

	test.each<[unknown, RegExp]>([
		['5135550019-10', /none of them/],
		['5135550098-03', /none of them/],
		['5135550090-0105', /goes beyond them: \+1-5135550100 - \+1-5135550105/],
		['+1-5135550010 - +44-2079460100', /none of them/],
		['5135550010-', /takes phone numbers/],
		['5135550010-19-25', /none of them/],
	])('%j is refused', (raw, reason) => {
		expect(meant(raw)).toMatch(reason);
	});

	test('that reads as one number, too, is refused where both are there', () => {
		const numbers = known(['+49-30123456 - +49-30123478', '+49-3012345678']);
		expect(meant('30123456-78', undefined, numbers)).toMatch(
			/may be \+49-3012345678 or \+49-30123456 - \+49-30123478/,
		);
		expect(meant('30123456-78', '49', numbers)).toMatch(/may be/);
		expect(meant('30123456-78')).toEqual(['+49-3012345678']);
	});
});

/** Numbers 0000 to 9999 of one prefix, as a set, to compare with. */
const members = (ranges: readonly NumberRange[]): Set<number> =>
	new Set(
		ranges.flatMap(({ first, last }) =>
			Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
		),
	);
const aRange = fc.tuple(fc.nat(120), fc.nat(12)).map(([first, width]) => ({
	prefix: '+1-',
	first: String(first).padStart(4, '0'),
	last: String(first + width).padStart(4, '0'),
}));
const someRanges = fc.array(aRange, { maxLength: 12 });

const GROUP = { serviceProviderId: 'sp', groupId: 'g' };
const anOwned = fc
	.record({
		range: aRange,
		groupId: fc.constantFrom('g', 'other', null),
		isUsed: fc.boolean(),
		activated: fc.boolean(),
	})
	.map(
		({ range, ...owned }): OwnedRange => ({
			...range,
			country: '1',
			serviceProviderId: 'sp',
			...owned,
		}),
	);
const someOwned = fc.array(anOwned, { maxLength: 12 });

describe('ranges', () => {
	test('are cut and joined as sets are', () => {
		fc.assert(
			fc.property(someRanges, someRanges, (one, other) => {
				const [ranges, others] = [joined(one), joined(other)];
				expect(members(ranges)).toEqual(members(one));
				expect(members(disjoint(one))).toEqual(members(one));
				expect(count(disjoint(one))).toBe(members(one).size);
				const { inside, outside } = split(ranges, others);
				const [a, b] = [members(one), members(other)];
				expect(members(inside.map(({ part }) => part))).toEqual(
					new Set([...a].filter((number) => b.has(number)).sort((x, y) => x - y)),
				);
				expect(members(outside)).toEqual(new Set([...a].filter((number) => !b.has(number))));
				// As few ranges as there can be.
				expect(joined(ranges)).toEqual(ranges);
				for (const [index, range] of ranges.slice(1).entries()) {
					expect(Number(range.first)).toBeGreaterThan(Number(ranges[index]!.last) + 1);
				}
			}),
		);
	});

	test('keep zeros in front, and never join what is of another length or prefix', () => {
		const range = (prefix: string, first: string, last = first) => ({ prefix, first, last });
		expect(
			joined([
				range('+1-', '0009'),
				range('+1-', '0010'),
				range('+1-', '9999'),
				range('+1-', '10000'),
				range('+2-', '0011'),
			]).map(rangeText),
		).toEqual(['+1-0009 - +1-0010', '+1-9999', '+1-10000', '+2-0011']);
	});
});

describe('the plan', () => {
	const changes: NumberChange[] = ['assign', 'unassign', 'activate', 'deactivate'];

	/** Where each change leaves a number. */
	const after = (change: NumberChange, owned: OwnedRange): OwnedRange => {
		if (change === 'assign') return { ...owned, groupId: 'g' };
		if (change === 'unassign') return { ...owned, groupId: null };
		return { ...owned, activated: change === 'activate' };
	};

	test.each(changes)(
		'to %s puts each number in one place, and comes to nothing once it is carried out',
		(change) => {
			fc.assert(
				fc.property(someRanges, someOwned, (asked, some) => {
					const owned = disjoint(some);
					const requested = split(joined(asked), owned).inside.map(({ part }) => part);
					const plan = planNumbers(change, GROUP, requested, owned);
					const places = [plan.toChange, plan.unchanged, plan.foreign, plan.inUse];
					expect(places.reduce((sum, place) => sum + count(place), 0)).toBe(
						members(requested).size,
					);
					expect(members(places.flat())).toEqual(members(joined(requested)));
					expect(plan.foreign.every(({ groupId }) => groupId !== 'g')).toBe(true);

					const { inside, outside } = split(owned, plan.toChange);
					const changed = [...outside, ...inside.map(({ part }) => after(change, part))];
					const again = planNumbers(change, GROUP, requested, changed);
					expect(again.toChange).toEqual([]);
					const ofGroup = (ranges: OwnedRange[]) => ranges.filter(({ groupId }) => groupId === 'g');
					expect(notYetChanged(change, GROUP, plan.toChange, ofGroup(owned))).toEqual(
						plan.toChange,
					);
					expect(notYetChanged(change, GROUP, plan.toChange, ofGroup(changed))).toEqual([]);
				}),
			);
		},
	);

	test('believes the group about its own numbers', () => {
		const owned = (groupId: string | null, first: string, last: string, activated = false) => ({
			prefix: '+1-',
			country: '1',
			first,
			last,
			serviceProviderId: 'sp',
			groupId,
			isUsed: false,
			activated,
		});
		expect(
			combined(
				[owned(null, '10', '29'), owned('other', '30', '39')],
				[owned('g', '20', '24', true)],
			).map((range) => [rangeText(range), range.groupId, range.activated]),
		).toEqual([
			['+1-10 - +1-19', null, false],
			['+1-20 - +1-24', 'g', true],
			['+1-25 - +1-29', null, false],
			['+1-30 - +1-39', 'other', false],
		]);
	});
});

test('wide ranges and many numbers are counted, not listed', () => {
	const numbers = known(['+1-5130000000 - +1-5139999999']);
	expect(meant('5130000000-5139999999', undefined, numbers)).toEqual([
		'+1-5130000000 - +1-5139999999',
	]);
	expect(count(numbers)).toBe(10_000_000);
	// Every other number of 20,000, in no order: nothing of it can be joined.
	const some = Array.from(
		{ length: 10_000 },
		(_, index) => 5130000000 + ((index * 7919) % 10_000) * 2,
	);
	expect(meant(some.join('\n'), undefined, numbers)).toHaveLength(10_000);
});

test.each<[Record<string, unknown>, string | undefined]>([
	[{ min: '+1-5135550010', max: null }, ONE],
	[{ min: '+1-5135550010', max: '' }, ONE],
	[{ min: '+1-5135550010', max: '+1-5135550010' }, ONE],
	[{ phoneNumbers: '+1-5135550010 - +1-5135550019' }, '+1-5135550010 - +1-5135550019'],
	[
		{ phoneNumbers: '+1-5135550010 - +1-5135550019', min: '+1-5135550010', max: '+1-5135550019' },
		'+1-5135550010 - +1-5135550019',
	],
	[{ min: 5135550010 }, '5135550010'],
	[{ min: '+1-5135550019', max: '+1-5135550010' }, undefined],
	[{ min: '+1-5135550010', max: '+44-2079460100' }, undefined],
	[{ min: 'n/a' }, undefined],
	[{}, undefined],
])('a row %j of Odin is %j', (row, text) => {
	const range = rangeIn(row);
	expect(range && rangeText(range)).toBe(text);
});
