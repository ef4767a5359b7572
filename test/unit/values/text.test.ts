import {
	cut,
	listed,
	quoted,
	readable,
	someOf,
	visible,
	withArticle,
	withoutSpelling,
} from '../../../nodes/Odin/values/text';

test.each([
	['sbc-1\u200b', 'sbc-1\\u200b'],
	['acme  sbc', 'acme\\u0020\\u0020sbc'],
	['a b', 'a b'],
	['a\tb\u00a0c\u2028', 'a\\u0009b\\u00a0c\\u2028'],
	['K\ufffdln \ud800', 'K\\ufffdln \\ud800'],
	['\u{e0041}', '\\u{e0041}'],
	['Zürich 東京 📞 مجموعة', 'Zürich 東京 📞 مجموعة'],
])('%j is shown as %s', (text, shown) => {
	expect(visible(text)).toBe(shown);
	expect(quoted(text)).toBe(`'${shown}'`);
});

test('of many names the first are listed and the others counted', () => {
	const names = Array.from({ length: 23 }, (_, index) => `n${index}`);
	expect(listed(names.slice(0, 2))).toBe("'n0', 'n1'");
	expect(listed(names.slice(0, 20))).toMatch(/'n19'$/);
	expect(listed(names)).toMatch(/^'n0', .*'n19' and 3 more$/);
});

test('of texts for a message the first five are said and the others counted', () => {
	const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
	expect(someOf(texts.slice(0, 5))).toBe('a, b, c, d, e');
	expect(someOf(texts)).toBe('a, b, c, d, e, and 2 more');
	expect(someOf(texts, '; ', 2)).toBe('a; b; and 5 more');
});

test.each([
	['abc', 'abc'],
	['abcd', 'abc…'],
	['📞📞📞', '📞📞📞'],
	['📞📞📞📞', '📞📞📞…'],
])('"%s" is cut to three characters as "%s"', (text, beginning) => {
	expect(cut(text, 3)).toBe(beginning);
});

test('a person reads single spaces, and nothing that cannot be seen', () => {
	expect(readable(' \ufeffac\u200bme\r\n\u00a0 hq\t')).toBe('acme hq');
});

test('spelling is case, spaces, hyphens, underscores and what nobody sees', () => {
	const spellings = ['maxActiveCalls', 'Max. Active\u2011Calls', ' MAX_ACTIVE - CALLS\u200b'];
	expect(spellings.map(withoutSpelling)).toEqual([
		'maxactivecalls',
		'max.activecalls',
		'maxactivecalls',
	]);
	expect(withoutSpelling('ﬁeld①')).toBe('field1');
	expect(withoutSpelling('a'.repeat(1_000))).toHaveLength(200);
});

test('a noun gets the article of its sound', () => {
	expect(['device', 'Auto Attendant', "user 'x'"].map(withArticle)).toEqual([
		'a device',
		'an Auto Attendant',
		"a user 'x'",
	]);
});
