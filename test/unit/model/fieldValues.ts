import fc from 'fast-check';
import { TRUNK_GROUP_FIELDS, type Field } from '../../../nodes/Odin/resources/trunkGroup/fields';
import type { JsonObject, JsonValue } from '../../../nodes/Odin/values/json';
import { partsOf } from '../../../nodes/Odin/model/references';

const word = fc.string({
	unit: fc.constantFrom(...'abcxyz0123456789'),
	minLength: 1,
	maxLength: 12,
});

const key = fc.record<JsonObject>({ serviceProviderId: word, groupId: word, name: word });

const device = fc.record<JsonObject>({
	deviceName: word,
	deviceLevel: fc.constantFrom('System', 'Service Provider', 'Group'),
});

/** JSON that its text carries unchanged: no key `__proto__`, no -0 and no integer beyond 2^53. */
export const anyJson = (fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>).filter(isExact);

function isExact(value: JsonValue): boolean {
	if (typeof value === 'number') {
		return !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));
	}
	if (typeof value !== 'object' || value === null) return true;
	return !Object.keys(value).includes('__proto__') && Object.values(value).every(isExact);
}

/** Any value that Odin takes for a field, as JSON. */
export function valueFor(field: Field): fc.Arbitrary<JsonValue> {
	switch (field.type) {
		case 'integer':
			return fc.integer({ min: field.min ?? 0, max: field.max ?? 100_000 });
		case 'boolean':
			return fc.boolean();
		case 'choice':
			return fc.constantFrom(...field.choices!);
		case 'department':
		case 'trunkGroupKey':
			return key;
		case 'accessDevice':
			return device;
		case 'userList':
			return fc
				.uniqueArray(word, { minLength: 1, maxLength: 4 })
				.map((ids) => ids.map((userId) => ({ userId, lastName: 'Doe' })));
		case 'textList':
			return fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
		case 'json':
			return anyJson.filter((value) => value !== null && value !== '');
		default:
			return word;
	}
}

/** Some of these fields with values that Odin takes. */
export function someOf(fields: readonly Field[]): fc.Arbitrary<JsonObject> {
	const values = Object.fromEntries(fields.map((field) => [field.name, valueFor(field)]));
	const some = fc.record(values, { requiredKeys: [], noNullPrototype: true });
	return some as fc.Arbitrary<JsonObject>;
}

/** What Odin makes of a value: text of digits becomes a number, keys and the order of users are not kept. */
export function asOdinReturns(value: JsonValue): JsonValue {
	if (typeof value === 'string') return String(Number(value)) === value ? Number(value) : value;
	if (Array.isArray(value)) return value.map(asOdinReturns).reverse();
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.map(([key, inner]): [string, JsonValue] => [key, asOdinReturns(inner)])
			.reverse(),
	);
}

const KEY = ['serviceProviderId', 'groupId', 'name'];

/** Fields that a create takes, beside the key. */
export const creatable = TRUNK_GROUP_FIELDS.filter(
	({ name, writeOn }) => writeOn.includes('create') && !KEY.includes(name),
);

/** Those of them whose form entry has the name and value of the field. */
export const plainEntries = creatable.filter(
	(field) => field.section !== undefined && partsOf(field).length === 0,
);

export function deepFreeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach(deepFreeze);
		Object.freeze(value);
	}
	return value;
}

/** Every object and list inside a value, the value itself included. */
export function referencesIn(value: unknown): Set<unknown> {
	if (typeof value !== 'object' || value === null) return new Set();
	return new Set([value, ...Object.values(value).flatMap((inner) => [...referencesIn(inner)])]);
}
