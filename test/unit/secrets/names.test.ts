import fc from 'fast-check';
import { isOrdinary, isSecret, MASK, maskNamed } from '../../../nodes/Odin/secrets/names';

describe('whether a name and a value are secret', () => {
	test.each<[string, unknown, boolean]>([
		['password', 'true', true],
		['passwordRequired', 'TRUE', false],
		['passwordHint', 'truest', true],
		['passwordHint', 'untrue', true],
		['resetPassword', 'false', false],
		['resetPassword', 'S3cret!#1', true],
		['useToken', false, false],
		['useToken', 1, true],
		['hasTokens', ['true'], true],
		['usedPassword', 'true', true],
		['password', null, true],
		['passport', 'S3cret!#1', false],
		['private key', 'x', true],
		['', 'password', false],
	])('%s: %j', (name, value, expected) => {
		expect(isSecret(name, value)).toBe(expected);
	});
});

describe('whether a name is that of a name, number or address', () => {
	test.each([
		['userId', true],
		['LINEPORT', true],
		['phoneNumber', true],
		['numberOfCalls', false],
		['note', false],
		['password', false],
	])('%s', (name, expected) => {
		expect(isOrdinary(name)).toBe(expected);
	});
});

describe('JSON within a text', () => {
	test.each([
		['{"name":"x","password":"abc"}', '{"name":"x","password":"***"}'],
		['{"password" : 4711, "x": 1}', '{"password" : "***", "x": 1}'],
		['{"a":[{"pin":1,"token":4711}]}', '{"a":[{"pin":1,"token":"***"}]}'],
		['["token":4711]', '["token":"***"]'],
		['"password":12345678', '"password":"***"'],
		['"password":"cut o', '"password":"***"'],
		['{"password":"a\\"b","x":1}', '{"password":"***","x":1}'],
		['{"password":"a\\\\","x":"y"}', '{"password":"***","x":"y"}'],
		['{"password":"a\\\\\\"b","x":"y"}', '{"password":"***","x":"y"}'],
		['{"a":"{\\"password\\":\\"cut o"}', '{"a":"{\\"password\\":\\"***\\"}'],
		['{"password":"the \\"token\\": \\"abc\\" is it","x":1}', '{"password":"***","x":1}'],
		['{"tokens":["a","b] c"],"x":1}', '{"tokens":"***","x":1}'],
		['{"password":{"a":{"b":"}"},"c":[1, "d"]},"x":1}', '{"password":"***","x":1}'],
		['{"a":"{\\"tokens\\":[\\"b\\", \\"c]\\"]}"}', '{"a":"{\\"tokens\\":"***"}"}'],
		['{"passwords":["a", "cut o', '{"passwords":"***"'],
		['{"password":"a","token":"b"}', '{"password":"***","token":"***"}'],
	])('is shown without what is called secret: %s', (text, shown) => {
		expect(maskNamed(text)).toBe(shown);
	});

	test.each([
		'',
		'password: abc',
		"{'password':'abc'}",
		'{"password":""}',
		'{"password":"","x":"y"}',
		'{"password":null,"token":"null"}',
		'{"usePassword":"true","passwordRequired":false}',
		'{"name":"password"}',
		`{"${'x'.repeat(61)}password":"abc"}`,
	])('stays as it is where nothing is: %s', (text) => {
		expect(maskNamed(text)).toBe(text);
		expect(maskNamed(JSON.stringify({ text }))).toBe(JSON.stringify({ text }));
	});

	test('is shown without it whatever stands in it, in JSON within JSON too', () => {
		const value = fc
			.string({ unit: fc.constantFrom('"', '\\', 'a', ',', ' ', '}', ':', '\n', 'é') })
			.filter((text) => /[a,]/.test(text));
		const layers = fc.integer({ min: 0, max: 3 });
		fc.assert(
			fc.property(value, layers, (password, depth) => {
				const written = (text: string): string =>
					Array.from({ length: depth }).reduce<string>(
						(inner) => JSON.stringify({ audit: inner }),
						JSON.stringify({ a: 'b', password: text, c: '"d"' }),
					);
				expect(maskNamed(written(password))).toBe(written(MASK));
			}),
		);
	});
});
