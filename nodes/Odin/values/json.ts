export type JsonValue =
	| string
	| number
	| boolean
	| null
	| JsonValue[]
	| { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const MAX_DEPTH = 50;

/**
 * A copy of a value that shares nothing with it, so that an input item is never changed.
 * Returns the reason as `refused` where JSON could not carry the value unchanged.
 */
export function copyJson(value: unknown, depth = 0): { value: JsonValue } | { refused: string } {
	if (depth > MAX_DEPTH) return { refused: 'is nested too deeply' };
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return { value };
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) return { refused: 'contains a number that JSON does not have' };
		return Number.isInteger(value) && !Number.isSafeInteger(value)
			? { refused: 'contains a number too large to be kept exactly; put it in quotes' }
			: { value };
	}
	if (Array.isArray(value)) return copyArray(value, depth);
	if (!isObject(value)) return { refused: 'contains a value that JSON does not have' };
	// Dates of n8n expressions (luxon) say themselves how they are written in JSON.
	if (typeof value.toJSON === 'function') {
		const written: unknown = value.toJSON();
		return isObject(written)
			? { refused: 'contains a value that JSON does not have' }
			: copyJson(written, depth + 1);
	}
	return copyObject(value, depth);
}

function copyArray(array: unknown[], depth: number): { value: JsonValue } | { refused: string } {
	const copy: JsonValue[] = [];
	for (const element of array) {
		const copied = copyJson(element ?? null, depth + 1);
		if ('refused' in copied) return copied;
		copy.push(copied.value);
	}
	return { value: copy };
}

function copyObject(
	object: Record<string, unknown>,
	depth: number,
): { value: JsonValue } | { refused: string } {
	const copy: JsonObject = {};
	for (const [key, element] of Object.entries(object)) {
		if (element === undefined) continue;
		// Assigning this key would change the prototype of the copy instead of adding a key.
		if (key === '__proto__') return { refused: 'contains the key __proto__, which is not allowed' };
		const copied = copyJson(element, depth + 1);
		if ('refused' in copied) return copied;
		copy[key] = copied.value;
	}
	return { value: copy };
}
