/** Deeper than anything that Odin shows, and than what n8n or this node could walk through without a thought. */
const MAX_DEPTH = 50;

/** As many digits as a JavaScript number carries in any case. */
const MAX_DIGITS = 15;

export type AnswerJson = { value: unknown } | { unreadable: 'tooDeep' | 'noJson' };

/**
 * The JSON of an answer, safe to work with whatever a server puts into it: not nested too deeply, no number that loses
 * digits or is none (they become text as they stand there), no key that changes what an object is. Of a key that stands
 * there twice the last one counts. In linear time.
 */
export function parseAnswer(text: string): AnswerJson {
	const scan = mayBeUnsafe(text) ? scanJson(text) : { exact: undefined };
	if (scan === 'tooDeep') return { unreadable: 'tooDeep' };
	try {
		// First as it came: with its numbers in quotes some text would be JSON that is none.
		const value: unknown = JSON.parse(text);
		const safe: unknown = scan.exact === undefined ? value : JSON.parse(scan.exact);
		if (RISKY_KEYS.test(text)) makeSafe(safe);
		return { value: safe };
	} catch {
		return { unreadable: 'noJson' };
	}
}

/** Most answers have neither so many brackets nor a number that is long or huge, which is quickly seen. */
const mayBeUnsafe = (text: string): boolean =>
	LONG_OR_HUGE.test(text) || hasMore('{', text) || hasMore('[', text);

const LONG_OR_HUGE = new RegExp(`\\d{${MAX_DIGITS + 1}}|\\d[eE]\\+?\\d{3}`);

/** Too deep nesting takes more than half of what may be nested of one kind of bracket. */
function hasMore(bracket: string, text: string): boolean {
	let count = 0;
	for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
		count += 1;
		if (count > MAX_DEPTH / 2) return true;
	}
	return false;
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** How deep it is, and the same text with quotes around the numbers that would lose digits; undefined without any. */
function scanJson(text: string): 'tooDeep' | { exact: string | undefined } {
	const pieces: string[] = [];
	let copied = 0;
	let depth = 0;
	for (let at = 0; at < text.length; ) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = endOfString(text, at);
		} else if (code === MINUS || isDigit(code)) {
			const end = endOfNumber(text, at);
			const number = text.slice(at, end);
			if (losesDigits(number)) {
				pieces.push(text.slice(copied, at), `"${number}"`);
				copied = end;
			}
			at = end;
		} else {
			if (OPENING.has(code)) depth += 1;
			else if (CLOSING.has(code)) depth -= 1;
			if (depth > MAX_DEPTH) return 'tooDeep';
			at += 1;
		}
	}
	if (pieces.length === 0) return { exact: undefined };
	return { exact: [...pieces, text.slice(copied)].join('') };
}

/** After the closing quote, or the end of the text where it is missing. */
function endOfString(text: string, start: number): number {
	for (let at = start + 1; ; at += 1) {
		at = text.indexOf('"', at);
		if (at < 0) return text.length;
		let backslashes = 0;
		while (text[at - 1 - backslashes] === '\\') backslashes += 1;
		if (backslashes % 2 === 0) return at + 1;
	}
}

const NUMBER = /[\d.eE+-]+/y;

function endOfNumber(text: string, start: number): number {
	NUMBER.lastIndex = start;
	NUMBER.test(text);
	return NUMBER.lastIndex;
}

/** A fraction is a measured value, and nobody's phone number. */
function losesDigits(number: string): boolean {
	if (/[eE]/.test(number)) return !Number.isFinite(Number(number));
	return !number.includes('.') && number.replace('-', '').length > MAX_DIGITS;
}

/** As text, since a key may also be written with escapes. */
const RISKY_KEYS = /__proto__|toString|valueOf|\\u/;

/**
 * `__proto__` would become the prototype of a copy. An object with a `toString` of its own that is no function can't be
 * put into any text: it gets one that can.
 */
function makeSafe(value: unknown): void {
	if (typeof value !== 'object' || value === null) return;
	const record = value as Record<string, unknown>;
	if (Object.hasOwn(record, '__proto__')) delete record['__proto__'];
	if (Object.hasOwn(record, 'toString') || Object.hasOwn(record, 'valueOf')) {
		Object.defineProperty(record, Symbol.toPrimitive, { value: () => '[object Object]' });
	}
	for (const part of Object.values(record)) makeSafe(part);
}
