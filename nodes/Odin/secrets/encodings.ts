/** A text as another program wrote it, read back by one or more layers, with where each unit of it stood. */
interface Reading {
	text: string;
	/** The place in the original text of each UTF-16 unit, and of the end */
	places: readonly number[];
}

/** One way of writing characters in other ones: what it looks like, and what it stands for. */
interface Layer {
	token: RegExp;
	/** Undefined: it stands for itself after all */
	meaning(token: string): string | undefined;
	/** What can't be told apart once it was read */
	normalise(text: string): string;
}

const asIs = (text: string): string => text;

const JSON_SHORT: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const json: Layer = {
	token: /\\(?:u[0-9a-f]{4}|["\\/bfnrt])/gi,
	meaning: (token) =>
		token.length > 2
			? String.fromCharCode(Number.parseInt(token.slice(2), 16))
			: (JSON_SHORT[token[1]!] ?? token[1]),
	normalise: asIs,
};

/** A form writes a space as +, a URL leaves a + as it is. */
const url: Layer = {
	token:
		/%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi,
	meaning(token) {
		try {
			return decodeURIComponent(token);
		} catch {
			return undefined;
		}
	},
	normalise: (text) => text.replaceAll('+', ' '),
};

const HTML_NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const html: Layer = {
	token: /&(?:#\d{1,9}|#x[0-9a-f]{1,9}|amp|lt|gt|quot|apos);/gi,
	meaning(token) {
		const name = token.slice(1, -1).toLowerCase();
		if (!name.startsWith('#')) return HTML_NAMES[name];
		const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
	},
	normalise: asIs,
};

/** Also a user name and a password together, as the header Authorization has them. */
const base64: Layer = {
	token: /[a-z0-9+/]{6,}={0,2}/gi,
	meaning(token) {
		const text = Buffer.from(token, 'base64').toString('utf8');
		return /[\p{Cc}\uFFFD]/u.test(text) ? undefined : text;
	},
	normalise: asIs,
};

const LAYERS = [json, url, html, base64];

/** JSON within JSON within a URL: deeper than this nobody quotes a request. */
const MAX_LAYERS = 3;

function readThrough({ token, meaning, normalise }: Layer, { text, places }: Reading): Reading {
	let read = '';
	const readPlaces: number[] = [];
	let at = 0;
	const keep = (until: number) => {
		read += text.slice(at, until);
		for (; at < until; at += 1) readPlaces.push(places[at]!);
	};
	for (const match of text.matchAll(token)) {
		const stands = meaning(match[0]);
		if (stands === undefined) continue;
		keep(match.index);
		read += stands;
		for (let unit = 0; unit < stands.length; unit += 1) readPlaces.push(places[at]!);
		at += match[0].length;
	}
	keep(text.length);
	return { text: normalise(read), places: [...readPlaces, places.at(-1)!] };
}

/** All ways to read a text, the plain one first. */
function readings(text: string): Array<Reading & { normalise(secret: string): string }> {
	const places = Array.from({ length: text.length + 1 }, (_, at) => at);
	const plain: Reading & { normalise(secret: string): string } = { text, places, normalise: asIs };
	const all = [plain];
	const known = new Set([text]);
	let newest = [plain];
	for (let depth = 0; depth < MAX_LAYERS; depth += 1) {
		const deeper = newest.flatMap((reading) =>
			LAYERS.map((layer) => ({
				...readThrough(layer, reading),
				normalise: (secret: string) => layer.normalise(reading.normalise(secret)),
			})),
		);
		newest = deeper.filter((reading) => !known.has(reading.text) && known.add(reading.text));
		all.push(...newest);
	}
	return all;
}

/** Upper and lower case alike, each unit for itself, so that places stay what they are. */
const folded = (text: string): string =>
	text.replace(/\p{Lu}/gu, (letter) => {
		const lower = letter.toLowerCase();
		return lower.length === letter.length ? lower : letter;
	});

export interface Range {
	from: number;
	to: number;
}

export interface Search {
	/** Not within a longer word or number, and no piece of a secret */
	onlyWhole?: boolean;
}

const isWordUnit = (unit: string | undefined): boolean =>
	unit !== undefined && /[\p{L}\p{N}]/u.test(unit);

/** Whether a part of a text is a piece of a longer word or number. */
const isWithinWord = (text: string, from: number, to: number): boolean =>
	(isWordUnit(text[from]) && isWordUnit(text[from - 1])) ||
	(isWordUnit(text[to - 1]) && isWordUnit(text[to]));

/** Where the unit before `end` ends in the original text, whose character may have become several units. */
function placeBehind({ text, places }: Reading, end: number): number {
	let next = end;
	while (next < text.length && places[next] === places[end - 1]) next += 1;
	return places[next]!;
}

/** Shorter pieces of a secret at the end of a text may be any word. */
const SHORTEST_PIECE = 4;

/** How long a beginning of the secret the text ends with; 0 for none that counts. */
function pieceAtEnd(text: string, secret: string): number {
	for (let length = Math.min(secret.length, text.length); length >= SHORTEST_PIECE; length -= 1) {
		const isFirst = text[text.length - length] === secret[0];
		if (isFirst && text.endsWith(secret.slice(0, length))) return length;
	}
	return 0;
}

/**
 * Where secrets stand in a text, however a program wrote them there: as they are or in another case, in JSON, in a URL or
 * form, in HTML or XML, in base64, or one in the other. At the end of the text a piece of one counts too, since foreign
 * texts come cut off. The ranges are in order and do not touch.
 */
export function findSecrets(
	secrets: readonly string[],
	text: string,
	{ onlyWhole = false }: Search = {},
): Range[] {
	const found: Range[] = [];
	const foldedSecrets = secrets.map(folded);
	for (const reading of readings(text)) {
		const { places, normalise } = reading;
		const read = folded(reading.text);
		for (const given of foldedSecrets) {
			const secret = normalise(given);
			for (let at = read.indexOf(secret); at >= 0; at = read.indexOf(secret, at + 1)) {
				const end = at + secret.length;
				if (onlyWhole && isWithinWord(read, at, end)) continue;
				found.push({ from: places[at]!, to: placeBehind(reading, end) });
			}
			const piece = onlyWhole ? 0 : pieceAtEnd(read, secret);
			if (piece > 0) found.push({ from: places[read.length - piece]!, to: text.length });
		}
	}
	const merged: Range[] = [];
	for (const range of found.sort((one, other) => one.from - other.from)) {
		const last = merged.at(-1);
		if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
		else merged.push({ ...range });
	}
	return merged;
}
