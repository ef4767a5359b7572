import fc from 'fast-check';
import { convertValue, isAbsent } from '../../../nodes/Odin/model/convert';
import type { ValueRule } from '../../../nodes/Odin/model/field';
import { dirtyText, whiteSpace } from './dirtyTexts';
import { propertyRuns } from '../../propertyRuns';

const integer: ValueRule = { type: 'integer' };
const ranged: ValueRule = { type: 'integer', min: 1, max: 255 };
const boolean: ValueRule = { type: 'boolean' };
const text: ValueRule = { type: 'text', maxLength: 30 };
const name: ValueRule = { type: 'text', maxLength: 30, isName: true };
const password: ValueRule = { type: 'text', maxLength: 60, secret: true };
const choice: ValueRule = { type: 'choice', choices: ['All Calls', 'No Calls'] };
const address: ValueRule = { type: 'text', maxLength: 161, format: 'address' };
const host: ValueRule = { type: 'text', maxLength: 80, format: 'host' };
const id: ValueRule = { type: 'text', maxLength: 161, isName: true, format: 'id' };
const mac: ValueRule = { type: 'text', maxLength: 12, format: 'mac' };
const rules = [integer, ranged, boolean, text, name, password, choice, address, host, id];

const refused = { refused: expect.any(String) };
const reasonOf = (rule: ValueRule, raw: unknown): string => {
	const converted = convertValue(rule, raw);
	return 'refused' in converted ? converted.refused : 'taken';
};

describe('what is wanted', () => {
	test.each<[ValueRule, unknown, string]>([
		[integer, 'x', 'a whole number, not "x"'],
		[{ type: 'integer', max: 9 }, 10, 'a whole number, not 10'],
		[{ type: 'integer', min: 3 }, 2, 'a whole number of 3 or more, not 2'],
		[ranged, ' 256', 'a whole number from 1 to 255, not " 256"'],
		[boolean, 'yes', 'true or false, not "yes"'],
		[choice, 'no calls', 'one of "All Calls", "No Calls", not "no calls"'],
		[{ type: 'text' }, null, 'text, not null'],
		[text, ' ', 'text of 1 to 30 characters, not " "'],
		[text, 'a\tb', 'text without control characters (\\u0009), not "a\\u0009b"'],
		[{ type: 'text', isName: true }, [], 'text of 1 to 161 characters, not a list'],
		[{ type: 'text', format: 'host' }, 'x'.repeat(162), 'text of 1 to 161 characters, not "xx'],
		[name, 'a  b', 'text without several spaces in a row, not "a\\u0020\\u0020b"'],
		[name, '#N/A', 'text as it was before a spreadsheet changed it, not "#N/A"'],
		[address, '4711a', 'a phone number or user@host, not "4711a"'],
		[host, '1.25', 'a host name or IP address, not "1.25"'],
		[mac, '001122aabb', 'the 12 hexadecimal digits of a MAC address, not "001122aabb"'],
		[password, 'Pw12 ', 'text without white space at its ends, not the value given (hidden)'],
	])('by %j, beside %j: %s', (rule, raw, words) => {
		expect(reasonOf(rule, raw).slice(0, 6 + words.length)).toBe(`takes ${words}`);
	});

	test.each<[ValueRule, unknown, unknown]>([
		[integer, '-0', 0],
		[integer, -0, 0],
		[{ type: 'integer', min: 3 }, 3, 3],
		[{ type: 'text' }, 'x'.repeat(162), 'x'.repeat(162)],
		[{ type: 'text', isName: true }, 'x'.repeat(161), 'x'.repeat(161)],
		// A free text may have in it what a name may not.
		[text, 'a  b\u200b#N/A', 'a  b\u200b#N/A'],
		[text, '#N/A', '#N/A'],
		[mac, ' 00-11-22-AA-bb-cc\t', '001122AAbbcc'],
		[name, '00:11:22:aa:bb:cc', '00:11:22:aa:bb:cc'],
		[id, '1.25', '1.25'],
		// Odin decides on a host that is no row of numbers.
		[host, 'sbc one', 'sbc one'],
		[host, 'sbc one 1.25', 'sbc one 1.25'],
		[host, '1.25 main', '1.25 main'],
	])('by %j, %j is as %j', (rule, raw, value) => {
		expect(convertValue(rule, raw)).toEqual({ value });
	});
});

