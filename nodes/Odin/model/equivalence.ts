import { findField, type Field } from '../resources/trunkGroup/fields';
import { isObject, type JsonValue } from '../values/json';
import { userIdOf } from './references';

/**
 * Whether what Odin stores is what was asked for. Odin turns text of digits into numbers, leaves unset fields out,
 * and does not keep the order of keys; none of this is a difference.
 */
export function isStoredAs(name: string, expected: JsonValue, actual: unknown): boolean {
	const field = findField(name);
	if (isUnset(expected) || isUnset(actual)) return bothUnset(field, expected, actual);
	switch (field?.type) {
		case 'userList':
			return sameSet(userIds(expected), userIds(actual));
		case 'textList':
			return sameSet(texts(expected), texts(actual));
		case 'department':
			return sameDepartment(expected, actual);
		case 'accessDevice':
		case 'trunkGroupKey':
			return sameParts(expected, actual);
		default:
			return sameLoosely(expected, actual);
	}
}

const isUnset = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(Array.isArray(value) && value.length === 0);

function bothUnset(field: Field | undefined, expected: unknown, actual: unknown): boolean {
	if (isUnset(expected) && isUnset(actual)) return true;
	// Older BroadWorks releases do not know every switch; one that is missing is off.
	return field?.type === 'boolean' && isUnset(actual) && expected === false;
}

const nameOf = (value: JsonValue): JsonValue =>
	isObject(value) ? ((value.name as JsonValue | undefined) ?? null) : value;

/** A department without a group is one of the enterprise. In lists a department is only its name. */
function sameDepartment(expected: JsonValue, actual: unknown): boolean {
	if (!isObject(actual)) return sameParts(nameOf(expected), actual);
	if (!isObject(expected) || actual.serviceProviderId === undefined) {
		return sameParts(expected, actual);
	}
	return ['serviceProviderId', 'groupId', 'name'].every((part) =>
		sameLoosely(expected[part] ?? null, actual[part] ?? null),
	);
}

const userIds = (value: unknown): string[] => (Array.isArray(value) ? value.map(userIdOf) : []);

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

function sameSet(one: string[], other: string[]): boolean {
	const members = new Set(one);
	return members.size === new Set(other).size && other.every((member) => members.has(member));
}

/** Compares the properties that were asked for; Odin may answer with more of them, and leaves its own out. */
function sameParts(expected: unknown, actual: unknown): boolean {
	if (!isObject(expected) || !isObject(actual)) return sameLoosely(expected, actual);
	const shared = Object.keys(expected).filter((key) => actual[key] !== undefined);
	return (
		shared.includes(nameKey(expected)) &&
		shared.every((key) => sameLoosely(expected[key], actual[key]))
	);
}

const nameKey = (object: Record<string, unknown>): string =>
	'deviceName' in object ? 'deviceName' : 'name';

function sameLoosely(expected: unknown, actual: unknown): boolean {
	if (isObject(expected)) {
		if (!isObject(actual)) return false;
		const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
		return [...keys].every((key) => sameLoosely(expected[key] ?? null, actual[key] ?? null));
	}
	if (Array.isArray(expected)) {
		return (
			Array.isArray(actual) &&
			expected.length === actual.length &&
			expected.every((element, index) => sameLoosely(element, actual[index]))
		);
	}
	if (expected === null) return actual === null;
	return !isObject(actual) && !Array.isArray(actual) && isSameText(String(expected), actual);
}

/**
 * Whether a plain value of Odin's is this text. Odin turns text of digits into numbers (seen in its documented answers),
 * which keep no more than some 15 digits. They lose zeros in front, too; with those nobody can tell, so it counts as
 * different: to write a value again does no harm, to leave a wrong one does.
 */
const isSameText = (text: string, actual: unknown): boolean =>
	typeof actual === 'number' && /^[1-9]\d*$/.test(text)
		? Number(text) === actual
		: String(actual) === text;
