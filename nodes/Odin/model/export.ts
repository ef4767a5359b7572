import { findField, type FieldType } from '../resources/trunkGroup/fields';
import { isObject, type JsonValue } from '../values/json';
import { withoutSecrets } from '../secrets/redact';
import { isKeyField } from './requestBody';

/** The profile's fields that a create takes, as Payload: without key, read-only fields, secrets and users. */
export function exportProfile(profile: Record<string, unknown>): Record<string, JsonValue> {
	const exported: Record<string, JsonValue> = {};
	for (const [name, stored] of Object.entries(profile)) {
		const field = findField(name);
		if (!field || isKeyField(name) || field.secret || field.type === 'userList') continue;
		if (!field.writeOn.includes('create') || !field.writeOn.includes('update')) continue;
		if (stored === null || stored === undefined || stored === '') continue;
		exported[name] = exportValue(field.type, stored as JsonValue, profile);
	}
	return withoutSecrets(exported);
}

function exportValue(
	type: FieldType,
	stored: JsonValue,
	profile: Record<string, unknown>,
): JsonValue {
	// Odin turns text of digits into numbers; a prefix or an address is text again.
	if (type === 'text' && typeof stored === 'number') return String(stored);
	return type === 'department' ? exportDepartment(stored, profile) : stored;
}

/** A department of the own group is named without its group, so that the export holds in another group. */
function exportDepartment(stored: JsonValue, profile: Record<string, unknown>): JsonValue {
	// Some answers of Odin have the name alone, perhaps as a number.
	if (!isObject(stored)) return { name: String(stored) };
	const isOwn = String(stored.groupId) === String(profile.groupId);
	return isOwn && stored.name !== undefined ? { name: stored.name } : stored;
}
