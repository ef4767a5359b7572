import type { Range } from './needle';

type Write = (secret: string) => string;

const json: Write = (text) => JSON.stringify(text).slice(1, -1);

const hexOf = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

const asciiJson: Write = (text) =>
	json(text).replace(/[^ -~]/g, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`);

const phpJson: Write = (text) => asciiJson(text).replaceAll('/', '\\/');

const bytesOf = (text: string): number[] => [...Buffer.from(text)];

/** As logs of nginx and Python show bytes. */
const logged: Write = (text) =>
	bytesOf(text)
		.map((byte) =>
			byte < 32 || byte > 126 || byte === 34 || byte === 92
				? `\\x${hexOf(byte, 2)}`
				: String.fromCharCode(byte),
		)
		.join('');

const eachByte =
	(before: string): Write =>
	(text) =>
		bytesOf(text)
			.map((byte) => before + hexOf(byte, 2))
			.join('');

const url: Write = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));

const strictUrl: Write = (text) =>
	url(text).replace(/[!'()*]/g, (character) => `%${hexOf(character.charCodeAt(0), 2)}`);

const form: Write = (text) => strictUrl(text).replaceAll('~', '%7e').replaceAll('%20', '+');

/** Browsers' forms leave a star as it is. */
const browserForm: Write = (text) => form(text).replaceAll('%2a', '*');

const htmlNames: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

const html =
	(characters: RegExp, write: (character: string) => string): Write =>
	(text) =>
		text.replace(characters, write);

const named = (character: string): string => htmlNames[character] ?? character;
const decimal = (character: string): string => `&#${character.codePointAt(0)};`;
const hexadecimal = (character: string): string => `&#x${hexOf(character.codePointAt(0)!, 1)};`;

const NOT_ASCII = /[^ -~]/gu;

/** Programs differ in which characters they write as entities, and most of all in what they make of an apostrophe. */
const HTML: Write[] = [
	html(/[&<>]/g, named),
	html(/[&<>"]/g, named),
	html(/[&<>"']/g, named),
	...['&#39;', '&#039;', '&#x27;'].map((apostrophe) =>
		html(/[&<>"']/g, (character) => (character === "'" ? apostrophe : named(character))),
	),
	html(/[&<>"']/g, decimal),
	html(/[&<>"']/g, hexadecimal),
];

const first =
	(inner: Write, outer: Write): Write =>
	(text) =>
		outer(inner(text));

/** What escapes characters, by a character that is in all of a kind: a text without it has none of them. */
export const ESCAPES: Array<{ mark: string; writes: Write[] }> = [
	{
		mark: '\\',
		writes: [json, asciiJson, phpJson]
			.flatMap((write) => [write, first(write, json)])
			.concat(logged, eachByte('\\x')),
	},
	{
		mark: '%',
		writes: [url, strictUrl, form, browserForm]
			.flatMap((write) => [write, first(json, write), first(asciiJson, write), first(write, url)])
			.concat(eachByte('%')),
	},
	{ mark: '+', writes: [form, browserForm] },
	{
		mark: '&',
		writes: [
			...HTML.flatMap((write) => [
				write,
				first(json, write),
				first(write, html(NOT_ASCII, decimal)),
				first(write, html(NOT_ASCII, hexadecimal)),
			]),
			html(/[^]/gu, decimal),
			html(/[^]/gu, hexadecimal),
		],
	},
];

/**
 * What base64 makes of a text wherever in the encoded one it begins, as behind a user name and a colon: without the
 * characters at both ends, which depend on what stands beside it.
 */
const base64 = (text: string): string[] =>
	[0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
		return bytes
			.toString('base64')
			.slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
	});

/** Of this length a code is no part of another word. */
const SHORTEST_CODE = 8;

export function codesOf(secret: string): string[] {
	return [secret, json(secret)]
		.flatMap((text) => [...base64(text), eachByte('')(text)])
		.flatMap((code) => [code, code.replaceAll('+', '-').replaceAll('/', '_')])
		.filter(({ length }) => length >= SHORTEST_CODE);
}

const CODE_UNIT = /[\w+/-]/;

/** The whole code that a secret stands in; looked at once, however often the secret does. */
export function wholeCode(text: string, { from, to }: Range, last: Range | undefined): Range {
	if (last && from >= last.from && to <= last.to) return last;
	let [first, end] = [from, to];
	while (first > 0 && CODE_UNIT.test(text[first - 1]!)) first -= 1;
	while (end < text.length && /[\w+/=-]/.test(text[end]!)) end += 1;
	return { from: first, to: end };
}
