import { TRUNK_GROUP_FIELDS } from './catalogue';
import { isObject, type JsonObject, type JsonValue } from './json';

export const MASK = '***';

const secretFields = new Set(
	TRUNK_GROUP_FIELDS.filter((field) => field.secret).map((field) => field.name),
);
const secretKey = (key: string): boolean => secretFields.has(key) || /password|token/i.test(key);

/** A copy with every secret value replaced, at any depth: what a preview or a message may show. */
export function mask(value: JsonObject): JsonObject;
export function mask(value: JsonValue): JsonValue;
export function mask(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(mask);
	if (!isObject(value)) return value;
	const masked: Record<string, JsonValue> = {};
	for (const [key, element] of Object.entries(value)) {
		masked[key] = secretKey(key) && element !== null ? MASK : mask(element);
	}
	return masked;
}

/** The value of one field, as `mask` shows it. */
export const maskedAt = (name: string, value: JsonValue): JsonValue =>
	mask({ [name]: value } as JsonObject)[name]!;

/** A profile without what Odin should never have returned. */
export function withoutSecrets<T extends Record<string, unknown>>(profile: T): T {
	const kept = { ...profile };
	for (const name of secretFields) delete kept[name];
	return kept;
}

/** HTML's names for the characters that must not stand in it as they are. */
const HTML_NAMES: Record<string, string> = {
	'&': 'amp',
	'<': 'lt',
	'>': 'gt',
	'"': 'quot',
	"'": 'apos',
};

const JSON_SHORT: Record<string, string> = { '"': '"', '\\': '\\', '/': '/' };

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const hex = (code: number, digits: number): string =>
	[...code.toString(16).padStart(digits, '0')]
		.map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit))
		.join('');

/** All ways in which a program may write a character of a secret: as it is, in JSON, in a URL or form, in HTML. */
function spellings(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const units = [...Array(character.length).keys()].map((index) => character.charCodeAt(index));
	const ways = [
		units.map((unit) => `\\\\u${hex(unit, 4)}`).join(''),
		`&#0*${code};`,
		`&#[xX]0*${hex(code, 1)};`,
	];
	if (JSON_SHORT[character]) ways.push(literally(`\\${character}`));
	if (HTML_NAMES[character]) ways.push(`&${HTML_NAMES[character]};`);
	if (character === ' ') ways.push('\\+');
	if (!/\p{Cs}/u.test(character)) {
		const bytes = encodeURIComponent(character)
			.match(/%../g)
			?.map((byte) => Number.parseInt(byte.slice(1), 16));
		ways.push((bytes ?? [code]).map((byte) => `%${hex(byte, 2)}`).join(''));
	}
	// As it is comes last: it may be the beginning of one of the others.
	return `(?:${[...ways, literally(character)].join('|')})`;
}

/** Whether a text contains anything that another spelling than the plain one begins with. */
const maySpellOtherwise = (text: string, secret: string): boolean =>
	/[\\&%]/.test(text) || (text.includes('+') && secret.includes(' '));

/** A value that stands behind a name with "password" or "token" in it, whatever the value is. */
const NAMED_SECRET = /("[^"]*(?:password|token)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,}\]]+)/gi;

/** A foreign text (an answer of Odin, a network message) without the secrets that are known. */
export function scrub(text: string, secrets: Iterable<string>): string {
	if (text === '') return text;
	// The longest first: a secret that contains another must not leave its rest behind.
	const known = [...new Set(secrets)]
		.filter(Boolean)
		.sort((one, other) => other.length - one.length);
	let scrubbed = text;
	for (const secret of known) {
		// A thousand items may have a thousand passwords, and to look for every spelling takes a millisecond each.
		scrubbed = maySpellOtherwise(text, secret)
			? scrubbed.replace(new RegExp([...secret].map(spellings).join(''), 'gu'), MASK)
			: scrubbed.replaceAll(secret, MASK);
	}
	return scrubbed.replace(NAMED_SECRET, `$1"${MASK}"`);
}
