import fc from 'fast-check';
import { readings, readParts } from '../../../nodes/Odin/secrets/encodings';

const read = (text: string) => readings(readParts(text, [[0, text.length]]));

const textsOf = (text: string): string[] => read(text).map((reading) => reading.text);

describe('a text that a program wrote', () => {
	test.each([
		['JSON', String.raw`a\"b\/c\\d\n\t\r\b\f\0`, 'a"b/c\\d\n\t\r\b\f\0'],
		['JSON in capitals', String.raw`A\N\U00E9`, 'A\né'],
		['JSON with a pair of surrogates', String.raw`\ud83d\ude00!`, '😀!'],
		['JavaScript', String.raw`it\'s \u{1F600}`, "it's 😀"],
		['bytes of UTF-8', String.raw`\x41\xc3\xa9\xE2\x82\xAC\xf0\x9f\x98\x80`, 'Aé€😀'],
		['bytes of Latin-1', String.raw`\xe9t\xe9`, 'été'],
		['a URL', 'a%2Fb%C3%A9%e2%82%ac', 'a/bé€'],
		['a URL in Latin-1', '%E9t%E9', 'été'],
		['a form', 'a+b%2Bc', 'a b c'],
		['HTML', '&lt;a&amp;b&GT;&quot;&apos;', '<a&b>"\''],
		['HTML with letters', '&agrave;&eacute;&yuml;&szlig;', 'àéÿß'],
		['HTML with numbers', '&#233;&#xE9;&#x1F600;&#39x', "éé😀'x"],
		['base64', Buffer.from('admin:é').toString('base64'), 'admin:é'],
		['base64 that is cut off within a character', 'YWRtaW46w', 'admin:'],
		['base64 that is cut off between the bytes of one', 'YWRtaW46ww==', 'admin:'],
		['hexadecimal', `0x${Buffer.from('a\tbé').toString('hex').toUpperCase()}`, '0xa\tbé'],
	])('is read as %s', (_, written, meant) => {
		expect(textsOf(written)).toContain(meant);
	});

	test.each([
		['half a character of HTML', '&#xD800; &#55296; &#57343;'],
		['a number beyond Unicode', String.raw`&#x110000; &#1114112; \u{110000}`],
		['a name that HTML does not have', '&nothing; &amp'],
		['base64 of something else than text', Buffer.from('ab\x01cde').toString('base64')],
		['base64 of no text', Buffer.from([97, 98, 255, 99, 100]).toString('base64')],
		['hexadecimal of no text', '6162ff6364'],
		['a short number', '616263'],
		['a word', 'short'],
	])('stands for itself where it is %s', (_, written) => {
		expect(textsOf(written)).toEqual([written]);
	});

	test('has the characters next to the surrogates and the last of all', () => {
		expect(textsOf('&#xD7FF;&#xE000;&#x10FFFF;')).toContain('\uD7FF\uE000\u{10FFFF}');
	});

	test('is read once in each way', () => {
		expect(textsOf('a+b')).toEqual(['a+b', 'a b']);
		expect(textsOf('a+b\\n')).toEqual(['a+b\\n', 'a+b\n', 'a b\\n', 'a b\n']);
		expect(textsOf('%41&#66;')).toEqual(['%41&#66;', 'A&#66;', '%41B', 'AB']);
	});

	test('is read through three layers, and no more', () => {
		const written = (layers: number): string =>
			Array.from({ length: layers }).reduce<string>((text) => encodeURIComponent(text), '?');
		expect(textsOf(written(3))).toContain('?');
		expect(textsOf(written(4))).not.toContain('?');
		expect(textsOf(written(4))).toContain('%3F');
	});

	test('has spaces for its + only where it is read as a form, and in what is read further', () => {
		const forms = (text: string) => read(text).map(({ text: one, isForm }) => [one, isForm]);
		expect(forms('%41')).toEqual([
			['%41', false],
			['A', false],
		]);
		expect(forms('a+%2541')).toEqual([
			['a+%2541', false],
			['a %41', true],
			['a A', true],
		]);
	});

	test('knows where each unit of it stands', () => {
		const [itself, decoded] = read('x%C3%A9y&#233');
		expect(itself).toMatchObject({ from: [...Array(13).keys()], isForm: false });
		expect(itself!.to).toEqual(itself!.from.map((at) => at + 1));
		expect(decoded).toEqual({
			text: 'xéy&#233',
			from: [0, 1, 7, 8, 9, 10, 11, 12],
			to: [1, 7, 8, 9, 10, 11, 12, 13],
			isForm: false,
		});
		fc.assert(
			fc.property(fc.array(fc.constantFrom('a', '%41', '%F0%9F%98%80', '+', '\\n')), (pieces) => {
				for (const { text, from, to } of read(pieces.join(''))) {
					expect([from.length, to.length]).toEqual([text.length, text.length]);
				}
			}),
		);
	});

	test('is read across its parts in the order that is asked for', () => {
		const given = '41 is %';
		const all = readings(
			readParts(given, [
				[6, 7],
				[0, 2],
			]),
		);
		expect(all).toEqual([
			{ text: '%41', from: [6, 0, 1], to: [7, 1, 2], isForm: false },
			{ text: 'A', from: [6], to: [2], isForm: false },
		]);
	});
});
