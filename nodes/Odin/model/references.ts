import { copyJson, isObject, type JsonObject, type JsonValue } from '../values/json';
import { readList } from '../values/list';
import { isAbsent, quoted, withoutSpelling } from '../values/text';
import { convertValue } from './convert';
import { neededPart, secretPart, type Field, type Part, type ValueRule } from './field';
import { tidy, type Tidied } from './freeform';
import type { GroupKey } from './key';

export interface PartIssue {
	label: string;
	reason: string;
	/** The form entry that it is about */
	entry: string;
}

/**
 * Builds an object field from its form entries. Without its needed entry nothing was given, whatever stands in the
 * others: a spreadsheet row without a device still carries the column for its level.
 */
export function composeObject(
	field: Field,
	entries: Record<string, unknown>,
	group: GroupKey,
): { value?: JsonObject; issues: PartIssue[] } {
	const { parts = [] } = field;
	if (!isNamed(field, (entry) => !isAbsent(entries[entry]))) {
		return { issues: loneSecret(field, entries) };
	}
	const value: JsonObject = {};
	const issues: PartIssue[] = [];
	for (const part of parts) {
		const { entry = '', label } = part;
		const given = entries[entry];
		if (isAbsent(given)) {
			const inherited =
				field.inheritsGroup && isGroupKey(part.property) ? group[part.property] : part.default;
			// The group of a record whose id is enough is not known yet.
			if (inherited) putPart(value, part, inherited);
			continue;
		}
		const converted = convertValue(part, given);
		if ('refused' in converted) {
			issues.push({ label, reason: converted.refused, entry });
		} else {
			putPart(value, part, converted.value);
		}
	}
	return { value, issues };
}

/** A part of an object, or of the object inside it that the part stands in. */
export function partIn(object: Record<string, unknown>, { within, property }: Part): unknown {
	if (within === undefined) return object[property];
	const inner = object[within];
	return isObject(inner) ? inner[property] : undefined;
}

export function putPart(object: JsonObject, { within, property }: Part, value: JsonValue): void {
	if (within === undefined) {
		object[property] = value;
		return;
	}
	const inner = object[within];
	object[within] = { ...(isObject(inner) && inner), [property]: value };
}

/** The name of a part as Odin has it, e.g. "accessDevice.deviceName" */
export const pathOf = ({ within, property }: Part): string =>
	within === undefined ? property : `${within}.${property}`;

/** Whether the form gives the object: its needed entry, or any where none is needed. */
export function isNamed(field: Field, has: (entry: string) => boolean): boolean {
	const needed = neededEntry(field);
	if (needed !== undefined) return has(needed);
	return (field.parts ?? []).some(({ entry }) => entry !== undefined && has(entry));
}

/** The form entry without which an object is not given. */
export const neededEntry = (field: Field): string | undefined => neededPart(field)?.entry;

/** A password is not dropped without a word. */
function loneSecret(field: Field, entries: Record<string, unknown>): PartIssue[] {
	const { entry = '', label = '' } = secretPart(field) ?? {};
	if (isAbsent(entries[entry])) return [];
	return [{ label, reason: `needs '${neededPart(field)?.label ?? ''}' as well`, entry }];
}

const isGroupKey = (property: string): property is keyof GroupKey =>
	property === 'serviceProviderId' || property === 'groupId';

/**
 * Checks an object given whole in Payload. Empty parts are not given, an object of nothing else neither. Further keys are
 * kept: the portal, too, sends whole rows as keys.
 * A department or trunk group given by its name alone is one of the item's own group; that is how Export writes the
 * departments of a group, so that they hold in another one. (A department of the enterprise has no group.)
 */
export function convertObject(field: Field, raw: unknown, group: GroupKey): Tidied {
	const copied = isObject(raw) ? copyJson(raw) : { value: null };
	if ('refused' in copied) return copied;
	if (!isObject(copied.value)) return { refused: 'takes an object' };
	const { parts = [] } = field;
	const read = convertParts(parts, copied.value);
	if ('refused' in read) return read;
	const { value } = read;
	if (Object.keys(value).length === 0) return {};
	const missing = parts.find((part) => part.needed && partIn(value, part) === undefined);
	if (missing) return { refused: `needs '${pathOf(missing)}'` };
	const byNameAlone = value.serviceProviderId === undefined && value.groupId === undefined;
	return {
		value:
			field.inheritsGroup && byNameAlone && group.groupId !== ''
				? { ...value, serviceProviderId: group.serviceProviderId, groupId: group.groupId }
				: value,
	};
}

