import { withoutSecrets } from '../secrets/redact';
import { isObject, type JsonValue } from '../values/json';
import type { Field } from './field';
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
		exported[name] = exportValue(field, stored as JsonValue, profile);
	}
	return withoutSecrets(exported);
}

function exportValue(field: Field, stored: JsonValue, profile: Record<string, unknown>): JsonValue {
	// Odin turns text of digits into numbers; a prefix or an address is text again.
	if (field.type === 'text' && typeof stored === 'number') return String(stored);
	return field.ownerCounts ? withoutOwnGroup(field, stored, profile) : stored;
}

/** What belongs to the own group is named without it, so that the export holds in another group. */
function withoutOwnGroup(
	{ parts = [] }: Field,
	stored: JsonValue,
	profile: Record<string, unknown>,
): JsonValue {
	const property = parts.find(({ needed }) => needed)!.property;
	// Some answers of Odin have the name alone, perhaps as a number.
	if (!isObject(stored)) return { [property]: String(stored) };
	const isOwn = String(stored.groupId) === String(profile.groupId);
	return isOwn && stored[property] !== undefined ? { [property]: stored[property] } : stored;
}
