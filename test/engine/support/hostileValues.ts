import fc from 'fast-check';

const MEGABYTE = 1_000_000;

/** Text that other programs take for something else. */
const RISKY_TEXTS = [
	...[' ', ' x', 'x ', '\u00a0x', '\ufeffx', 'a b', '\u200bx', '\u202ex', 'e\u0301', 'ﬁ'],
	...['true', 'FALSE', ' True ', 'yes', 'on', 'null', 'undefined', 'NaN', 'Infinity', '-Infinity'],
	...[
		'0',
		'5',
		' 7\n',
		'-5',
		'-0',
		'+5',
		'5.0',
		'5,000',
		'5 calls',
		'1e3',
		'0x10',
		'1_000',
		'٥',
		'５',
	],
	...['007', '255', '256', '999999', '1000000', '-1', '9007199254740991', '9007199254740993'],
	...['0'.repeat(400), `${'0'.repeat(30)}9`, '9'.repeat(400)],
	...[
		'/',
		'?',
		'#',
		'&',
		'%',
		'+',
		';',
		'=',
		'.',
		'..',
		'../../users',
		'/../../auth/token',
		'a/b?c#d',
	],
	...['a%2fb', '%zz', '%', 'a+b', 'a;b=c&d=e', 'x?groupId=other', '\\', '\\u0041', '"', "'", '`'],
	...[
		'<b>',
		'&amp;',
		'{{ 1 }}',
		'={{ 1 }}',
		'${1}',
		'$json',
		'[object Object]',
		'{}',
		'[]',
		'{"a":1}',
	],
	...[
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'prototype',
		'length',
		'***',
		'None',
		'none',
	],
	...[
		'\u0000',
		'a\u0000b',
		'a\nb',
		'\r\n',
		'\t',
		'\u001f',
		'\u0085',
		'\u2028',
		'\ud800',
		'a\udc00b',
	],
	...['😀', '👩‍👩‍👧', '漢字', 'ÄÖÜ', '\u{10ffff}', '\ufffe'],
];

const HUGE = [
	'x'.repeat(MEGABYTE),
	'😀'.repeat(MEGABYTE / 4),
	`"${'password'.repeat(MEGABYTE / 8)}`,
	'9'.repeat(MEGABYTE),
];

/** A text as long as a limit, and one longer, counted in characters. */
const aroundLength = (maxLength: number): fc.Arbitrary<string> =>
	fc
		.tuple(
			fc.constantFrom('x', '7', 'é', '漢', '😀', '\u0000'),
			fc.constantFrom(-1, 0, 1, maxLength),
		)
		.map(([unit, more]) => unit.repeat(Math.max(maxLength + more, 1)));

const numbers = fc.oneof(
	fc.constantFrom(0, -0, 1, -1, 0.5, -1.5, 1e3, 1e21, 1e-7, 2 ** 31, 2 ** 53, 2 ** 53 - 1),
	fc.constantFrom(-(2 ** 53), NaN, Infinity, -Infinity, Number.MAX_VALUE, 5e-324, 86_400, 999_999),
	fc.integer({ min: -10, max: 300 }),
	fc.double(),
);

const others = fc.oneof(
	fc.constantFrom<unknown[]>(true, false, null, undefined, '', [], [1], ['a'], [[]], [null], {}),
	fc.constantFrom<unknown[]>({ a: 1 }, { toString: 'x' }, { toJSON: 'x' }, { length: 1 }),
	fc.constantFrom<unknown[]>(JSON.parse('{"__proto__":{"x":1}}'), {
		constructor: { prototype: 1 },
	}),
	fc.date({ noInvalidDate: false }),
	fc.array(fc.oneof(fc.string({ maxLength: 3 }), numbers), { maxLength: 3 }),
	fc.jsonValue({ maxDepth: 3 }),
);

/** Values that no careful program should be surprised by, more of them near the limits of `rule`. */
export function hostileValue({
	min,
	max,
	maxLength,
	choices = [],
}: {
	min?: number;
	max?: number;
	maxLength?: number;
	choices?: readonly string[];
}): fc.Arbitrary<unknown> {
	const limits = [min, max].flatMap((limit) =>
		limit === undefined
			? []
			: [limit - 1, limit, limit + 1, String(limit), ` ${limit} `, `${limit}.0`],
	);
	const spellings = choices.flatMap((choice) => [
		choice,
		choice.toUpperCase(),
		` ${choice}`,
		[choice],
	]);
	const near = [...limits, ...spellings];
	return fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom<unknown>(...RISKY_TEXTS) },
		{ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
		{ weight: 4, arbitrary: numbers },
		{ weight: 5, arbitrary: others },
		{ weight: 1, arbitrary: fc.constantFrom<unknown>(...HUGE) },
		...(near.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom<unknown>(...near) }] : []),
		...(maxLength === undefined ? [] : [{ weight: 3, arbitrary: aroundLength(maxLength) }]),
	);
}
