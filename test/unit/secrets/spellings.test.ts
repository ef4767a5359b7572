import fc from 'fast-check';
import { codesOf, ESCAPES, wholeCode } from '../../../nodes/Odin/secrets/spellings';
import { propertyRuns } from '../../propertyRuns';

/** With a control character, DEL, and the ends of ASCII beside what programs escape. */
const SECRET = 'a \x1f!"#\'()*+/<>&\\`~\x7fé漢📞';

/** As others write it: JSON, URLs and HTML of JavaScript, Python, PHP, Java and nginx. */
describe('a secret is looked for as it stands', () => {
	const json = 'a \\u001f!\\"#\'()*+/<>&\\\\`~\x7fé漢📞';
	const asciiJson = 'a \\u001f!\\"#\'()*+/<>&\\\\`~\\u007f\\u00e9\\u6f22\\ud83d\\udcde';
	const url = "a%20%1F!%22%23'()*%2B%2F%3C%3E%26%5C%60~%7F%C3%A9%E6%BC%A2%F0%9F%93%9E";
	const html = (apostrophe: string, quotation: string) =>
		`a \x1f!${quotation}#${apostrophe}()*+/&lt;&gt;&amp;\\\`~\x7fé漢📞`;
	const decimals = 'a \x1f!&#34;#&#39;()*+/&#60;&#62;&#38;\\`~\x7fé漢📞';
	const hexadecimals = 'a \x1f!&#x22;#&#x27;()*+/&#x3c;&#x3e;&#x26;\\`~\x7fé漢📞';
	const bytes = Buffer.from(SECRET).toString('hex');
	const strict = (text: string) =>
		text.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

	it.each<[string, string, string]>([
		['\\', 'in JSON', json],
		['\\', 'in JSON of ASCII', asciiJson],
		['\\', 'in JSON of PHP', asciiJson.replaceAll('/', '\\/')],
		['\\', 'in JSON in JSON', JSON.stringify(json).slice(1, -1)],
		[
			'\\',
			'in a log',
			"a \\x1F!\\x22#'()*+/<>&\\x5C`~\\x7F\\xC3\\xA9\\xE6\\xBC\\xA2\\xF0\\x9F\\x93\\x9E",
		],
		['\\', 'in escaped bytes', bytes.replace(/../g, '\\x$&')],
		['%', 'in a URL', url],
		['%', 'in a URL that quotes all it may', strict(url)],
		['%', 'in a form of PHP', strict(url).replaceAll('%20', '+').replaceAll('~', '%7E')],
		['%', 'in a form of a browser', new URLSearchParams({ a: SECRET }).toString().slice(2)],
		['%', 'in a URL in a URL', encodeURIComponent(url)],
		['%', 'in JSON in a URL', encodeURIComponent(json)],
		['%', 'in JSON of ASCII in a URL', encodeURIComponent(asciiJson)],
		['%', 'in quoted bytes', bytes.replace(/../g, '%$&')],
		['+', 'in a form of a browser', new URLSearchParams({ a: SECRET }).toString().slice(2)],
		['&', 'in the text of XML', html("'", '"')],
		['&', 'in HTML', html("'", '&quot;')],
		['&', 'in XML', html('&apos;', '&quot;')],
		['&', 'in HTML of Go', html('&#39;', '&quot;')],
		['&', 'in HTML of PHP', html('&#039;', '&quot;')],
		['&', 'in HTML of Python', html('&#x27;', '&quot;')],
		['&', 'in decimal HTML', decimals],
		['&', 'in hexadecimal HTML', hexadecimals],
		[
			'&',
			'in JSON in HTML',
			json.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
		],
		[
			'&',
			'in HTML of ASCII',
			`${html("'", '&quot;').slice(0, -5)}&#127;&#233;&#28450;&#128222;`.replace('\x1f', '&#31;'),
		],
		[
			'&',
			'in hexadecimal HTML of ASCII',
			`${hexadecimals.slice(0, -5)}&#x7f;&#xe9;&#x6f22;&#x1f4de;`.replace('\x1f', '&#x1f;'),
		],
		[
			'&',
			'in HTML of decimals alone',
			SECRET.replace(/[^]/gu, (one) => `&#${one.codePointAt(0)};`),
		],
	])('%s: %s', (mark, _, written) => {
		const { writes } = ESCAPES.find((escape) => escape.mark === mark)!;
		expect(writes.map((write) => write(SECRET).toLowerCase())).toContain(written.toLowerCase());
	});

	it('with half a character, as browsers write it', () => {
		const half = 'a \ud800b';
		const { writes } = ESCAPES.find(({ mark }) => mark === '+')!;
		expect(writes.map((write) => write(half).toUpperCase())).toContain('A+%EF%BF%BDB');
	});
});

