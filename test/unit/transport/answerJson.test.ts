import fc from 'fast-check';
import { parseAnswer } from '../../../nodes/Odin/transport/answerJson';

const read = (text: string): unknown => {
	const parsed = parseAnswer(text);
	return 'value' in parsed ? parsed.value : parsed.unreadable;
};

test('what every other program reads is read as they do', () => {
	fc.assert(
		fc.property(
			fc
				.json({ noUnicodeString: false })
				.filter((text) => !/\d{16}|e[+-]?\d|__proto__/i.test(text)),
			(text) => expect(read(text)).toEqual(JSON.parse(text)),
		),
	);
});

test('any other text is unreadable, and none is made readable by what is done for numbers', () => {
	const text = fc.oneof(
		fc.string(),
		fc.json().map((json) => json.slice(0, -1)),
	);
	fc.assert(
		fc.property(text, (broken) => {
			let isJson = true;
			try {
				JSON.parse(broken);
			} catch {
				isJson = false;
			}
			expect('value' in parseAnswer(broken)).toBe(isJson);
		}),
	);
	for (const broken of [
		'01234567890123456789',
		'{1234567890123456789:1}',
		'[1234567890123456789x]',
	]) {
		expect(parseAnswer(broken)).toEqual({ unreadable: 'noJson' });
	}
});

test.each([
	['442079460123456789', '442079460123456789'],
	['-1234567890123456', '-1234567890123456'],
	['123456789012345', 123456789012345],
	['0.1234567890123456789', 0.12345678901234568],
	['1e999', '1e999'],
	['-1E999', '-1E999'],
	['1e3', 1000],
])('of a number no digit is lost: %s', (json, value) => {
	expect(read(json)).toEqual(value);
	expect(read(`{"a":[${json}, "${json}"],"b\\"":${json}}`)).toEqual({
		a: [value, json],
		'b"': value,
	});
});

test('nesting ends where nobody puts anything', () => {
	const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
	expect(read(nested(50))).toBeInstanceOf(Array);
	expect(read(nested(51))).toBe('tooDeep');
	expect(read('['.repeat(1_000_000))).toBe('tooDeep');
	expect(read(`"${nested(100)}"`)).toBe(nested(100));
});

test('nothing in it changes what an object is, or keeps it from being put into a text', () => {
	const text =
		'{"__proto__":{"admin":true},"a":{"\\u005f_proto__":1,"toString":1},"b":[{"valueOf":null,"toString":null}]}';
	const value = read(text) as Record<string, unknown>;
	expect(Object.keys(value)).toEqual(['a', 'b']);
	expect({ ...value }.admin).toBeUndefined();
	expect(`${String(value.a)} ${String(value.b)}`).toBe('[object Object] [object Object]');
	expect(JSON.stringify(value.a)).toBe('{"toString":1}');
});

test('of a key that stands there twice the last one counts', () => {
	expect(read('{"a":1,"a":2}')).toEqual({ a: 2 });
});
