/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { inspect } from 'node:util';

import fc from 'fast-check';

type Json = Record<string, unknown>;

/** Words of our own messages, of Odin's, and of what marks a secret. */
const WORDS = [
	...[
		'Odin',
		'trunk group',
		'not found',
		'already exists',
		'refused',
		'session',
		'password',
		'token',
	],
	...[
		'***',
		'error',
		'details',
		'null',
		'Item 0',
		'o',
		'e',
		'1',
		'"',
		'\\',
		'%',
		'&',
		'<',
		'+',
		'~',
	],
];

const units = fc.oneof(
	fc.constantFrom(...'.*+?^${}()|[]\\/"\'`%&<>=;:, #-_@!~'),
	fc.constantFrom(...'abcXYZ0189'),
	fc.constantFrom('ü', 'ß', '漢', '😀', '👩‍🚀', 'é', '\u2028', 'ﬁ'),
);

const made = (minLength: number, maxLength: number) =>
	fc
		.array(units, { minLength, maxLength })
		.map((characters) => [...characters.join('')].slice(0, maxLength).join(''));

/** Passwords as people and generators make them, and some that nobody should. */
export const password: fc.Arbitrary<string> = fc
	.oneof(
		{ weight: 5, arbitrary: made(6, 24) },
		{ weight: 2, arbitrary: made(40, 60) },
		{ weight: 2, arbitrary: made(1, 2) },
		{ weight: 2, arbitrary: fc.constantFrom(...WORDS) },
		{
			weight: 1,
			arbitrary: fc.constantFrom('&amp;', '%41%42%43', '\\u0041', '&#65;&#66;', 'a+b c%20d'),
		},
	)
	// n8n takes such a value of a credential for an expression.
	.filter((value) => !value.startsWith('='));

/** Passwords of a batch; some contain others. */
export const passwords = (count: number): fc.Arbitrary<string[]> =>
	fc
		.tuple(fc.array(password, { minLength: count, maxLength: count }), fc.boolean())
		.map(([all, nested]) =>
			nested
				? all.map((own, index) => [...`${all[0]}${index === 0 ? '' : own}`].slice(0, 60).join(''))
				: all,
		);

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

const inHtml = (text: string): string =>
	text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const inXml = (text: string): string =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');

const inAscii = (text: string): string =>
	inJson(text).replace(
		/[^ -~]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

/** Without letters such as ß, which become two. */
const inCapitals = (text: string): string =>
	text.replace(/\p{Ll}/gu, (letter) => {
		const capital = letter.toUpperCase();
		return capital.toLowerCase() === letter ? capital : letter;
	});

/** How programs write a text into another one. */
export const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
	'as it is': (text) => text,
	'in JSON': inJson,
	'in JSON of ASCII': inAscii,
	'in JSON in JSON': (text) => inJson(inJson(text)),
	'in a URL': encodeURIComponent,
	'in a form': (text) => new URLSearchParams({ a: text }).toString().slice(2),
	'in JSON in a URL': (text) => encodeURIComponent(inJson(text)),
	'in HTML': inHtml,
	'in XML': inXml,
	'in capitals': inCapitals,
	'in base64 with its user': (text) => Buffer.from(`user:${text}`).toString('base64'),
};

/** Stands on both sides of an echoed secret; no spelling changes it. */
const MARK = '.~.';

export const marked = (text: string): string => `${MARK}${text}${MARK}`;

/** What a masked echo looks like. */
export const MASKED = marked('***');

/** Short ones and common words stand in any text: of them only the echo counts. */
const isTelling = (secret: string): boolean => secret.length >= 6 && !WORDS.includes(secret);

/** Every text in which a secret would be given away. */
function tracesOf(secret: string): string[] {
	const written = Object.values(SPELLINGS).map((spell) => spell(secret));
	const all = [...written, ...written.map((text) => inspect(text).slice(1, -1))];
	return [...new Set(isTelling(secret) ? all : all.map(marked))];
}

