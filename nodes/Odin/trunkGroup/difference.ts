import { fieldOf, findField } from './catalogue';
import { isStoredAs } from './comparison';
import type { DesiredFields } from './desired';
import type { JsonValue } from './json';
import { isKeyField } from './payload';

/** One field that is not stored as it was asked for. `stored` is null for an unset field. */
export interface Difference {
	field: string;
	wanted: JsonValue;
	stored: JsonValue;
}

export interface Comparison {
	differences: Difference[];
	/** Fields that were named but that no profile shows, so nobody can tell */
	incomparable: string[];
}

/** Compares what was named with a profile; what was not named is not looked at. */
export function compareWithProfile(
	desired: DesiredFields,
	profile: Record<string, unknown>,
): Comparison {
	const differences: Difference[] = [];
	const incomparable: string[] = [];
	const compare = (field: string, wanted: JsonValue) => {
		const stored = (Object.hasOwn(profile, field) ? (profile[field] ?? null) : null) as JsonValue;
		if (!isStoredAs(field, wanted, stored)) differences.push({ field, wanted, stored });
	};
	for (const [name, { value }] of desired.fields) {
		if (isKeyField(name)) continue;
		if (fieldOf(name).readable) compare(name, value);
		else if (!fieldOf(name).secret) incomparable.push(name);
	}
	for (const [name, value] of desired.unknownKeys) {
		if (Object.hasOwn(profile, name) || value === null) compare(name, value);
		else incomparable.push(name);
	}
	return { differences, incomparable };
}

/** The profile's fields that a create takes, as Payload: without key, read-only fields, secrets and users. */
export function exportProfile(profile: Record<string, unknown>): Record<string, JsonValue> {
	const exported: Record<string, JsonValue> = {};
	for (const [name, stored] of Object.entries(profile)) {
		const field = findField(name);
		if (!field || isKeyField(name) || field.secret || field.type === 'userList') continue;
		if (!field.writeOn.includes('create') || !field.writeOn.includes('update')) continue;
		if (stored === null || stored === undefined || stored === '') continue;
		exported[name] = asText(field.type, portable(field.type, stored as JsonValue, profile));
	}
	return exported;
}

/** Odin turns text of digits into numbers; a prefix or an address is text again. */
const asText = (type: string, value: JsonValue): JsonValue =>
	type === 'text' && typeof value === 'number' ? String(value) : value;

/** A department of the own group is named without its group, so that the export holds in another group. */
function portable(type: string, value: JsonValue, profile: Record<string, unknown>): JsonValue {
	if (type === 'department' && typeof value === 'string') return { name: value };
	if (
		type !== 'department' ||
		typeof value !== 'object' ||
		value === null ||
		Array.isArray(value)
	) {
		return value;
	}
	const isOwn = String(value.groupId) === String(profile.groupId);
	return isOwn && value.name !== undefined ? { name: value.name } : value;
}
