import { withoutSecrets } from '../secrets/redact';
import { isObject, type JsonValue } from '../values/json';
import { wireText } from '../values/wireValues';
import { convertValue } from './convert';
import { isUnset } from './equivalence';
import { isFixed, type Field, type ValueRule } from './field';
import { isKeyField } from './key';
import type { ResourceModel } from './resourceModel';
import { completed } from './stored';

/** The profile's fields that a create takes, as Payload: without key, read-only fields, secrets and records. */
export function exportProfile(
	model: ResourceModel,
	profile: Record<string, unknown>,
): Record<string, JsonValue> {
	const exported: Record<string, JsonValue> = {};
	for (const [name, stored] of Object.entries(completed(model, profile))) {
		const field = model.fields.find(name);
		if (!field || !isExported(model, field) || isEmpty(stored)) continue;
		exported[name] = exportField(field, stored as JsonValue, profile);
	}
	return withoutSecrets(exported);
}

/** An empty list is a value: nobody, where a new record might have somebody. */
const isEmpty = (stored: unknown): boolean => !Array.isArray(stored) && isUnset(stored);

/** What a new record can be given as well. */
export const isExported = (model: ResourceModel, field: Field): boolean =>
	!isKeyField(model, field.name) &&
	!field.secret &&
	field.type !== 'recordList' &&
	field.writeOn.includes('create') &&
	(field.writeOn.includes('update') || isFixed(field));

function exportField(field: Field, stored: JsonValue, profile: Record<string, unknown>): JsonValue {
	if (field.type === 'textList' && Array.isArray(stored)) return stored.map(asText);
	if (field.type !== 'object') return exportValue(field, stored);
	const object = isObject(stored) ? exportParts(field, stored) : stored;
	return field.ownerCounts ? withoutOwnGroup(field, object, profile) : object;
}

/** Odin turns text of digits into numbers; a prefix or an address is text again. It may give numbers and switches as text. */
function exportValue(rule: ValueRule, stored: JsonValue): JsonValue {
	// The zeros in front that its number has lost are known.
	if (rule.format === 'mac') return String(stored).padStart(12, '0');
	if (rule.type === 'text') return asText(stored);
	if (rule.type !== 'integer' && rule.type !== 'boolean') return stored;
	const { value } = { value: stored, ...convertValue(rule, stored) };
	return value;
}

const asText = (value: JsonValue): JsonValue => (typeof value === 'number' ? String(value) : value);

const exportParts = (
	{ parts = [] }: Field,
	stored: Record<string, JsonValue>,
): Record<string, JsonValue> =>
	Object.fromEntries(
		Object.entries(stored).flatMap(([key, value]) => {
			const part = parts.find(({ property }) => property === key);
			if (part?.readOnly || part?.secret) return [];
			return [[key, part ? exportValue(part, value) : value]];
		}),
	);

/** What belongs to the own group is named without it, so that the export holds in another group. */
function withoutOwnGroup(
	{ parts = [] }: Field,
	stored: JsonValue,
	profile: Record<string, unknown>,
): JsonValue {
	const property = parts.find(({ needed }) => needed)!.property;
	// Some answers of Odin have the name alone, perhaps as a number.
	if (!isObject(stored)) return { [property]: wireText(stored) };
	const isOwn = wireText(stored.groupId) === wireText(profile.groupId);
	return isOwn && stored[property] !== undefined ? { [property]: stored[property] } : stored;
}
