import { withoutSecrets } from '../secrets/redact';
import { isObject, type JsonValue } from '../values/json';
import { wireText } from '../values/wireValues';
import { convertValue } from './convert';
import type { Field, ValueRule } from './field';
import { isKeyField } from './key';
import type { ResourceModel } from './resourceModel';

/** The profile's fields that a create takes, as Payload: without key, read-only fields, secrets and records. */
export function exportProfile(
	model: ResourceModel,
	profile: Record<string, unknown>,
): Record<string, JsonValue> {
	const exported: Record<string, JsonValue> = {};
	for (const [name, stored] of Object.entries(profile)) {
		const field = model.fields.find(name);
		if (!field || isKeyField(model, name) || field.secret || field.type === 'recordList') continue;
		if (!field.writeOn.includes('create') || !field.writeOn.includes('update')) continue;
		if (stored === null || stored === undefined || stored === '') continue;
		exported[name] = exportField(field, stored as JsonValue, profile);
	}
	return withoutSecrets(exported);
}

function exportField(field: Field, stored: JsonValue, profile: Record<string, unknown>): JsonValue {
	if (field.type === 'textList' && Array.isArray(stored)) return stored.map(asText);
	if (field.type !== 'object') return exportValue(field, stored);
	const object = isObject(stored) ? exportParts(field, stored) : stored;
	return field.ownerCounts ? withoutOwnGroup(field, object, profile) : object;
}

/** Odin turns text of digits into numbers; a prefix or an address is text again. It may give numbers and switches as text. */
function exportValue(rule: ValueRule, stored: JsonValue): JsonValue {
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
