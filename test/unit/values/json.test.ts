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

test.each<[unknown, string]>([
	[NaN, 'contains a number that JSON does not have'],
	[Infinity, 'contains a number that JSON does not have'],
	[2 ** 53, 'contains a number too large to be kept exactly; put it in quotes'],
	[5n, 'contains a value that JSON does not have'],
	[Symbol('s'), 'contains a value that JSON does not have'],
	[() => 1, 'contains a value that JSON does not have'],
	[{ toJSON: () => ({}) }, 'contains a value that JSON does not have'],
	[circular, 'is nested too deeply'],
	[
		JSON.parse('{"__proto__": {"polluted": true}}'),
		'contains the key __proto__, which is not allowed',
	],
])('what JSON does not carry unchanged is refused: %p %s', (value, refused) => {
	expect(copyJson({ inner: [value] })).toEqual({ refused });
});

const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
	depth === 0 ? 'x' : wrap(nested(depth - 1, wrap));

test.each<[string, (inner: unknown) => unknown]>([
	['lists', (inner) => [inner]],
	['objects', (inner) => ({ inner })],
])('50 levels of %s are copied, and 51 are not', (_case, wrap) => {
	expect(copyJson(nested(50, wrap))).toHaveProperty('value');
	expect(copyJson(nested(51, wrap))).toEqual({ refused: 'is nested too deeply' });
});
