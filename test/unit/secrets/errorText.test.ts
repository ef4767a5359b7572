import fc from 'fast-check';
import { redactErrorText } from '../../../nodes/Odin/secrets/errorText';
import { KnownSecrets } from '../../../nodes/Odin/secrets/known';
import { MASK } from '../../../nodes/Odin/secrets/redact';
import { propertyRuns } from '../../propertyRuns';

const SECRET = 'S3cret!#1';

const shown = (text: string, secrets: readonly string[]): string =>
	redactErrorText(text, KnownSecrets.of(...secrets));

describe('a text of others', () => {
	/** Passwords as people and generators make them, with all that JSON, URLs and HTML write differently. */
	const password = fc
		.string({
			minLength: 6,
			maxLength: 40,
			unit: fc.oneof(
				fc.constantFrom(...'&<>"\'/\\%+ #?=é漢📞'),
				fc.string({ minLength: 1, maxLength: 1 }),
			),
		})
		.filter((text) => text.trim().length > 4 && !/^\*+$/.test(text));

	const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

	const html = (text: string): string =>
		text
			.replaceAll('&', '&amp;')
			.replaceAll('<', '&lt;')
			.replaceAll('>', '&gt;')
			.replaceAll('"', '&quot;');

	const base64 = (text: string): string => Buffer.from(text).toString('base64');

	const hex = (text: string): string => Buffer.from(text).toString('hex');

	const inBytes = (text: string): string =>
		[...Buffer.from(text)]
			.map((byte) =>
				byte > 126 || byte < 32 || byte === 92 || byte === 34
					? `\\x${byte.toString(16).padStart(2, '0')}`
					: String.fromCharCode(byte),
			)
			.join('');

	const codeOf = (character: string): string => character.codePointAt(0)!.toString(16);

	const NAMES: Record<string, string> = {
		...{ '#': 'num', '%': 'percnt', '+': 'plus', '?': 'quest', '=': 'equals', '/': 'sol' },
		...{ '\\': 'bsol', é: 'eacute', '&': 'amp', '<': 'lt', '>': 'gt', '!': 'excl', '@': 'commat' },
	};

	const named = (text: string): string =>
		text.replace(/[^]/gu, (character) => (NAMES[character] ? `&${NAMES[character]};` : character));

	const upper = (letter: string): string =>
		letter.toUpperCase().toLowerCase() === letter ? letter.toUpperCase() : letter;

	const ascii = (json: string): string =>
		json.replace(
			/[\u0080-\uffff]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);

	test.each<[string, (text: string) => string]>([
		['as it is', (text) => text],
		['in JSON', inJson],
		['in JSON of PHP', (text) => ascii(inJson(text).replaceAll('/', '\\/'))],
		['in a URL', (text) => encodeURIComponent(text)],
		['in a form', (text) => new URLSearchParams({ a: text }).toString().slice(2)],
		['in HTML', html],
		['in HTML with &#39;', (text) => html(text).replaceAll("'", '&#39;')],
		['in HTML with &#039;', (text) => html(text).replaceAll("'", '&#039;')],
		['in HTML with &#x27;', (text) => html(text).replaceAll("'", '&#x27;')],
		['in XML', (text) => html(text).replaceAll("'", '&apos;')],
		['in JSON in JSON', (text) => inJson(inJson(text))],
		['in JSON in a URL', (text) => encodeURIComponent(inJson(text))],
		['in JSON in HTML in JSON', (text) => inJson(html(inJson(text)))],
		['in capitals', (text) => text.replace(/\p{Ll}/gu, (letter) => upper(letter))],
		['in capitals in a URL', (text) => encodeURIComponent(text).toUpperCase()],
		['in base64', base64],
		['in base64 with its user', (text) => base64(`admin:${text}`)],
		['in base64 of a binary login', (text) => base64(`\0admin\0${text}`)],
		['in base64 behind a name', (text) => `auth_${base64(`admin:${text}`)}`],
		['in base64 for URLs', (text) => Buffer.from(`admin:${text}`).toString('base64url')],
		['in hexadecimal', (text) => hex(text)],
		['in hexadecimal within a number', (text) => `0x1${hex(text)}0`],
		['in bytes of a log', (text) => inBytes(text)],
		['in escaped bytes', (text) => hex(text).replace(/../g, '\\x$&')],
		['in a string of JavaScript', (text) => inJson(text).replaceAll("'", "\\'")],
		['in HTML with names', named],
		['in hexadecimal HTML', (text) => text.replace(/[^]/gu, (one) => `&#x${codeOf(one)};`)],
		['in base64 of JSON in JSON', (text) => inJson(base64(JSON.stringify({ a: text, b: 1 })))],
	])('is freed of a secret that stands there %s', (_, spelling) => {
		fc.assert(
			fc.property(password, (secret) => {
				const said = `Rejected value [${spelling(secret)}] of the item`;
				const told = shown(said, [secret]);
				// Of a code all that belongs to it may be masked.
				expect(told).toMatch(/^Rejected value \[(auth_|0x1)?\*\*\*0?\] of the item$/);
			}),
		);
	});

	test('is freed of a secret and nothing beside it in any case, where cases differ in length', () => {
		expect(shown('[İ abcDEF ΣΑΡ] x', ['ABCdef', 'σαρ'])).toBe(`[İ ${MASK} ${MASK}] x`);
	});

	test('is freed of a secret that contains another', () => {
		expect(shown('a=abcdef b=abc', ['abc', 'abcdef'])).toBe('a=*** b=***');
	});

	test('is freed of a token, however long it is, and says what stands behind one of the usual length', () => {
		const token = 'eyJhbGciOi.'.repeat(60);
		expect(shown(`Expired: ${token} & more`, [token])).toBe(`Expired: ${MASK} & more`);
		const long = 'eyJhbGciOi.'.repeat(3000);
		expect(shown(`Expired: ${long} & more`, [long])).toBe(`Expired: ${MASK}…`);
	});

	test.each([
		'S3cret!',
		'S3cret!…',
		'S3cret!...',
		'S3cret!\\u00',
		'S3cret!%2',
		'S3cret!&#3',
		'S3cret!\\',
	])('is freed of the piece of a secret that it was cut off in: %s', (piece) => {
		expect(shown(`Rejected: ${piece}`, [SECRET])).toBe(`Rejected: ${MASK}`);
	});

	test('is freed of the piece of an escaped secret', () => {
		expect(shown('{"a":"S3cret!\\u0023', ['S3cret!#é'])).toBe(`{"a":"${MASK}`);
	});

	test('is cut to what a person reads, and not through a secret', () => {
		const spellings = [
			(text: string) => text,
			encodeURIComponent,
			hex,
			(text: string) => base64(`admin:${text}`),
			(text: string) => text.replace(/[^]/gu, (one) => `&#x${codeOf(one)};`),
			(text: string) => inJson(inJson(encodeURIComponent(text))),
		];
		const secret = '+#"S3cret/&9é'.repeat(4);
		fc.assert(
			fc.property(
				fc.constantFrom(...spellings),
				fc.integer({ min: 400, max: 519 }),
				(spell, before) => {
					const text = `${'. '.repeat(before / 2)}${spell(secret)} ${'- '.repeat(2000)}`;
					const told = shown(text, [secret]);
					expect(told.length).toBeLessThanOrEqual(501);
					expect(told).toMatch(/^[. ]+(\*{0,3}|\*{3}[ -]+)…$/);
				},
			),
			propertyRuns(500),
		);
		expect(shown('x'.repeat(5000), [])).toHaveLength(501);
	});

	test('is freed of a secret that is spread over two parts of an error body', () => {
		expect(shown('Rejected S3cr – et!#1 as password', [SECRET])).toBe(
			`Rejected ${MASK} – ${MASK} as password`,
		);
		expect(shown('et!#1 is the rest – of what – begins S3cr', [SECRET])).toBe(
			`et!#1 is the rest – of what – begins ${MASK}`,
		);
		expect(shown('et!%231 is wrong – Rejected S3cr', [SECRET])).toBe(
			`${MASK} is wrong – Rejected ${MASK}`,
		);
	});

	test('is freed of a code of a secret that is spread over two parts, in either order', () => {
		const code = base64(`admin:${SECRET}`);
		const [head, tail] = [code.slice(0, 10), code.slice(10)];
		expect(shown(`Login – Basic ${head} – ${tail} is wrong`, [SECRET])).toBe(
			`Login – Basic ${MASK} is wrong`,
		);
		expect(shown(`${tail} was wrong – Basic ${head}`, [SECRET])).toBe(
			`${MASK} was wrong – Basic ${MASK}`,
		);
	});

	test('keeps what only looks like a piece: short secrets over parts, and the end of a part', () => {
		for (const said of ['ends with a – b begins', 'b begins – ends with a']) {
			expect(shown(said, ['ab', 'e a', 'a–b'])).toBe(said);
		}
		expect(shown('Rejected S3cret! – as password', [SECRET])).toBe(
			'Rejected S3cret! – as password',
		);
	});

	test.each([
		[SECRET, 'is S3cr', `is ${MASK}`],
		[SECRET, 'is S3c', 'is S3c'],
		[SECRET, 'is S3cr…', `is ${MASK}`],
		[SECRET, 'is S3c…', 'is S3c…'],
		['ab%20xyz', 'is ab%2', `is ${MASK}`],
		['ab%20xyz', 'is ab%', 'is ab%'],
		['a...b...c', 'is a...b...', `is ${MASK}`],
		['x…y…z', 'is x…y…', `is ${MASK}`],
		['abc', 'is ab', 'is ab'],
		['📞📞📞', 'is 📞📞', 'is 📞📞'],
	])(
		'is freed of the piece of %s that it ends with from 4 characters on: %s',
		(secret, said, told) => {
			expect(shown(said, [secret])).toBe(told);
		},
	);

	test('is freed of a secret of 4 characters within a word, and of one of 3 as a word', () => {
		expect(shown('xabcdx abcx xabc abc', ['abcd', 'abc'])).toBe(`x${MASK}x abcx xabc ${MASK}`);
		expect(shown('xé📞📞éx', ['é📞📞é'])).toBe(`x${MASK}x`);
		expect(shown('x📞📞éx 📞📞é', ['📞📞é'])).toBe(`x📞📞éx ${MASK}`);
	});

	test('is freed of a secret with a + in a form beside others', () => {
		expect(shown('pw=pass%2Bword&note=two+words&again=pass+word', ['pass+word'])).toBe(
			`pw=${MASK}&note=two+words&again=${MASK}`,
		);
		expect(shown('{"body":"pw=%22pa%2Bss%22&a=b+c"}', ['"pa+ss"'])).toBe(
			`{"body":"pw=${MASK}&a=b+c"}`,
		);
		expect(shown('pw=pa%252Bss&a=b+c', ['pa+ss'])).toBe(`pw=${MASK}&a=b+c`);
	});

	test('is shown up to 500 characters, and not through a character', () => {
		for (const known of [[], [SECRET]]) {
			expect(shown('', known)).toBe('');
			expect(shown('.'.repeat(500), known)).toBe('.'.repeat(500));
			expect(shown('.'.repeat(501), known)).toBe(`${'.'.repeat(500)}…`);
			expect(shown(`📞${'.'.repeat(497)}📞.`, known)).toBe(`📞${'.'.repeat(497)}…`);
			expect(shown(`📞${'.'.repeat(496)}📞.`, known)).toBe(`📞${'.'.repeat(496)}📞…`);
		}
	});

	test('is searched up to 2000 characters, and shown up to 1000 where it is longer', () => {
		const token = 'a1.'.repeat(600);
		const said = `${token}${'. '.repeat(100)}`;
		expect(shown(said, [token])).toBe(`${MASK}${'. '.repeat(100)}`);
		expect(shown(`${said}.`, [token])).toBe(`${MASK}…`);
		const short = 'a1.'.repeat(300);
		expect(shown(short + '. '.repeat(600), [short])).toBe(`${MASK}${'. '.repeat(50)}…`);
	});

	test.each([
		['e', 'The name e is there', 'The name *** is there'],
		['e', 'e: "e" [e]', `${MASK}: "${MASK}" [${MASK}]`],
		['42', 'Error 4242: 42 calls, trunk42', `Error 4242: ${MASK} calls, trunk42`],
		['on', 'on connection=on', `${MASK} connection=${MASK}`],
		['ñ', 'año ñ', `año ${MASK}`],
		['"', 'the "name" is wrong', 'the "name" is wrong'],
		['e', 'e%3A%20e – e', `${MASK}%3A%20${MASK} – ${MASK}`],
	])('is freed of the short secret %s where it is a word', (secret, said, told) => {
		expect(shown(said, [secret])).toBe(told);
	});

	test('is not masked twice where secrets are stars or stand in each other', () => {
		expect(shown('[abcdef] [cdefgh] [*]', ['abcdef', 'cdefgh', '*', '**'])).toBe(
			`[${MASK}] [${MASK}] [${MASK}]`,
		);
		expect(shown('[abcdefgh]', ['abcdef', 'cdefgh'])).toBe(`[${MASK}]`);
	});

	test.each([
		['{"passwordRequired": true, "useCustomUserNamePassword":"true"}', undefined],
		['{"token":null}', undefined],
		['{"password":"a, \\"b\\" c","x":1}', '{"password":"***","x":1}'],
		[
			'{"a":"{\\"newPassword\\":\\"a, b\\",\\"x\\":1}"}',
			'{"a":"{\\"newPassword\\":\\"***\\",\\"x\\":1}"}',
		],
		['{"pin":1,"secret":4711}', '{"pin":1,"secret":"***"}'],
		['{"password":"cut o', '{"password":"***"'],
	])('is freed of values that JSON calls secret, and of no flag: %s', (said, told = said) => {
		expect(shown(said, [])).toBe(told);
	});

	test('is freed of a password that is not known here, where JSON says what it is', () => {
		expect(shown('{"newPassword": "other", "name": "x"}', [])).toBe(
			'{"newPassword": "***", "name": "x"}',
		);
	});

	test('stays as it is without secrets', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z ,.:]*$/), (text) => {
				expect(shown(text, ['', SECRET])).toBe(text);
			}),
		);
	});
});
