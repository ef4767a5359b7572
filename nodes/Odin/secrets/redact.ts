import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { isSecret, MASK } from './names';

export { MASK } from './names';

/** A copy with every secret value replaced, at any depth: what a preview or a message may show. */
export function mask(value: JsonObject): JsonObject;
export function mask(value: JsonValue): JsonValue;
export function mask(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(mask);
	return isObject(value)
		? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedAt(key, inner)]))
		: value;
}

/** The value of one field, as `mask` shows it. */
export const maskedAt = (name: string, value: JsonValue): JsonValue =>
	value !== null && isSecret(name, value) ? MASK : mask(value);

/** The texts of all values that `mask` hides. */
export function secretsIn(value: unknown): string[] {
	const secrets: string[] = [];
	collectSecrets(value, false, secrets);
	return secrets;
}

function collectSecrets(value: unknown, isHidden: boolean, secrets: string[]): void {
	if (isHidden && (typeof value === 'string' || typeof value === 'number')) {
		secrets.push(String(value));
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, inner] of Object.entries(value)) {
			collectSecrets(inner, isHidden || isSecret(key, inner), secrets);
		}
	}
}

/** A profile without what Odin should never have returned, at any depth. */
export function withoutSecrets<T extends Record<string, unknown>>(profile: T): T {
	const entries = Object.entries(profile);
	const shown = entries
		.filter(([key, value]) => !isSecret(key, value))
		.map(([key, value]) => [key, partWithoutSecrets(value)] as const);
	const isUnchanged =
		shown.length === entries.length && shown.every(([key, value]) => value === profile[key]);
	return isUnchanged ? profile : (Object.fromEntries(shown) as T);
}

function partWithoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(partWithoutSecrets);
	return isObject(value) ? withoutSecrets(value) : value;
}
