import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../nodes/Odin/values/json';
import {
	mask,
	MASK,
	maskedAt,
	scrub,
	redactKnownSecrets,
	withoutSecrets,
} from '../../../nodes/Odin/secrets/redact';
import { deepFreeze } from '../model/fieldValues';

const SECRET = 'S3cret!#1';

const secretKey = fc.constantFrom(
	'sipAuthenticationPassword',
	'password',
	'newPassword',
	'token',
	'accessToken',
);

/** JSON in which secrets stand under their keys at any depth, and nothing else is called like one. */
const withSecrets = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.oneof(fc.constantFrom<JsonValue>('text', 1, true, null)),
		fc.array(tie('value'), { maxLength: 3 }),
		tie('object'),
	),
	object: fc
		.tuple(
			fc.dictionary(fc.stringMatching(/^[a-o]{1,6}$/), tie('value'), {
				maxKeys: 3,
				noNullPrototype: true,
			}),
			fc.array(
				fc.tuple(secretKey, fc.constantFrom<JsonValue>(SECRET, [SECRET], { inner: SECRET })),
				{
					maxLength: 2,
				},
			),
		)
		.map(([plain, secrets]) => ({ ...plain, ...Object.fromEntries(secrets) })),
})).value;

test('masking hides every secret at any depth and changes nothing else', () => {
	fc.assert(
		fc.property(withSecrets, (value) => {
			const masked = mask(deepFreeze(value));
			expect(JSON.stringify(masked) ?? '').not.toContain(SECRET);
			expect(shapeOf(masked)).toEqual(shapeOf(value));
		}),
	);
});

/** The value with its secrets, masked or not, put to the same. */
function shapeOf(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(shapeOf);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key,
			/password|token/i.test(key) ? 'secret' : shapeOf(inner),
		]),
	);
}

test('a secret that is to be cleared shows as null', () => {
	expect(mask({ sipAuthenticationPassword: null })).toEqual({ sipAuthenticationPassword: null });
});

test('a profile loses the password and nothing else, without being changed', () => {
	const profile = deepFreeze({ name: 'acme-sbc-1', sipAuthenticationPassword: SECRET, users: [] });
	expect(withoutSecrets(profile)).toEqual({ name: 'acme-sbc-1', users: [] });
});

test('a profile loses every secret at any depth, in lists too', () => {
	fc.assert(
		fc.property(withSecrets, (value) => {
			const shown = withoutSecrets(deepFreeze({ name: 'acme-sbc-1', users: [value], value }));
			expect(JSON.stringify(shown)).not.toContain(SECRET);
			expect(shapeOf(shown)).toEqual(
				withoutKeys(shapeOf({ name: 'acme-sbc-1', users: [value], value })),
			);
		}),
	);
});

/** The shape without the keys of secrets. */
function withoutKeys(shape: JsonValue): JsonValue {
	if (Array.isArray(shape)) return shape.map(withoutKeys);
	if (typeof shape !== 'object' || shape === null) return shape;
	const kept = Object.entries(shape).filter(([key]) => !/password|token/i.test(key));
	return Object.fromEntries(kept.map(([key, inner]) => [key, withoutKeys(inner)]));
}

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
		['in base64 of JSON in JSON', (text) => inJson(base64(JSON.stringify({ a: text, b: 1 })))],
	])('is freed of a secret that stands there %s', (_, spelling) => {
		fc.assert(
			fc.property(password, (secret) => {
				const said = `Rejected value [${spelling(secret)}] of the item`;
				expect(scrub(said, [secret])).toBe(`Rejected value [${MASK}] of the item`);
			}),
		);
	});

	test('is freed of a secret and nothing beside it in any case, where cases differ in length', () => {
		expect(scrub('[İ abcDEF ΣΑΡ] x', ['ABCdef', 'σαρ'])).toBe(`[İ ${MASK} ${MASK}] x`);
	});

	test('is freed of a secret that contains another', () => {
		expect(scrub('a=abcdef b=abc', ['abc', 'abcdef'])).toBe('a=*** b=***');
	});

	test('is freed of a token, however long it is', () => {
		const token = 'eyJhbGciOi.'.repeat(3000);
		expect(scrub(`Expired: ${token} & more`, [token])).toBe(`Expired: ${MASK} & more`);
	});

	test('is freed of the piece of a secret that it was cut off in', () => {
		expect(scrub('Rejected: S3cret!', [SECRET])).toBe(`Rejected: ${MASK}`);
		expect(scrub('{"a":"S3cret!\\u0023', ['S3cret!#é'])).toBe(`{"a":"${MASK}`);
	});

	test('is not masked twice where secrets are stars or stand in each other', () => {
		expect(scrub('[abcdef] [cdefgh] [*]', ['abcdef', 'cdefgh', '*', '**'])).toBe(
			`[${MASK}] [${MASK}] [${MASK}]`,
		);
		expect(scrub('[abcdefgh]', ['abcdef', 'cdefgh'])).toBe(`[${MASK}]`);
	});

	test('is freed of a password that is not known here, where JSON says what it is', () => {
		expect(scrub('{"newPassword": "other", "name": "x"}', [])).toBe(
			'{"newPassword": "***", "name": "x"}',
		);
	});

	test('stays as it is without secrets', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z ,.:]*$/), (text) => {
				expect(scrub(text, ['', SECRET])).toBe(text);
			}),
		);
	});
});

