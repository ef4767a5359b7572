import { TRUNK_GROUP_FIELDS } from './catalogue';
import { isObject, type JsonObject, type JsonValue } from './json';
import { placesOf } from './spellings';

export const MASK = '***';

/** Looked up first, since the keys of every profile and body pass here. */
const fields = new Map(TRUNK_GROUP_FIELDS.map(({ name, secret }) => [name, secret === true]));
const secretKey = (key: string): boolean => fields.get(key) ?? /password|token/i.test(key);

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

/** The texts of all values that `mask` hides. */
export function secretsIn(value: unknown, isSecret = false): string[] {
	if (isSecret && (typeof value === 'string' || typeof value === 'number')) return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	const secrets: string[] = [];
	for (const [key, element] of Object.entries(value)) {
		secrets.push(...secretsIn(element, isSecret || secretKey(key)));
	}
	return secrets;
}

/** A flag such as `passwordRequired` is none. */
const isSecretEntry = (key: string, value: unknown): boolean =>
	secretKey(key) && (typeof value !== 'boolean' || fields.has(key));

/** A profile without what Odin should never have returned, at any depth. */
export const withoutSecrets = <T extends Record<string, unknown>>(profile: T): T =>
	Object.fromEntries(
		Object.entries(profile)
			.filter(([key, value]) => !isSecretEntry(key, value))
			.map(([key, value]) => [key, partWithoutSecrets(value)]),
	) as T;

function partWithoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(partWithoutSecrets);
	return isObject(value) ? withoutSecrets(value) : value;
}

/** A value that stands behind a name with "password" or "token" in it, whatever the value is. */
const NAMED_SECRET = /("(?=[^"]*(?:password|token))[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,}\]]+)/gi;

/** A foreign text (an answer of Odin, a network message) without the secrets that are known. */
export function scrub(text: string, secrets: Iterable<string>): string {
	if (text === '') return text;
	let scrubbed = '';
	let at = 0;
	for (const { from, to } of placesOf([...new Set(secrets)].filter(Boolean), text)) {
		scrubbed += text.slice(at, from) + MASK;
		at = to;
	}
	return (scrubbed + text.slice(at)).replace(NAMED_SECRET, `$1"${MASK}"`);
}