function convertParts(
	parts: readonly Part[],
	given: JsonObject,
	within?: string,
): { value: JsonObject } | { refused: string } {
	const own = new Map(
		parts.filter((part) => part.within === within).map((part) => [part.property, part]),
	);
	const inner = new Set(within === undefined ? parts.flatMap((part) => part.within ?? []) : []);
	const value: JsonObject = {};
	for (const [key, raw] of Object.entries(given)) {
		const part = own.get(key);
		if (isAbsent(raw) || part?.readOnly) continue;
		const converted: Tidied = inner.has(key)
			? convertInner(parts, raw, key)
			: part
				? convertPart(part, raw)
				: convertFurther(own, key, raw);
		if ('refused' in converted) return { refused: `${quoted(key)} ${converted.refused}` };
		if (converted.value !== undefined) value[key] = converted.value;
	}
	return { value };
}

function convertInner(parts: readonly Part[], raw: JsonValue, within: string): Tidied {
	if (!isObject(raw)) return { refused: 'takes an object' };
	const converted = convertParts(parts, raw, within);
	return 'value' in converted && Object.keys(converted.value).length === 0 ? {} : converted;
}

/** A key that is no part. */
function convertFurther(parts: ReadonlyMap<string, Part>, key: string, raw: JsonValue): Tidied {
	const meant = nearlyNamed(parts, key);
	return meant === undefined ? tidy(key, raw) : { refused: `is no part; use '${meant}'` };
}

const convertPart = (part: Part, given: JsonValue): Tidied =>
	part.type === 'json' ? tidy(part.property, given) : convertValue(part, given);

/** The part that a key means which is not quite its name. */
function nearlyNamed(parts: ReadonlyMap<string, Part>, key: string): string | undefined {
	const spelling = withoutSpelling(key);
	for (const { property, label, entry } of parts.values()) {
		const names = entry === undefined ? [property] : [property, label, entry];
		if (names.some((name) => withoutSpelling(name) === spelling)) return property;
	}
	return undefined;
}

/**
 * Checks a list of objects that one property identifies. An id alone stands for its object.
 * Without a value nothing was given; an explicit empty list is one.
 */
export function convertRecordList({ identifiedBy = '' }: Field, raw: unknown): Tidied {
	const idRule: ValueRule = { type: 'text', isName: true };
	const toRecord = (element: unknown): Tidied => {
		const copied = copyJson(element);
		if ('refused' in copied) return copied;
		const tidied = tidy('', copied.value);
		if ('refused' in tidied || tidied.value === undefined) return tidied;
		const record = isObject(tidied.value) ? tidied.value : { [identifiedBy]: tidied.value };
		const id = record[identifiedBy];
		if (id === undefined) return { refused: `takes a list of objects with a ${identifiedBy}` };
		const converted = convertValue(idRule, id);
		return 'refused' in converted
			? { refused: `has a ${identifiedBy} that ${converted.refused}` }
			: { value: { ...record, [identifiedBy]: converted.value } };
	};
	return convertList(raw, toRecord);
}

/** Checks a list of text. Without a value nothing was given; an explicit empty list is one. */
export const convertTextList = (rule: ValueRule, raw: unknown): Tidied =>
	convertList(raw, (element) => convertValue({ ...rule, type: 'text' }, element));

function convertList(raw: unknown, convert: (element: unknown) => Tidied): Tidied {
	const read = readList(raw);
	if ('refused' in read) return read;
	const value: JsonValue[] = [];
	for (const element of read.list) {
		const converted = convert(element);
		if ('refused' in converted) return converted;
		if (converted.value !== undefined) value.push(converted.value);
	}
	return value.length > 0 || read.isExplicitlyEmpty ? { value } : {};
}
