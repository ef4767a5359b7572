import { withoutSecrets } from '../secrets/redact';
import { plainMac, withoutSeparators } from '../values/addresses';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { listed, trimmed } from '../values/text';
import { wireText } from '../values/wireValues';
import { convertValue } from './convert';
import type { DesiredFields } from './desired';
import { neededPart, type Field, type ValueRule } from './field';
import { isKeyField } from './key';
import { partIn, pathOf } from './references';
import type { ResourceModel } from './resourceModel';

/** What counts when texts are compared. */
interface Strictness {
	/** Whether a number may stand for a text of digits that begins with zeros */
	zerosCount: boolean;
}

/**
 * Whether what Odin stores is what was asked for. Odin turns text of digits into numbers, leaves unset fields out,
 * and does not keep the order of keys; none of this is a difference.
 */
export const isStoredAs = (
	field: Field | undefined,
	expected: JsonValue,
	actual: unknown,
): boolean =>
	// Most are, and it is quickly seen.
	expected === actual || isSame(field, expected, actual, { zerosCount: false });

function isSame(
	field: Field | undefined,
	expected: JsonValue,
	actual: unknown,
	strictness: Strictness,
): boolean {
	const isNotStored = isUnset(actual) || isWithoutParts(field, actual);
	if (isUnset(expected)) return isNotStored;
	if (isNotStored) return isDefault(field, expected);
	switch (field?.type) {
		case 'recordList':
			return isSameSet(idsIn(field, expected), idsIn(field, actual), strictness);
		case 'textList':
			return isSameSet(asList(expected), asList(actual), strictness);
		case 'object':
			return isSameObject(field, expected, actual, strictness);
		default:
			return isSameValue(field, expected, actual, strictness);
	}
}

/** Nothing, an empty list, or an object without any value. */
export const isUnset = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(typeof value === 'object' && Object.values(value).every(isUnset));

/** A field that this Odin does not show has the value that it has by default: older BroadWorks releases do not know every one. */
const isDefault = (field: Field | undefined, value: JsonValue): boolean =>
	field?.storedWhenAbsent === undefined
		? field?.type === 'boolean' && value === false
		: value === field.storedWhenAbsent;

/** Odin shows some objects also where nothing is set, all of their parts missing or empty. */
const isWithoutParts = (field: Field | undefined, value: unknown): boolean =>
	field?.type === 'object' &&
	field.parts !== undefined &&
	isObject(value) &&
	field.parts.every((part) => part.readOnly || isUnset(partIn(value, part)));

const ANY_TEXT: ValueRule = { type: 'text' };

/** In lists an object is only what it is named by. Odin does not show the secrets in an object. */
function isSameObject(
	field: Field,
	expected: JsonValue,
	actual: unknown,
	strictness: Strictness,
): boolean {
	const parts = new Map((field.parts ?? []).map((part) => [pathOf(part), part]));
	const needed = neededPart(field);
	const name = needed ? pathOf(needed) : '';
	const isSamePart = (path: string, asked: unknown, stored: unknown) =>
		isSameValue(parts.get(path), (asked ?? null) as JsonValue, stored ?? null, strictness);
	const asked = isObject(expected) ? byPath(field, expected) : new Map([[name, expected]]);
	const stored = isObject(actual) ? byPath(field, actual) : new Map([[name, actual]]);
	if (!isObject(actual) || !isObject(expected)) {
		return isSamePart(name, asked.get(name), stored.get(name));
	}
	const namesOwner = asked.has('serviceProviderId') || asked.has('groupId');
	if (field.ownerCounts && namesOwner && actual.serviceProviderId !== undefined) {
		return ['serviceProviderId', 'groupId', name].every((path) =>
			isSamePart(path, asked.get(path), stored.get(path)),
		);
	}
	// Odin may answer with more parts.
	const compared = [...asked.keys()].filter(
		(path) => (field.showsAll || (stored.get(path) ?? null) !== null) && !parts.get(path)?.secret,
	);
	return (
		(name === '' || compared.includes(name)) &&
		compared.every((path) => isSamePart(path, asked.get(path), stored.get(path)))
	);
}