describe('a number', () => {
	test('is taken as number and as text of digits, with white space around', () => {
		fc.assert(
			fc.property(fc.maxSafeInteger(), whiteSpace, whiteSpace, (value, before, after) => {
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

	test.each([['10 '], ['\u00a010\u00a0'], ['\ufeff10\r\n'], ['\t10\u3000'], ['010'], [10]])(
		'%j is 10',
		(raw) => {
			expect(convertValue(integer, raw)).toEqual({ value: 10 });
		},
	);

	test.each([
		'5 calls',
		'1e2',
		'0x10',
		'25.0',
		'25,0',
		'1,000',
		'1 000',
		'1\u00a0000',
		'+5',
		'--5',
		'−5',
		"'5",
		'٥',
		'５',
		'NaN',
		'#N/A',
		'unlimited',
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
	test('is taken as boolean and as its word in any case, with white space around', () => {
		fc.assert(
			fc.property(fc.boolean(), fc.array(fc.boolean()), whiteSpace, (value, upper, around) => {
				const word = [...String(value)]
					.map((letter, index) => (upper[index] ? letter.toUpperCase() : letter))
					.join('');
				expect(convertValue(boolean, value)).toEqual({ value });
				expect(convertValue(boolean, `${around}${word}${around}`)).toEqual({ value });
			}),
		);
	});

	test.each(['yes', 'no', '1', '0', 'WAHR', 1, 0, '', 'truee', 'true\u200b', [], {}])(
		'is not %p',
		(raw) => {
			expect(convertValue(boolean, raw)).toEqual(refused);
		},
	);
});

test('a choice is taken in its exact spelling only, white space at its ends apart', () => {
	for (const raw of ['No Calls', 'No Calls ', '\u00a0No Calls\r\n']) {
		expect(convertValue(choice, raw)).toEqual({ value: 'No Calls' });
	}
	for (const raw of [
		'no calls',
		'No  Calls',
		'No\u00a0Calls',
		'constructor',
		0,
		true,
		['No Calls'],
	]) {
		expect(convertValue(choice, raw)).toEqual(refused);
	}
});

describe('a text', () => {
	test('is kept to the letter between its ends, leading zeros and single spaces included', () => {
		fc.assert(
			fc.property(
				whiteSpace,
				fc.stringMatching(/^0{0,3}[a-z0-9](?: ?[a-z0-9]){0,9}$/),
				whiteSpace,
				(before, value, after) => {
					for (const rule of [text, name]) {
						expect(convertValue(rule, `${before}${value}${after}`)).toEqual({ value });
					}
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

	test.each([
		true,
		{},
		[],
		['a'],
		null,
		undefined,
		'',
		' ',
		'a\u0000b',
		'a\nb',
		'a\u0085b',
		'\ud800',
		'M\ufffdller',
		1e21,
	])('is not %p', (raw) => {
		expect(convertValue(text, raw)).toEqual(refused);
	});

	test.each([
		[{ display_value: 't-1', value: '8f2' }, 'an object'],
		[['t-2'], 'a list'],
		[[], 'a list'],
	])('is not %j, and the reason says what that is', (raw, what) => {
		for (const rule of [text, name, integer, boolean, choice, address]) {
			expect(reasonOf(rule, raw)).toMatch(new RegExp(`, not ${what}$`));
		}
	});
});

describe('a name or id', () => {
	test.each([
		['zero width space', 'sbc-1\u200b', '\\u200b'],
		['zero width space in front', '\u200bsbc-1', '\\u200b'],
		['soft hyphen', 'sbc\u00ad-2', '\\u00ad'],
		['tab', 'sbc\t4', '\\u0009'],
		['line end', 'sbc\n4', '\\u000a'],
		['next line', 'sbc\u0085', '\\u0085'],
		['no-break space', 'acme\u00a0sbc', '\\u00a0'],
		['thin space', 'acme\u2009sbc', '\\u2009'],
		['two spaces', 'acme  sbc', '\\u0020\\u0020'],
		['byte order mark', 'sbc\ufeff-1', '\\ufeff'],
		['zero width joiner', 'sbc\u200d1', '\\u200d'],
		['word joiner', 'sbc\u2060-1', '\\u2060'],
		['bidi mark', 'sbc\u200e-1', '\\u200e'],
		['bidi override', 'sbc\u202e-1', '\\u202e'],
		['variation selector', 'sbc\ufe0f', '\\ufe0f'],
		['tag character', 'sbc\u{e0041}', '\\u{e0041}'],
		['Hangul filler', 'sbc\u3164', '\\u3164'],
		['blank braille pattern', 'sbc\u2800', '\\u2800'],
		['lost character', 'K\ufffdln 2', '\\ufffd'],
		['half a character', 'sbc\ud83d', '\\ud83d'],
	])('with a %s is refused with it written out', (_, raw, written) => {
		for (const rule of [name, id]) {
			expect(reasonOf(rule, raw)).toContain(written);
			expect(reasonOf(rule, raw)).not.toContain(raw);
		}
	});

	test.each([
		'Zürich SBC',
		'Genève 1',
		'Köln 2',
		'東京',
		'Ωmega',
		'مجموعة',
		'00123',
		'-1',
		"O'Brien",
		'a@b#c',
		'v1.0',
		'1E5',
	])('%s is taken as it is', (value) => {
		expect(convertValue(name, value)).toEqual({ value });
	});

	test.each([
		'#N/A',
		'#REF!',
		'#DIV/0!',
		'#NAME?',
		'#NV',
		'#BEZUG!',
		'[object Object]',
		'undefined',
		'4.47911E+11',
		'4,47911E+11',
	])('%s of a spreadsheet or a program is refused', (raw) => {
		expect(reasonOf(name, raw)).toContain(`"${raw}"`);
		expect(convertValue(id, raw)).toEqual(refused);
	});

	test('is taken where it is odd, but possible', () => {
		for (const value of ['0099', '99', '#31#', '*67', '+', 'none', "'9", 'user@example.com']) {
			expect(convertValue(id, value)).toEqual({ value });
		}
	});
});

describe('a character that nobody can see', () => {
	test.each([integer, boolean, choice, address, host])(
		'is written out in a message of %j',
		(rule) => {
			expect(reasonOf(rule, '25\u200b')).toMatch(/, not "25\\u200b"$/);
		},
	);

	test('is told from its own spelling', () => {
		expect(reasonOf(integer, '\\u200b')).toMatch(/, not "\\\\u200b"$/);
	});
});

describe('a forward address', () => {
	test.each([
		'+15551230000',
		'0207946000',
		'00123',
		'+44 20 7946 0000',
		'+1-513-555-0100',
		'(513) 555-0100',
		'+44 (0)20 7946-0000',
		'(+44) 20 7946 0000',
		'030/123456',
		'030 / 123456',
		'513.555.0100',
		'+49.30.123456',
		'4711',
		'447911123456789012345',
		'sales@example.com',
		'+15551230000@sbc.example.com',
		'sip:sales@example.com',
		'SIPS:sales@example.com:5061;transport=tcp',
		'sales@192.0.2.1',
		'sales@[2001:db8::1]',
		'tel:+1-513-555-0100',
	])('is %s', (value) => {
		expect(convertValue(address, ` ${value}\u00a0`)).toEqual({ value });
	});

	test.each([
		'4.47911E+11',
		'4,47911E+11',
		'4E+11',
		'447911123456.0',
		'447911123456.00',
		'447,911,123,456',
		'#N/A',
		'#REF!',
		'none',
		'None',
		'null',
		'undefined',
		'NaN',
		'n/a',
		'-',
		'--',
		'+',
		'tbd',
		"'0791112345",
		'’0791112345',
		'0207946000\u200b',
		'\u202d+15551230000',
		'020\u00a07946',
		'020  7946',
		'1+555',
		'++1555',
		'513.555.0',
		'5.135550100',
		'513..555',
		'555-CALL',
		'[object Object]',
		'true',
		'sales@',
		'@example.com',
		'sales@@example.com',
		'a@b@c',
		'sales@undefined',
		'undefined@example.com',
		'sales@-example.com',
		'sales@example..com',
		'sales@1.2.3',
		'mailto:sales@example.com',
		'Sales <sip:sales@example.com>',
		"'sales@example.com",
		'sales @example.com',
		4479.5,
		4.47911e22,
		2 ** 63,
	])('is not %p', (raw) => {
		expect(convertValue(address, raw)).toEqual(refused);
	});

	test('given as a number keeps its digits', () => {
		expect(convertValue(address, 447911123456)).toEqual({ value: '447911123456' });
	});
});

test.each([
	'peer.example.com',
	'peer.example.com.',
	'PEER',
	'sbc_1.example.com',
	'x',
	'192.0.2.1',
	'192.0.2.1:5060',
	'2001:db8::1',
	'[2001:db8::1]:5060',
	'münchen.example',
])('a host is %s', (value) => {
	expect(convertValue(host, `\t${value} `)).toEqual({ value });
});

test.each(['undefined', '#N/A', '1.5', '256.1.1.1', '4.47911E+11', 'x\u200b.example.com'])(
	'a host is not %s',
	(raw) => {
		expect(convertValue(host, raw)).toEqual(refused);
	},
);

describe('a password', () => {
	test('is never altered', () => {
		fc.assert(
			fc.property(dirtyText, (raw) => {
				const converted = convertValue(password, raw);
				if (!('refused' in converted)) expect(converted.value).toBe(raw);
			}),
		);
	});

	test.each([
		['S3cret! ', 'white space at its ends'],
		['\u00a0S3cret!', 'white space at its ends'],
		['S3cret!\r\n', 'white space at its ends'],
		['S3  cret!', 'several spaces'],
		['S3\t cret!', 'several spaces'],
		['S3\u200bcret!', 'invisible characters (\\u200b)'],
		['S3\ufffdcret!', 'broken characters'],
	])('%j is refused for %s', (raw, why) => {
		expect(reasonOf(password, raw)).toContain(why);
	});

	test.each(['S3 cret!', '#N/A', 'none', '007', 'pässwörd', '***x'])('%s is taken', (value) => {
		expect(convertValue(password, value)).toEqual({ value });
	});

	test('is never in the reason for which it is refused', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 70, maxLength: 90, unit: 'grapheme-ascii' }), (raw) => {
				const converted = convertValue(password, raw);
				expect(converted).toEqual(refused);
				expect(JSON.stringify(converted)).not.toContain(raw.slice(0, 8));
			}),
		);
	});
});

test('a cell of nothing but white space is not given, any other is', () => {
	fc.assert(
		fc.property(fc.oneof(whiteSpace, dirtyText), (cell) => {
			expect(isAbsent(cell)).toBe(cell.trim() === '');
		}),
	);
	for (const value of [undefined, null, '', ' ', '\u00a0', '\ufeff', '\u3000\t\r\n']) {
		expect(isAbsent(value)).toBe(true);
	}
	for (const value of [0, false, [], {}, '\u200b', 'x']) expect(isAbsent(value)).toBe(false);
});

describe('whatever comes', () => {
	const rule = fc.constantFrom(...rules);

	test('a value of the wanted type or a reason is returned and nothing is thrown', () => {
		const types = { integer: 'number', boolean: 'boolean', text: 'string', choice: 'string' };
		fc.assert(
			fc.property(rule, fc.anything({ withBigInt: true, withDate: true }), (wanted, raw) => {
				const converted = convertValue(wanted, raw);
				if ('refused' in converted) expect(converted.refused).not.toBe('');
				else expect(typeof converted.value).toBe(types[wanted.type as keyof typeof types]);
			}),
		);
	});

	test('what is taken is taken again as it is, and is what was meant', () => {
		fc.assert(
			fc.property(rule, dirtyText, (wanted, raw) => {
				const converted = convertValue(wanted, raw);
				fc.pre(!('refused' in converted));
				const { value } = converted as { value: unknown };
				expect(convertValue(wanted, value)).toEqual({ value });
				if (typeof value === 'string') expect(value).toBe(wanted.secret ? raw : raw.trim());
				else
					expect(String(value)).toBe(
						raw
							.trim()
							.toLowerCase()
							.replace(/^0+(?=\d)|^-(?=0+$)/, ''),
					);
			}),
			propertyRuns(3000),
		);
	});

	test('no reason has a character in it that nobody can see', () => {
		fc.assert(
			fc.property(rule, dirtyText, (wanted, raw) => {
				expect(reasonOf(wanted, raw)).toMatch(
					/^(?:[^\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{Co})*$/u,
				);
				expect(reasonOf(wanted, raw)).not.toMatch(/ {2}|\u00a0|\ufffd/);
			}),
			propertyRuns(2000),
		);
	});
});
