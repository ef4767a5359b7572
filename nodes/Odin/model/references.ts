import { copyJson, isObject, type JsonObject, type JsonValue } from '../values/json';
import { convertValue, isAbsent, type Conversion } from './convert';
import type { Field, ValueRule } from './field';
import type { GroupKey } from './key';

export interface PartIssue {
	label: string;
	reason: string;
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
	const needed = parts.find((part) => part.needed);
	if (needed?.entry === undefined || isAbsent(entries[needed.entry])) return { issues: [] };
	const value: JsonObject = {};
	const issues: PartIssue[] = [];
	for (const part of parts) {
		const given = part.entry === undefined ? undefined : entries[part.entry];
		if (isAbsent(given)) {
			const inherited =
				field.inheritsGroup && isGroupKey(part.property) ? group[part.property] : part.default;
			if (inherited !== undefined) value[part.property] = inherited;
			continue;
		}
		const converted = convertValue(part, given);
		if ('refused' in converted) issues.push({ label: part.label, reason: converted.refused });
		else value[part.property] = converted.value;
	}
	return { value, issues };
}

const isGroupKey = (property: string): property is keyof GroupKey =>
	property === 'serviceProviderId' || property === 'groupId';

/**
 * Checks an object given whole in Payload. Further keys are kept: the portal, too, sends whole rows as keys.
 * A department or trunk group given by its name alone is one of the item's own group; that is how Export writes the
 * departments of a group, so that they hold in another one. (A department of the enterprise has no group.)
 */
export function convertObject(field: Field, raw: unknown, group: GroupKey): Conversion {
	const copied = isObject(raw) ? copyJson(raw) : { value: null };
	if ('refused' in copied) return copied;
	const { value } = copied;
	if (!isObject(value)) return { refused: 'takes an object' };
	const byNameAlone = isAbsent(value.serviceProviderId) && isAbsent(value.groupId);
	if (field.inheritsGroup && byNameAlone) {
		value.serviceProviderId = group.serviceProviderId;
		value.groupId = group.groupId;
	}
	for (const part of field.parts ?? []) {
		const given = value[part.property];
		if (isAbsent(given)) {
			if (part.needed) return { refused: `needs '${part.property}'` };
			continue;
		}
		const converted = convertValue(part, given);
		if ('refused' in converted) return { refused: `'${part.property}' ${converted.refused}` };
		value[part.property] = converted.value;
	}
	return { value };
}

/** Checks a list of objects, each with the property that identifies it. */
export function convertRecordList({ identifiedBy = '' }: Field, raw: unknown): Conversion {
	const copied = copyJson(raw);
	if ('refused' in copied) return copied;
	const records = copied.value;
	const complete =
		Array.isArray(records) &&
		records.every((record) => isObject(record) && idIn(record, identifiedBy) !== '');
	return complete
		? { value: records }
		: { refused: `takes a list of objects with a ${identifiedBy}` };
}

/** What identifies an element, as text; Odin turns text of digits into numbers. */
export function idIn(record: unknown, property: string): string {
	const id = isObject(record) ? record[property] : record;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

/** Checks a list of text; a single text counts as a list of one. */
export function convertTextList(rule: ValueRule, raw: unknown): Conversion {
	const texts: JsonValue[] = [];
	for (const element of Array.isArray(raw) ? raw : [raw]) {
		const converted = convertValue({ ...rule, type: 'text' }, element);
		if ('refused' in converted) return converted;
		texts.push(converted.value);
	}
	return { value: texts };
}
