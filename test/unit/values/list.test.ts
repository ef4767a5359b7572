import fc from 'fast-check';
import { readList } from '../../../nodes/Odin/values/list';
import { dirtyText } from '../model/dirtyTexts';

const listOf = (raw: unknown): unknown => {
	const read = readList(raw);
	return 'refused' in read ? read : read.list;
};

test.each<[unknown, unknown[]]>([
	[
		['a', 'b'],
		['a', 'b'],
	],
	[
		['a', '', null, ' ', {}, { userId: '' }, 'b'],
		['a', 'b'],
	],
	['a@x.net, b@x.net,,', ['a@x.net', 'b@x.net']],
	['\ufeffa\u00a0,\tb\r\n', ['a', 'b']],
	['Doe (Sales, East), b', ['Doe (Sales, East)', 'b']],
	['a [1, 2], b {3, 4}', ['a [1, 2]', 'b {3, 4}']],
	['a), b', ['a)', 'b']],
	['["c@x.net",""]', ['c@x.net']],
	[' [404, 503] ', [404, 503]],
	['{"userId":"c@x.net"}', [{ userId: 'c@x.net' }]],
	['a', ['a']],
	[404, [404]],
	['a ((b, c), d), e', ['a ((b, c), d)', 'e']],
	[[new Date(0)], [new Date(0)]],
	[{ userId: 'a' }, [{ userId: 'a' }]],
	[', ,', []],
	['[""]', []],
	[[], []],
	['[]', []],
])('%j is the list %j', (raw, list) => {
	expect(listOf(raw)).toEqual(list);
});

test('only a list of nothing is explicitly empty, not one whose elements are', () => {
	for (const raw of [[], '[]', ' [ ] '])
		expect(readList(raw)).toMatchObject({ isExplicitlyEmpty: true });
	for (const raw of [[''], '[null]', ',', '', [{}]]) {
		expect(readList(raw)).toEqual({ list: [], isExplicitlyEmpty: false });
	}
});

test.each(['[a, b]', '["a"', '{a}', '[::1]:5060'])(
	'%s begins as JSON and is none: refused',
	(raw) => {
		expect(readList(raw)).toEqual({
			refused: 'takes a list, and this text begins like JSON but is not valid',
		});
	},
);

test('elements that are joined with commas come back without white space at their ends', () => {
	const element = dirtyText.filter((text) => !/[,()[\]{}]/.test(text));
	fc.assert(
		fc.property(fc.array(element, { minLength: 1 }), (elements) => {
			const wanted = elements.map((text) => text.trim()).filter((text) => text !== '');
			expect(listOf(elements.join(','))).toEqual(wanted);
		}),
	);
});
