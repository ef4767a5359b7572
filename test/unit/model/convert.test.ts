import fc from 'fast-check';
import { convertValue, type ValueRule } from '../../../nodes/Odin/model/convert';

const integer: ValueRule = { type: 'integer' };
const ranged: ValueRule = { type: 'integer', min: 1, max: 255 };
const boolean: ValueRule = { type: 'boolean' };
const text: ValueRule = { type: 'text', maxLength: 30 };
const name: ValueRule = { type: 'text', maxLength: 30, isName: true };
const choice: ValueRule = { type: 'choice', choices: ['All Calls', 'No Calls'] };

const spaces = fc.stringMatching(/^[ \t]{0,3}$/);
const letters = fc.stringMatching(/^[a-z]{1,10}$/);
const refused = { refused: expect.any(String) };

describe('a number', () => {
	test('is taken as number and as text of digits, with spaces around', () => {
		fc.assert(
			fc.property(fc.maxSafeInteger(), spaces, spaces, (value, before, after) => {
				expect(convertValue(integer, value)).toEqual({ value });
				expect(convertValue(integer, `${before}${value}${after}`)).toEqual({ value });
			}),
		);
	});

	test('is refused outside of the range and inside it taken', () => {
		fc.assert(
			fc.property(fc.integer({ min: -300, max: 600 }), (value) => {
				expect(convertValue(ranged, String(value))).toEqual(
					value >= 1 && value <= 255 ? { value } : refused,
				);
			}),
		);
	});

	test.each([
		'5 calls',
		'1e3',
		'0x10',
		'5.0',
		'5,000',
		'+5',
		'--5',
		'٥',
		'NaN',
		' ',
		'9007199254740993',
		5.5,
		NaN,
		Infinity,
		2 ** 53,
		true,
		null,
		[5],
		{ value: 5 },
		5n,
		new Date(5),
	])('is not %p', (raw) => {
		expect(convertValue(integer, raw)).toEqual(refused);
	});
});

describe('a boolean', () => {
	test('is taken as boolean and as its word in any case, with spaces around', () => {
		fc.assert(
			fc.property(fc.boolean(), fc.array(fc.boolean()), spaces, (value, upper, around) => {
				const word = [...String(value)]
					.map((letter, index) => (upper[index] ? letter.toUpperCase() : letter))
					.join('');
				expect(convertValue(boolean, value)).toEqual({ value });
				expect(convertValue(boolean, `${around}${word}${around}`)).toEqual({ value });
			}),
		);
	});

	test.each(['yes', 'no', '1', '0', 1, 0, '', 'truee', [], {}])('is not %p', (raw) => {
		expect(convertValue(boolean, raw)).toEqual(refused);
	});
});

describe('a text', () => {
	test('is kept to the letter, spaces and leading zeros included', () => {
		fc.assert(
			fc.property(
				spaces,
				fc.stringMatching(/^0{0,3}[a-z0-9]{1,10}$/),
				spaces,
				(one, word, other) => {
					const value = `${one}${word}${other}`.replaceAll('\t', ' ');
					expect(convertValue(text, value)).toEqual({ value });
				},
			),
		);
	});

	test('is made of a number in its decimal form, or refused where digits would be lost', () => {
		fc.assert(
			fc.property(fc.oneof(fc.maxSafeInteger(), fc.double()), (value) => {
				const converted = convertValue({ type: 'text' }, value);
				if ('refused' in converted) {
					expect(
						Number.isFinite(value) && String(value).match(/^-?\d{1,15}(\.\d{1,5})?$/),
					).toBeFalsy();
				} else {
					expect(converted.value).toMatch(/^-?\d+(\.\d+)?$/);
					expect(Number(converted.value)).toBe(value === 0 ? 0 : value);
				}
			}),
		);
	});

	test('is counted in characters, not in UTF-16 units', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.constantFrom('a', 'é', '漢', '📞'),
				(length, character) => {
					const value = character.repeat(length);
					expect(convertValue(text, value)).toEqual(length <= 30 ? { value } : refused);
				},
			),
		);
	});

	test.each([true, {}, [], ['a'], null, undefined, '', 'a\u0000b', 'a\nb', '\ud800', 1e21])(
		'is not %p',
		(raw) => {
			expect(convertValue(text, raw)).toEqual(refused);
		},
	);
});

test('a name with outer spaces is refused, not trimmed', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(' ', '  ', '\u00a0'),
			letters,
			fc.boolean(),
			(space, word, before) => {
				expect(convertValue(name, before ? space + word : word + space)).toEqual(refused);
				expect(convertValue(name, `${word} ${word}`)).toEqual({ value: `${word} ${word}` });
			},
		),
	);
});

test('a choice is taken in its exact spelling only', () => {
	expect(convertValue(choice, 'No Calls')).toEqual({ value: 'No Calls' });
	for (const raw of ['no calls', 'No Calls ', 'constructor', 0, true, ['No Calls']]) {
		expect(convertValue(choice, raw)).toEqual(refused);
	}
});

test('whatever comes, a value of the wanted type or a reason is returned and nothing is thrown', () => {
	const types = { integer: 'number', boolean: 'boolean', text: 'string', choice: 'string' };
	const rule = fc.constantFrom(integer, ranged, boolean, text, name, choice);
	fc.assert(
		fc.property(rule, fc.anything({ withBigInt: true, withDate: true }), (wanted, raw) => {
			const converted = convertValue(wanted, raw);
			if ('refused' in converted) expect(converted.refused).not.toBe('');
			else expect(typeof converted.value).toBe(types[wanted.type as keyof typeof types]);
		}),
	);
});

test('a secret is never in the reason for which it is refused', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 70, maxLength: 90, unit: 'grapheme-ascii' }), (password) => {
			const converted = convertValue({ type: 'text', maxLength: 60, secret: true }, password);
			expect(converted).toEqual(refused);
			expect(JSON.stringify(converted)).not.toContain(password.slice(0, 8));
		}),
	);
});
