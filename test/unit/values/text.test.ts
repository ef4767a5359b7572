import { listed, quoted, visible, withArticle } from '../../../nodes/Odin/values/text';

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
	expect(listed(names)).toMatch(/^'n0', .*'n19' and 3 more$/);
});

test('a noun gets the article of its sound', () => {
	expect(['device', 'Auto Attendant', "user 'x'"].map(withArticle)).toEqual([
		'a device',
		'an Auto Attendant',
		"a user 'x'",
	]);
});
