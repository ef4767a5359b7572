import { memoized } from '../values/memoized';

/** The only thing that a secret is shown as. */
export const MASK = '***';

const SECRET = /pass(?:word|wd|code|phrase)|pwd|secret|token|(?:api|private)[-_ ]?key/i;

/** A name that ends as a secret does and is none: `useCustomUserNamePassword`, `hasToken`. */
const FLAG =
	/^(?:use|is|has|can|may|must|needs?|requires?|(?:dis)?allows?|enables?|disables?|includes?|sets?|resets?|changes?|shows?|hides?|generates?)[-_A-Z]/;

const ENDS_AS_SECRET = new RegExp(`(?:${SECRET.source})$`, 'i');

/** A boolean tells of a secret and is none; only under the name of the secret itself may the text "true" be one. */
const isFlag = (name: string, value: unknown): boolean =>
	typeof value === 'string' &&
	/^(?:true|false)$/i.test(value) &&
	(FLAG.test(name) || !ENDS_AS_SECRET.test(name));

const saysSecret = memoized((name) => SECRET.test(name));

/** Whether a value is secret, as its name says: in a profile, a body, or any object in them. */
export const isSecret = (name: string, value: unknown): boolean =>
	typeof value !== 'boolean' && saysSecret(name) && !isFlag(name, value);

const ORDINARY =
	/(?:names?|ids?|identity|numbers?|address|domain|host|port|prefix|extension|departments?|users?|userlist|idlist|groupkey|service|device|policy|action|level|state|statuscode|type)$/i;

/**
 * Whether a value is a name, a number, an address or a word of Odin's, as its own name says (`phoneNumber`, `userId`,
 * `linePort`). People choose such values as passwords too.
 */
export const isOrdinary = memoized((name) => ORDINARY.test(name));

const NAMED = new RegExp(
	`"([^"\\\\]{0,60}?(?:${SECRET.source})[^"\\\\]{0,60})\\\\{0,7}"\\s{0,9}:\\s{0,9}`,
	'gi',
);

/** JSON within a text, with the values masked whose names say that they are secret, whatever they are. */
export function maskNamed(text: string): string {
	if (!text.includes('"')) return text;
	let shown = '';
	let at = 0;
	for (const match of text.matchAll(NAMED)) {
		const start = match.index + match[0].length;
		// Within a value that is masked already.
		if (start < at) continue;
		const { quote, end } = valueAt(text, start);
		const value = bare(text.slice(start, end));
		if (value === '' || value === 'null' || !isSecret(match[1]!, value)) continue;
		shown += `${text.slice(at, start)}${quote || '"'}${MASK}${quote || '"'}`;
		at = end;
	}
	return shown + text.slice(at);
}

const isQuoting = (unit: string | undefined): boolean => unit === '"' || unit === '\\';

/** A value without quotation marks and backslashes at its ends. */
function bare(text: string): string {
	let from = 0;
	let to = text.length;
	while (isQuoting(text[from])) from += 1;
	while (isQuoting(text[to - 1])) to -= 1;
	return text.slice(from, to);
}

/** Where a value of JSON ends, and the quotation mark around it, which is escaped where the JSON stands in JSON. */
function valueAt(text: string, start: number): { quote: string; end: number } {
	const [quote = ''] = /^\\{0,7}"/.exec(text.slice(start, start + 8)) ?? [];
	if (quote === '') {
		const end = /[\s,}\]]/g;
		end.lastIndex = start;
		const nested = endOfNested(text, start);
		return { quote, end: nested ?? end.exec(text)?.index ?? text.length };
	}
	const depth = quote.length - 1;
	const content = start + quote.length;
	for (let at = text.indexOf('"', content); at >= 0; at = text.indexOf('"', at + 1)) {
		let escapes = 0;
		while (text[at - escapes - 1] === '\\') escapes += 1;
		// Of a quotation mark within the value and of a backslash before its end there are more, by twice as many.
		const isEnd = escapes < depth || escapes % (2 * quote.length) === depth;
		if (isEnd) return { quote, end: at + 1 };
	}
	return { quote, end: text.length };
}

/** Where a list or an object ends: at the bracket that closes it, or with the text. Undefined for any other value. */
function endOfNested(text: string, start: number): number | undefined {
	if (text[start] !== '[' && text[start] !== '{') return undefined;
	const piece = /[[\]{}]|\\{0,7}"/g;
	piece.lastIndex = start;
	let depth = 0;
	for (let found = piece.exec(text); found; found = piece.exec(text)) {
		const [mark] = found;
		if (mark.endsWith('"')) piece.lastIndex = valueAt(text, found.index).end;
		else depth += mark === '[' || mark === '{' ? 1 : -1;
		if (depth === 0) return piece.lastIndex;
	}
	return text.length;
}
