/** A text as another program wrote it, read back by one or more layers, with where each unit of it stood. */
export interface Reading {
	text: string;
	/** Where each UTF-16 unit begins and ends in the text as it came */
	from: readonly number[];
	to: readonly number[];
	/** A + was read as the space that it stands for in a form */
	isForm: boolean;
}

/** One way of writing characters in other ones: what it looks like, and what it stands for. */
interface Layer {
	token: RegExp;
	/** Undefined: it stands for itself after all */
	meaning(token: string): string | undefined;
	isForm?: boolean;
}

/** Bytes in hexadecimal with something before each: characters of UTF-8, else one of Latin-1. */
const bytes = (before: string): string => {
	const byte = (first: string) => `${before}${first}[0-9a-f]`;
	const more = byte('[89ab]');
	return [
		byte('[0-7]'),
		`${byte('[cd]')}${more}`,
		`${byte('e')}(?:${more}){2}`,
		`${byte('f')}(?:${more}){3}`,
		byte('[89a-f]'),
	].join('|');
};

function textOfBytes(digits: string): string {
	const read = Buffer.from(digits, 'hex');
	const text = read.toString('utf8');
	return text.includes('\uFFFD') ? read.toString('latin1') : text;
}

const JSON_SHORT: Record<string, string> = { 0: '\0', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Also as JavaScript, Python and logs write strings. */
const json: Layer = {
	token: new RegExp(
		`\\\\(?:u[0-9a-f]{4}|u\\{[0-9a-f]{1,6}\\}|["'\\\\/0bfnrt])|${bytes('\\\\x')}`,
		'gi',
	),
	meaning(token) {
		const kind = token[1]!.toLowerCase();
		if (kind === 'x') return textOfBytes(token.replace(/\\x/gi, ''));
		if (kind !== 'u') return JSON_SHORT[kind] ?? kind;
		return characterOf(Number.parseInt(token.replace(/[^0-9a-f]/gi, ''), 16), true);
	},
};

/** Half a surrogate pair is one of two escapes. */
const characterOf = (code: number, mayBeHalf = false): string | undefined =>
	code > 0x10ffff || (!mayBeHalf && code >= 0xd800 && code <= 0xdfff)
		? undefined
		: String.fromCodePoint(code);

const url: Layer = {
	token: new RegExp(bytes('%'), 'gi'),
	meaning: (token) => textOfBytes(token.replaceAll('%', '')),
	isForm: true,
};

/** HTML's names, in lower case: those of ASCII, and the letters of Latin-1 from à on. */
const HTML_NAMES = new Map(
	Object.entries({
		...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0', szlig: 'ß' },
		...{ excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', plus: '+' },
		...{ comma: ',', hyphen: '-', period: '.', sol: '/', colon: ':', semi: ';', equals: '=' },
		...{ quest: '?', commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']' },
		...{ hat: '^', lowbar: '_', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|' },
		...{ rcub: '}', rbrace: '}', tab: '\t', newline: '\n', midast: '*', pound: '£', sect: '§' },
	}),
);
const LATIN_LETTERS =
	'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
LATIN_LETTERS.split(' ').forEach((name, at) => HTML_NAMES.set(name, String.fromCharCode(224 + at)));

const html: Layer = {
	token: /&(?:#\d{1,8};?|#x[0-9a-f]{1,8};?|[a-z]{2,8};)/gi,
	meaning(token) {
		const name = token.replace(/[&;]/g, '').toLowerCase();
		if (!name.startsWith('#')) return HTML_NAMES.get(name);
		return characterOf(
			name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)),
		);
	},
};

/** What a code stands for, where that is a text. Its end may be missing. */
const readable = (decoded: Buffer): string | undefined => {
	const text = decoded.toString('utf8').replace(/\uFFFD$/, '');
	return /[^\P{Cc}\0\t\n\r]|\uFFFD/u.test(text) ? undefined : text;
};

/** Also a user name and a password together, as the header Authorization has them. */
const base64: Layer = {
	token: /(?<![\w+/-])[\w+/-]{6,}={0,2}/g,
	meaning: (token) => readable(Buffer.from(token, 'base64')),
};

const hexadecimal: Layer = {
	token: /(?<![0-9a-f])[0-9a-f]{8,}/gi,
	meaning: (token) => readable(Buffer.from(token, 'hex')),
};

const LAYERS = [json, url, html, base64, hexadecimal];

/** JSON within JSON within a URL: deeper than this nobody quotes a request. */
const MAX_LAYERS = 3;

/** The parts of a text in the given order, as one text. */
export function readParts(text: string, parts: ReadonlyArray<readonly [number, number]>): Reading {
	const from = parts.flatMap(([start, end]) =>
		Array.from({ length: end - start }, (_, at) => start + at),
	);
	return {
		text: parts.map(([start, end]) => text.slice(start, end)).join(''),
		from,
		to: from.map((at) => at + 1),
		isForm: false,
	};
}

function readThrough({ token, meaning, isForm = false }: Layer, given: Reading): Reading {
	const from: number[] = [];
	const to: number[] = [];
	let text = '';
	let at = 0;
	const keep = (until: number) => {
		text += given.text.slice(at, until);
		for (; at < until; at += 1) {
			from.push(given.from[at]!);
			to.push(given.to[at]!);
		}
	};
	for (const match of given.text.matchAll(token)) {
		const stands = meaning(match[0]);
		if (stands === undefined) continue;
		keep(match.index);
		text += stands;
		at += match[0].length;
		for (let unit = 0; unit < stands.length; unit += 1) {
			from.push(given.from[match.index]!);
			to.push(given.to[at - 1]!);
		}
	}
	keep(given.text.length);
	const hasSpaces = isForm && given.text.includes('+');
	return {
		text: hasSpaces ? text.replaceAll('+', ' ') : text,
		from,
		to,
		isForm: given.isForm || hasSpaces,
	};
}

/** All ways to read a text, each once, itself first. */
export function readings(given: Reading): Reading[] {
	const all = [given];
	const known = new Set([given.text]);
	let newest = all;
	for (let depth = 0; depth < MAX_LAYERS; depth += 1) {
		newest = newest
			.flatMap((reading) => LAYERS.map((layer) => readThrough(layer, reading)))
			.filter(({ text }) => !known.has(text) && known.add(text));
		all.push(...newest);
	}
	return all;
}
