import fc from 'fast-check';
import { canonical } from '../../../nodes/Odin/values/canonical';
import { checksum } from '../../../nodes/Odin/values/checksum';

test.each<[string, unknown, unknown]>([
	['keys in another order', { a: 1, b: [2, { c: 3, d: 4 }] }, { b: [2, { d: 4, c: 3 }], a: 1 }],
	['a key that is undefined, and none', { a: 1, b: undefined }, { a: 1 }],
	['a map, and the object of it', new Map([['a', 1]]), { a: 1 }],
	['sets in another order', new Set(['b', 'a']), new Set(['a', 'b'])],
	['nothing in a list, and null', [undefined], [null]],
	['changes in another order', { changes: ['x', 'y'] }, { changes: ['y', 'x'] }],
	['numbers before, as text', { from: [12, { on: true }] }, { from: ['12', { on: 'true' }] }],
	['a list before, in another order', { from: { list: [1, 2] } }, { from: { list: [2, 1] } }],
])('%s are one plan', (_case, one, other) => {
	expect(canonical(one)).toBe(canonical(other));
});

test.each<[string, unknown, unknown]>([
	['a list in another order', { list: [1, 2] }, { list: [2, 1] }],
	['a number, and the text of it', { to: 12 }, { to: '12' }],
	['a switch, and the text of it', true, 'true'],
	['null before, and the text of it', { from: null }, { from: 'null' }],
	['null, and nothing', { a: null }, {}],
	['a list, and its text', ['a', 'b'], ['a,b']],
	['two keys, and one', { a: 1, b: 2 }, { 'a:1,b': 2 }],
	['empty, and missing', { a: [] }, { a: {} }],
	['a set of another', new Set(['a']), new Set(['b'])],
])('%s are two plans', (_case, one, other) => {
	expect(canonical(one)).not.toBe(canonical(other));
});

test('what is JSON is written so that it can be read back', () => {
	const named = fc.string().filter((key) => key !== 'from' && key !== 'changes');
	const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
		tree: fc.oneof(
			{ depthSize: 'small' },
			fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
			fc.array(tie('tree')),
			fc.dictionary(named, tie('tree')),
		),
	}));
	fc.assert(
		fc.property(tree, (value) => {
			expect(JSON.parse(canonical(value))).toEqual(value);
		}),
	);
});

test.each([
	// Test vectors of FNV-1a, 32 bits.
	['', 0x811c9dc5],
	['a', 0xe40c292c],
	['foobar', 0xbf9cf968],
])('the checksum of "%s" is the published one', (text, sum) => {
	expect(checksum(text)).toBe(sum);
});
