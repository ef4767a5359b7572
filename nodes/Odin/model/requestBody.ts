import {
	fieldOf,
	TRUNK_GROUP_FIELDS,
	type Field,
	type Write,
} from '../resources/trunkGroup/fields';
import type { Issue } from '../values/issues';
import type { DesiredFields } from './desired';
import type { JsonObject, JsonValue } from '../values/json';
import type { TrunkGroupKey } from './key';

const KEY_FIELDS = new Set(['serviceProviderId', 'groupId', 'name']);

export const isKeyField = (name: string): boolean => KEY_FIELDS.has(name);

/**
 * The body of a create: the key, the documented defaults, and what was named. Null has no meaning on a create, so
 * a field given as null counts as not given.
 */
export function createBody(key: TrunkGroupKey, desired: DesiredFields): JsonObject {
	const body: JsonObject = { ...key };
	for (const field of TRUNK_GROUP_FIELDS) {
		if (isKeyField(field.name) || !field.writeOn.includes('create')) continue;
		const value = desired.fields.get(field.name)?.value ?? field.documentedDefault;
		if (value !== undefined) body[field.name] = value;
	}
	for (const [name, value] of desired.unknownKeys) if (value !== null) body[name] = value;
	return body;
}

/** The body of an update: what was named and nothing else. Null clears a field. */
export function updateBody(desired: DesiredFields): JsonObject {
	const body: JsonObject = {};
	for (const field of TRUNK_GROUP_FIELDS) {
		const given = desired.fields.get(field.name);
		if (given && !isKeyField(field.name)) body[field.name] = given.value;
	}
	for (const [name, value] of desired.unknownKeys) body[name] = value;
	return body;
}

/** Fields that were named but that this write does not take, and nulls that BroadWorks does not take. */
export function unwritable(desired: DesiredFields, write: Write): Issue[] {
	const issues: Issue[] = [];
	for (const [name, { value, from }] of desired.fields) {
		if (isKeyField(name)) continue;
		const field = fieldOf(name);
		const inPayload = from === 'payload' ? { inPayload: true as const } : {};
		if (!field.writeOn.includes(write)) {
			// Odin stores this very value anyway, so a profile given as Payload is no contradiction.
			if (write === 'create' && (value === null || value === field.storedWhenAbsent)) continue;
			issues.push({ label: field.label, reason: onlyOn(field), ...inPayload });
		} else if (write === 'update' && value === null && !field.clearable) {
			issues.push({ label: field.label, reason: "can't be cleared", ...inPayload });
		}
	}
	return issues;
}

const onlyOn = (field: Field): string =>
	field.writeOn.includes('create')
		? 'can be set only while a trunk group is created'
		: 'can be set only on a trunk group that exists; use the Update operation';

/** Needed fields that are missing, in view of all that will be stored. `has` tells whether a field has a value. */
export function missingNeeded(
	valueOf: (name: string) => JsonValue | undefined,
	has: (name: string) => boolean,
): Issue[] {
	const issues: Issue[] = [];
	for (const field of TRUNK_GROUP_FIELDS) {
		const { neededWhen } = field;
		if (!neededWhen || valueOf(neededWhen.field) !== neededWhen.equals || has(field.name)) continue;
		const condition = fieldOf(neededWhen.field).label;
		const state = neededWhen.equals === true ? 'on' : `'${String(neededWhen.equals)}'`;
		issues.push({ label: field.label, reason: `is needed when '${condition}' is ${state}` });
	}
	return issues;
}
