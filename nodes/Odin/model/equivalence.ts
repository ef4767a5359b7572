import { isObject, type JsonValue } from '../values/json';
import type { Field } from './field';
import { idIn } from './references';

/**
 * Whether what Odin stores is what was asked for. Odin turns text of digits into numbers, leaves unset fields out,
 * and does not keep the order of keys; none of this is a difference.
 */
export function isStoredAs(
	field: Field | undefined,
	expected: JsonValue,
	actual: unknown,
): boolean {
	if (isUnset(expected) || isUnset(actual)) return bothUnset(field, expected, actual);
	switch (field?.type) {
		case 'recordList':
			return sameSet(idsIn(field, expected), idsIn(field, actual));
		case 'textList':
			return sameSet(texts(expected), texts(actual));
		case 'object':
			return sameObject(field, expected, actual);
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

/** In lists an object is only what it is named by. */
function sameObject(field: Field, expected: JsonValue, actual: unknown): boolean {
	const name = (field.parts ?? []).find(({ needed }) => needed)?.property ?? '';
	if (!isObject(actual)) return sameLoosely(isObject(expected) ? expected[name] : expected, actual);
	if (!isObject(expected)) return sameLoosely(expected, actual[name]);
	if (field.ownerCounts && actual.serviceProviderId !== undefined) {
		return ['serviceProviderId', 'groupId', name].every((part) =>
			sameLoosely(expected[part] ?? null, actual[part] ?? null),
		);
	}
	// Odin may answer with more parts, and leaves its own out.
	const shared = Object.keys(expected).filter((key) => actual[key] !== undefined);
	return (
		(name === '' || shared.includes(name)) &&
		shared.every((key) => sameLoosely(expected[key], actual[key]))
	);
}

const idsIn = ({ identifiedBy = '' }: Field, value: unknown): string[] =>
	Array.isArray(value) ? value.map((element) => idIn(element, identifiedBy)) : [];

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

function sameSet(one: string[], other: string[]): boolean {
	const members = new Set(one);
	return members.size === new Set(other).size && other.every((member) => members.has(member));
}

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
