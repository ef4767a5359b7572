import fc from 'fast-check';
import { copyJson, type JsonValue } from '../../../nodes/Odin/values/json';
import { anyJson, deepFreeze, referencesIn } from '../model/fieldValues';

test('a copy is equal and shares nothing', () => {
	fc.assert(
		fc.property(anyJson, (value) => {
			const copied = copyJson(deepFreeze(value));
			expect(copied).toEqual({ value });
			const own = referencesIn((copied as { value: JsonValue }).value);
			expect([...referencesIn(value)].filter((reference) => own.has(reference))).toEqual([]);
		}),
	);
});

test('a date says itself how it is written; undefined is dropped from objects', () => {
	expect(copyJson({ at: new Date(0), not: undefined })).toEqual({
		value: { at: '1970-01-01T00:00:00.000Z' },
	});
});

const circular: Record<string, unknown> = {};
circular.self = circular;

test.each([
	NaN,
	Infinity,
	2 ** 53,
	5n,
	Symbol('s'),
	() => 1,
	circular,
	JSON.parse('{"__proto__": {"polluted": true}}') as unknown,
])('what JSON does not carry unchanged is refused: %p', (value) => {
	expect(copyJson({ inner: [value] })).toEqual({ refused: expect.any(String) });
});
