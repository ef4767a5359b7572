import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { findSecrets, type Search } from './encodings';

export const MASK = '***';

const secretKey = (key: string): boolean => /password|token/i.test(key);

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
	secretKey(key) && typeof value !== 'boolean';

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
export function scrub(text: string, secrets: Iterable<string>, search?: Search): string {
	if (text === '') return text;
	let scrubbed = '';
	let at = 0;
	for (const { from, to } of findSecrets([...new Set(secrets)].filter(Boolean), text, search)) {
		scrubbed += text.slice(at, from) + MASK;
		at = to;
	}
	return (scrubbed + text.slice(at)).replace(NAMED_SECRET, `$1"${MASK}"`);
}

/** Shorter secrets may be any word or number of an honest answer. */
const SHORTEST_TOLD = 8;

/** Where a secret may be written otherwise than it is (escaped, a space as +, as base64), or is named. */
const WRITTEN_OTHERWISE = /[\\%&]|\S\+|(?=\d*[a-z+/])[a-z0-9+/]{11}|password|token/i;

/** As all fields of Odin are called. */
const PLAIN_KEY = /^[a-z]+$/i;

/**
 * What goes to the output, with the known secrets masked in its texts and nothing else changed. Values whose name says that
 * they are secret are left as they are: there they were masked or asked for.
 */
export function redactKnownSecrets<T>(value: T, secrets: ReadonlySet<string>, shortest?: number): T;
export function redactKnownSecrets(
	value: unknown,
	secrets: ReadonlySet<string>,
	shortest = SHORTEST_TOLD,
): unknown {
	if (typeof value === 'string') return textWithoutKnown(value, secrets, shortest);
	if (typeof value === 'number') {
		const text = String(value);
		const shown = textWithoutKnown(text, secrets, shortest);
		return shown === text ? value : shown;
	}
	if (Array.isArray(value)) {
		return value.map((element: unknown) => redactKnownSecrets(element, secrets, shortest));
	}
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => {
			if (secretKey(key)) return [key, inner];
			const name = PLAIN_KEY.test(key) ? key : textWithoutKnown(key, secrets, SHORTEST_TOLD);
			return [name, redactKnownSecrets(inner, secrets, SHORTEST_TOLD)];
		}),
	);
}

function textWithoutKnown(text: string, secrets: ReadonlySet<string>, shortest: number): string {
	if (text.length < shortest) return text;
	const isClean = !WRITTEN_OTHERWISE.test(text) && !holdsAny(text.toUpperCase(), secrets, shortest);
	if (isClean) return text;
	const telling = [...secrets].filter(({ length }) => length >= shortest);
	return scrub(text, telling, { onlyWhole: true });
}

function holdsAny(upperCase: string, secrets: ReadonlySet<string>, shortest: number): boolean {
	for (const secret of secrets) {
		const { length } = secret;
		if (length < shortest || length > upperCase.length) continue;
		if (upperCase.includes(secret.toUpperCase())) return true;
	}
	return false;
}