test('one field is shown as it would be within its object', () => {
	expect(maskedAt('sipAuthenticationPassword', SECRET)).toBe(MASK);
	expect(maskedAt('webPassword', SECRET)).toBe(MASK);
	expect(maskedAt('pilotUser', { userId: 'u1', password: SECRET })).toEqual({
		userId: 'u1',
		password: MASK,
	});
	expect(maskedAt('prefix', '9')).toBe('9');
	expect(maskedAt('sipAuthenticationPassword', null)).toBeNull();
});

describe('what goes to the output', () => {
	const SESSION = 'eyJhbGciOi.eyJzdWIiOiJvZGluIn0.c2lnbmF0dXJl';
	const known = new Set([SECRET, SESSION, 'admin', '1234', 'Telecom1', '30123456']);

	const request = { name: 'sbc', sipAuthenticationPassword: SECRET };
	test.each<[string, JsonValue, JsonValue]>([
		['a note', { note: `x ${SECRET}.` }, { note: 'x ***.' }],
		['a value of its own', { sipAuthPwd: SECRET }, { sipAuthPwd: MASK }],
		[
			'a token in a header',
			{ log: `Authorization: Bearer ${SESSION}` },
			{ log: 'Authorization: Bearer ***' },
		],
		['another case', { log: SECRET.toUpperCase() }, { log: MASK }],
		[
			'base64',
			{ log: `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}` },
			{ log: 'Basic ***' },
		],
		['a URL', { log: `/x?a=${encodeURIComponent(SECRET)}&b=1` }, { log: '/x?a=***&b=1' }],
		[
			'JSON',
			{ audit: JSON.stringify(request) },
			{ audit: '{"name":"sbc","sipAuthenticationPassword":"***"}' },
		],
		['JSON with a short one', { audit: '{"password":"1234"}' }, { audit: '{"password":"***"}' }],
		['a list', { notes: [{ text: [`is ${SECRET}`] }] }, { notes: [{ text: ['is ***'] }] }],
		['a number', { pin: 30123456 }, { pin: MASK }],
		['a key', { [`is ${SECRET}`]: 1 }, { 'is ***': 1 }],
		[
			'a field that it is too long for',
			{ name: `Rejected ${SECRET} as a name of a trunk group` },
			{ name: 'Rejected *** as a name of a trunk group' },
		],
		['a field, as a token', { prefix: SESSION }, { prefix: MASK }],
	])('is freed of secrets in %s', (_, value, shown) => {
		expect(redactKnownSecrets(deepFreeze(value), known)).toEqual(shown);
	});

	test('keeps what is honest', () => {
		const honest = deepFreeze({
			name: 'Telecom1-sbc',
			sipAuthenticationUserName: 'Telecom1',
			groupName: 'Telecom1x administration',
			phoneNumber: '+4930123456',
			extension: 1234,
			loginType: 'admin',
			trunkGroupIdentity: '4930123456@example.com',
			note: 'Smith & Sons, 100 % S3cret',
			count: null,
			isOn: true,
		});
		expect(redactKnownSecrets(honest, known)).toEqual(honest);
	});

	test('keeps what was asked for', () => {
		const asked = { sipAuthenticationPassword: SECRET, trunkGroup: { password: SECRET } };
		expect(redactKnownSecrets(asked, known)).toEqual(asked);
	});
});
