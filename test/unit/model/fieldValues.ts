import fc from 'fast-check';
import type { Field, ValueRule } from '../../../nodes/Odin/model/field';
import { trunkGroupModel } from '../../../nodes/Odin/resources/trunkGroup/model';
import type { JsonObject, JsonValue } from '../../../nodes/Odin/values/json';

export const trunkGroupFields = trunkGroupModel.fields.all;

const word = fc.string({
	unit: fc.constantFrom(...'abcxyz0123456789'),
	minLength: 1,
	maxLength: 12,
});

const phoneNumber = fc.stringMatching(/^\+?[0-9]{3,12}$/);

/** JSON that its text carries unchanged: no key `__proto__`, no -0 and no integer beyond 2^53. */
export const anyJson = (fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>).filter(isExact);

function isExact(value: JsonValue): boolean {
	if (typeof value === 'number') {
		return !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));
	}
	if (typeof value !== 'object' || value === null) return true;
	return !Object.keys(value).includes('__proto__') && Object.values(value).every(isExact);
}

/** A plain value that satisfies a rule. */
function plainValue(rule: ValueRule): fc.Arbitrary<JsonValue> {
	switch (rule.type) {
		case 'integer':
			return fc.integer({ min: rule.min ?? 0, max: rule.max ?? 100_000 });
		case 'boolean':
			return fc.boolean();
		case 'choice':
			return fc.constantFrom(...rule.choices!);
		default:
			if (rule.format === 'address') {
				return fc.oneof(
					phoneNumber,
					word.map((user) => `${user}@example.com`),
				);
			}
			return rule.format === 'host' ? word.map((label) => `${label}.example.com`) : word;
	}
}

/** Any value that Odin takes for a field, as JSON. */
export function valueFor(field: Field): fc.Arbitrary<JsonValue> {
	switch (field.type) {
		case 'object': {
			const parts = field.parts!.map((part) => [part.property, plainValue(part)]);
			const all = fc.record<JsonObject>(Object.fromEntries(parts));
			// The one of a device is that of its level.
			return field.inheritsGroup
				? all
				: all.map(({ deviceName, deviceLevel }) => ({ deviceName, deviceLevel }) as JsonObject);
		}
		case 'recordList':
			return fc
				.uniqueArray(word, { minLength: 1, maxLength: 4 })
				.map((ids) => ids.map((userId) => ({ userId, lastName: 'Doe' })));
		case 'textList':
			return fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
		case 'json':
			return fc.record<JsonObject>({
				userId: word,
				nested: fc.record({ list: fc.array(word, { minLength: 1 }) }),
			});
		default:
			return plainValue(field);
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
export const creatable = trunkGroupFields.filter(
	({ name, writeOn }) => writeOn.includes('create') && !KEY.includes(name),
);

/** Those of them whose form entry has the name and value of the field. */
export const plainEntries = creatable.filter(
	(field) => field.section !== undefined && !field.parts,
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

/** A body without the fields that do not count in it. */
export function counted(body: JsonObject): JsonObject {
	const isCounted = ([name]: [string, unknown]) =>
		body.requireAuthentication === true || !name.startsWith('sipAuthentication');
	return Object.fromEntries(Object.entries(body).filter(isCounted));
}