/** What is set of an object, that of objects inside it by its path. */
function byPath({ parts = [] }: Field, object: Record<string, unknown>): Map<string, unknown> {
	const inner = new Set(parts.flatMap(({ within }) => within ?? []));
	return new Map(
		Object.entries(object).flatMap(
			([key, value]): Array<[string, unknown]> =>
				inner.has(key) && isObject(value)
					? Object.entries(value).map(([property, part]) => [`${key}.${property}`, part])
					: [[key, value]],
		),
	);
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const idsIn = ({ identifiedBy = '' }: Field, value: unknown): unknown[] =>
	asList(value).map((element) => (isObject(element) ? element[identifiedBy] : element));

function isSameSet(asked: unknown[], stored: unknown[], { zerosCount }: Strictness): boolean {
	const texts = new Set(asked.map((element) => comparable(ANY_TEXT, wireText(element))));
	const digits = new Set([...texts].map((text) => (zerosCount ? text : withoutZeros(text))));
	const members = new Set(stored.map((element) => comparable(ANY_TEXT, wireText(element))));
	return (
		texts.size === members.size &&
		stored.every((element) =>
			typeof element === 'number'
				? digits.has(String(element))
				: texts.has(comparable(ANY_TEXT, wireText(element))),
		)
	);
}

function isSameValue(
	rule: ValueRule | undefined,
	expected: JsonValue,
	actual: unknown,
	strictness: Strictness,
): boolean {
	if (isObject(expected)) {
		return isObject(actual) && isSameJson(expected, actual, strictness);
	}
	if (Array.isArray(expected)) {
		return (
			Array.isArray(actual) &&
			expected.length === actual.length &&
			expected.every((element, index) =>
				isSameValue(undefined, element, actual[index] as JsonValue, strictness),
			)
		);
	}
	if (expected === null) return actual === null;
	if (typeof actual === 'object') return false;
	if (rule?.type === 'boolean' || rule?.type === 'integer') {
		const { value } = { value: actual, ...convertValue({ type: rule.type }, actual) };
		return value === expected;
	}
	return isSameText(rule ?? ANY_TEXT, expected, actual, strictness);
}

function isSameJson(
	expected: JsonObject,
	actual: Record<string, unknown>,
	strictness: Strictness,
): boolean {
	const [asked, stored] = [withoutSecrets(expected), withoutSecrets(actual)];
	const keys = new Set([...Object.keys(asked), ...Object.keys(stored)]);
	return [...keys].every((key) =>
		isSameValue(undefined, asked[key] ?? null, stored[key] ?? null, strictness),
	);
}

/** No name or address is nearly as long. */
const LONGEST = 1000;

const USER_AT_HOST = /^[^\s@]+@[^\s@]+$/;

/** A text without what does not make it another one. */
function comparable({ format, isCaseSensitive }: ValueRule, text: string): string {
	if (text.length > LONGEST) return text;
	const plain = withoutFormat(format, trimmed(text));
	const isWithoutCase =
		format === 'host' || format === 'mac' || (USER_AT_HOST.test(plain) && !isCaseSensitive);
	return isWithoutCase ? plain.toLowerCase() : plain;
}

function withoutFormat(format: ValueRule['format'], text: string): string {
	if (format === 'address') return withoutSeparators(text);
	return format === 'mac' ? plainMac(text) : text;
}

const withoutZeros = (text: string): string =>
	/^0\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;

/**
 * Whether a plain value of Odin's is this one. Odin turns text of digits into numbers (seen in its documented answers), and
 * with that loses zeros in front and all but some 15 digits.
 */
function isSameText(
	rule: ValueRule,
	expected: unknown,
	actual: unknown,
	{ zerosCount }: Strictness,
): boolean {
	const [asked, stored] = [expected, actual].map((value) => comparable(rule, String(value)));
	if (asked === stored) return true;
	const isNumber = typeof actual === 'number' || typeof expected === 'number';
	if (!isNumber || zerosCount) return false;
	const [one, other] = [withoutZeros(asked!), withoutZeros(stored!)];
	return one === other || (/^\d+$/.test(one) && Number(one) === actual);
}

/** Whether a record is the one of this name: Odin may store and show a name in other spaces, another case, as a number. */
export function isSameName(asked: string, stored: unknown): boolean {
	if (typeof stored === 'number') return withoutZeros(spelled(asked)) === String(stored);
	if (typeof stored !== 'string' || stored.length > LONGEST) return false;
	return asked === stored || spelled(asked) === spelled(stored);
}

const spelled = (name: string): string =>
	trimmed(name).normalize('NFC').replace(/\s+/g, ' ').toLowerCase();

/** Of texts that Odin shows as numbers nobody can tell whether they begin with zeros: for a profile as it is. */
export function zeroHints(model: ResourceModel, profile: Record<string, unknown>): string[] {
	const names = model.fields.all.flatMap((field) =>
		!isKeyField(model, field.name) && isTextShownAsNumber(field, profile[field.name])
			? [field.name]
			: [],
	);
	return names.length === 0
		? []
		: [`Odin shows ${listed(names)} as a number, so leading zeros cannot be compared`];
}

function isTextShownAsNumber(field: Field, stored: unknown): boolean {
	switch (field.type) {
		case 'text':
			return typeof stored === 'number';
		case 'object':
			return (
				isObject(stored) &&
				(field.parts ?? []).some(
					(part) => part.type === 'text' && typeof partIn(stored, part) === 'number',
				)
			);
		case 'textList':
		case 'recordList':
			return idsIn(field, stored).some((id) => typeof id === 'number');
		default:
			return false;
	}
}

/** The same for what was asked for with zeros in front. */
export function zeroHintsFor(
	model: ResourceModel,
	{ fields, unknownKeys }: DesiredFields,
	profile: Record<string, unknown>,
): string[] {
	const asked = [...[...fields].map(([name, { value }]) => [name, value] as const), ...unknownKeys];
	const names = asked.flatMap(([name, value]) => {
		const field = model.fields.find(name);
		const stored = profile[name];
		const isUnclear =
			isStoredAs(field, value, stored) && !isSame(field, value, stored, { zerosCount: true });
		return isUnclear ? [name] : [];
	});
	return names.length === 0
		? []
		: [
				`Odin shows ${listed(names)} as a number, so nobody can tell whether leading zeros are stored`,
			];
}

/** What identifies an element of a list, as text; Odin turns text of digits into numbers. */
export function idIn(record: unknown, property: string): string {
	const id = isObject(record) ? record[property] : record;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
