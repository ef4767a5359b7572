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
		const record = value as Record<string, unknown>;
		for (const key of Object.keys(record)) {
			collectSecrets(record[key], isHidden || isSecret(key, record[key]), secrets);
		}
	}
}

/** A profile without what Odin should never have returned, at any depth. */
export function withoutSecrets<T extends Record<string, unknown>>(profile: T): T {
	// Nearly every profile: a copy of each would be the dearest part of an item.
	if (!hasSecret(profile)) return profile;
	const shown = Object.entries(profile)
		.filter(([key, value]) => !isSecret(key, value))
		.map(([key, value]) => [key, partWithoutSecrets(value)] as const);
	return Object.fromEntries(shown) as T;
}

const hasSecret = (value: unknown): boolean =>
	Array.isArray(value)
		? value.some(hasSecret)
		: isObject(value) &&
			Object.keys(value).some((key) => isSecret(key, value[key]) || hasSecret(value[key]));

function partWithoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(partWithoutSecrets);
	return isObject(value) ? withoutSecrets(value) : value;
}