/** Which secret can be read in which of the texts. */
export function leaks(texts: readonly string[], secrets: readonly string[]): string[] {
	const whole = texts.join('\n\n');
	// What hides the others can't be hidden itself.
	return [...new Set(secrets)]
		.filter((secret) => !/^\**$/.test(secret))
		.filter((secret) => tracesOf(secret).some((trace) => whole.includes(trace)))
		.map((secret) => {
			const text = texts.find((one) => tracesOf(secret).some((trace) => one.includes(trace)));
			return `${inspect(secret)} in ${String(text).slice(0, 1500)}`;
		});
}

/** All texts of a value, keys included. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [String(value)];
	return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** An answer that gives away what it was asked with. */
export interface Echo {
	shape: string;
	build(secrets: readonly string[], spell: (text: string) => string, key: Json): unknown;
}

const line = (secrets: readonly string[], spell: (text: string) => string): string =>
	secrets.map((secret) => marked(spell(secret))).join(' ');

export const ECHOES: readonly Echo[] = [
	{ shape: 'error', build: (...all) => ({ error: `Rejected ${line(all[0], all[1])}.` }) },
	{
		shape: 'details',
		build: (...all) => ({ error: 'No', status: 400, details: line(all[0], all[1]) }),
	},
	{
		shape: 'details as an object',
		build: (secrets, spell) => ({
			error: 'No',
			details: {
				request: { sipAuthenticationPassword: secrets.at(-1), name: line(secrets, spell) },
				[line(secrets, spell)]: [{ deep: [line(secrets, spell)] }],
			},
		}),
	},
	{ shape: 'message', build: (...all) => ({ message: line(all[0], all[1]) }) },
	{ shape: 'error as an object', build: (...all) => ({ error: { reason: line(all[0], all[1]) } }) },
	{
		shape: 'the request in a text',
		build: (secrets, spell) => ({
			error: `Bad: ${JSON.stringify({ pin: line(secrets, spell), more: secrets.map(marked) })}`,
		}),
	},
	{ shape: 'text', build: (...all) => `Rejected ${line(all[0], all[1])}` },
	{ shape: 'text, cut off', build: (secrets) => `Rejected ${secrets.at(-1)?.slice(0, -1)}` },
	{ shape: 'a web page', build: (...all) => `<html><body>${line(all[0], all[1])}</body></html>` },
	{ shape: 'JSON, cut off', build: (...all) => `{"error": "Rejected ${line(all[0], all[1])}` },
	{ shape: 'a text as JSON', build: (...all) => JSON.stringify(line(all[0], all[1])) },
	{ shape: 'a list', build: (...all) => [line(all[0], all[1]), { error: line(all[0], all[1]) }] },
	{
		shape: 'long words',
		build: (...all) => ({ error: `${'x'.repeat(490)}${line(all[0], all[1])}` }),
	},
	{
		shape: 'a profile',
		build: (secrets, _spell, key) => ({
			...key,
			name: key.newName ?? key.name,
			maxActiveCalls: 3,
			sipAuthenticationPassword: marked(secrets.at(-1) ?? ''),
			users: [],
		}),
	},
	{
		shape: 'a profile with notes',
		build(all, spell, key) {
			// Shorter ones may be words and numbers of an honest profile.
			const secrets = all.filter(({ length }) => length >= 8);
			return {
				...key,
				name: key.newName ?? key.name,
				maxActiveCalls: 3,
				users: [],
				note: line(secrets, spell),
				audit: JSON.stringify({
					request: secrets.map(marked),
					sipAuthenticationPassword: all.at(-1),
				}),
				notes: [{ [line(secrets, spell)]: secrets.map(marked) }],
			};
		},
	},
	{
		shape: 'a profile that complains',
		build: (secrets, spell, key) => ({ ...key, error: line(secrets, spell) }),
	},
	{ shape: 'duplicate', build: (...all) => ({ error: `Already exists ${line(all[0], all[1])}` }) },
	{ shape: 'not found', build: (...all) => ({ error: `Not found ${line(all[0], all[1])}` }) },
	{ shape: 'token', build: (...all) => ({ error: `Expired token ${line(all[0], all[1])}` }) },
];