describe('codes', () => {
	const beside = fc.uint8Array({ maxLength: 4 });
	const secret = fc.string({ unit: 'grapheme', minLength: 7, maxLength: 12 });

	it('have what base64 and hexadecimal make of a secret of seven characters or more wherever it begins', () => {
		fc.assert(
			fc.property(beside, secret, beside, (before, text, after) => {
				for (const written of [text, JSON.stringify(text).slice(1, -1)]) {
					const bytes = Buffer.concat([before, Buffer.from(written), after]);
					for (const encoding of ['base64', 'base64url', 'hex'] as const) {
						const code = bytes.toString(encoding);
						expect(codesOf(text).filter((piece) => code.includes(piece))).not.toEqual([]);
					}
				}
			}),
			propertyRuns(100),
		);
	});

	it('have all of it that does not depend on what stands beside it', () => {
		// >>>??? is Pj4+Pz8/ in base64.
		expect(codesOf('>>>???')).toEqual(
			expect.arrayContaining(['Pj4+Pz8/', 'Pj4-Pz8_', '3e3e3e3f3f3f']),
		);
		expect(new Set(codesOf('S3cret!#'))).toEqual(
			new Set(['UzNjcmV0IS', 'MzY3JldCEj', 'TM2NyZXQhI', '5333637265742123']),
		);
	});

	it.each([
		['abcd', ['61626364']],
		['abc', []],
		['abcdef', ['YWJjZGVm', '616263646566']],
		['é£', ['c3a9c2a3']],
		['"a"', ['5c22615c22']],
		['', []],
	])('of %s are %j: of 8 characters or more', (text, codes) => {
		expect(new Set(codesOf(text))).toEqual(new Set(codes));
	});
});

describe('the whole code that a secret stands in', () => {
	it.each([
		['[QWxhZGRpbg]', 'hZGR', 'QWxhZGRpbg'],
		['QWxhZGRpbg', 'hZGR', 'QWxhZGRpbg'],
		['x QWxhZGRpbg== y', 'hZGR', 'QWxhZGRpbg=='],
		['key=QWxhZGRpbg== y', 'hZGR', 'QWxhZGRpbg=='],
		['"a-b_c/d+9Z"', 'c/d', 'a-b_c/d+9Z'],
		['Basic:QWxh.ZGR', 'QWxh', 'QWxh'],
		['éQWxhé', 'Wx', 'QWxh'],
		['(QWxh)', 'QWxh', 'QWxh'],
	])('of %s around %s is %s', (text, piece, code) => {
		const from = text.indexOf(piece);
		const { from: start, to: end } = wholeCode(text, { from, to: from + piece.length }, undefined);
		expect({ start, end, code: text.slice(start, end) }).toEqual({
			start: text.indexOf(code),
			end: text.indexOf(code) + code.length,
			code,
		});
	});

	it('is the last one for all that stands in that, and for nothing else', () => {
		const text = 'QWxhZGRpbg QWxhZGRpbg';
		const last = { from: 11, to: 21 };
		for (const [from, to] of [
			[11, 15],
			[13, 19],
			[17, 21],
			[11, 21],
		] as const) {
			expect(wholeCode(text, { from, to }, last)).toBe(last);
		}
		expect(wholeCode(text, { from: 2, to: 6 }, last)).toEqual({ from: 0, to: 10 });
		expect(wholeCode(text, { from: 13, to: 17 }, { from: 0, to: 10 })).toEqual(last);
	});
});
