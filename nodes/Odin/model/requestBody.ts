import type { Issue } from '../values/issues';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { conditionText } from './conditions';
import { type DesiredFields } from './desired';
import { isStoredAs } from './equivalence';
import { isFixed, neededPart, secretPart, type Field, type Write } from './field';
import { namedKey, type Key } from './key';
import type { ResourceModel } from './resourceModel';
import { withArticle } from '../values/text';

/**
 * The body of a create: the key, the documented defaults, and what was named. Null has no meaning on a create, so
 * a field given as null counts as not given; so does one whose condition is not fulfilled.
 */
export function createBody(model: ResourceModel, key: Key, desired: DesiredFields): JsonObject {
	const body: JsonObject = { ...namedKey(model, key) };
	for (const field of model.fields.all) {
		if (!field.writeOn.includes('create')) continue;
		const value = desired.fields.get(field.name)?.value ?? field.documentedDefault;
		if (value !== undefined) body[field.name] = value;
	}
	for (const { name, countsWhen } of model.fields.conditional) {
		if (countsWhen && body[countsWhen.field] !== countsWhen.equals) delete body[name];
	}
	for (const [name, value] of desired.unknownKeys) if (value !== null) body[name] = value;
	return completedBody(model, key, body, undefined);
}

/** A body with what belongs to what was named; `current` is what is stored of an existing record. */
export const completedBody = (
	{ completion }: ResourceModel,
	key: Key,
	body: JsonObject,
	current: Record<string, unknown> | undefined,
): JsonObject => completion?.complete(body, key, current) ?? body;

/** The body of an update: what was named and nothing else. Null clears a field. */
export function updateBody(model: ResourceModel, desired: DesiredFields): JsonObject {
	const body: JsonObject = {};
	for (const field of model.fields.all) {
		const given = desired.fields.get(field.name);
		if (given) body[field.name] = given.value;
	}
	for (const [name, value] of desired.unknownKeys) body[name] = value;
	return body;
}

/** Fields that were named but that this write does not take, and nulls that BroadWorks does not take. */
export function unwritable(model: ResourceModel, desired: DesiredFields, write: Write): Issue[] {
	const issues: Issue[] = [];
	for (const [name, { value, from }] of desired.fields) {
		const field = model.fields.get(name);
		const inPayload = from === 'payload' ? { inPayload: true as const } : {};
		if (!field.writeOn.includes(write)) {
			// Odin stores this very value anyway, so a profile given as Payload is no contradiction.
			if (write === 'create' && (value === null || value === field.storedWhenAbsent)) continue;
			issues.push({ label: field.label, reason: onlyOn(model, field), ...inPayload });
		} else if (write === 'update' && value === null && !field.clearable) {
			issues.push({ label: field.label, reason: "can't be cleared", ...inPayload });
		}
	}
	return issues;
}

/** What can't be sent whether the record exists or not. */
export const certainIssues = ({ fields }: ResourceModel, desired: DesiredFields): Issue[] =>
	[...desired.fields].flatMap(([name, { from }]) => {
		const { label, readable, secret, writeOn } = fields.get(name);
		if (readable || secret || writeOn.includes('create')) return [];
		const reason = "can be set only with the operation 'Update'";
		return [{ label, reason, ...(from === 'payload' && { inPayload: true as const }) }];
	});

function onlyOn({ noun }: ResourceModel, field: Field): string {
	if (isFixed(field))
		return `can't be changed; it is set for good when ${withArticle(noun)} is created`;
	return field.writeOn.includes('create')
		? `can be set only while ${withArticle(noun)} is created`
		: `can be set only on ${withArticle(noun)} that exists; use the Update operation`;
}

/** What is named without its password; Odin takes both together. */
export const missingSecrets = ({ fields }: ResourceModel, body: JsonObject): Issue[] =>
	fields.composed.flatMap((field) => {
		const [secret, value] = [secretPart(field), body[field.name]];
		if (!secret || !isObject(value) || value[secret.property] !== undefined) return [];
		return [{ label: secret.label, reason: `is needed with '${neededPart(field)?.label ?? ''}'` }];
	});

/** What counts only with a setting that nobody named: not left out without a word, with a password in it perhaps. */
export const unsettled = (model: ResourceModel, { fields }: DesiredFields): Issue[] =>
	model.fields.conditional.flatMap(({ name, label, countsWhen }) => {
		if (!countsWhen || isNothing(fields.get(name)?.value)) return [];
		const { documentedDefault } = model.fields.get(countsWhen.field);
		if (documentedDefault !== undefined || fields.has(countsWhen.field)) return [];
		return [{ label, reason: `applies only when ${conditionText(model, countsWhen)}` }];
	});

const isNothing = (value: JsonValue | undefined): boolean => value === undefined || value === null;

/** Needed fields that are missing, in view of all that will be stored. `has` tells whether a field has a value. */
export function missingNeeded(
	model: ResourceModel,
	valueOf: (name: string) => JsonValue | undefined,
	has: (name: string) => boolean,
): Issue[] {
	const issues: Issue[] = [];
	for (const field of model.fields.all) {
		const { neededWhen } = field;
		if (!neededWhen || valueOf(neededWhen.field) !== neededWhen.equals || has(field.name)) continue;
		const reason = `is needed when ${conditionText(model, neededWhen)}`;
		issues.push({ label: field.label, reason });
	}
	return issues;
}

/**
 * Hints on fields that were named but do nothing in view of all that will be stored: a prefix that is not enabled. One with
 * the value that it has anyway promises nothing.
 */
export function withoutEffect(
	model: ResourceModel,
	{ fields }: DesiredFields,
	valueOf: (name: string) => unknown,
): string[] {
	return [...fields].flatMap(([name, { value }]) => {
		const field = model.fields.get(name);
		const condition = field.onlyWith ?? field.neededWhen;
		if (!condition || value === null || value === field.storedWhenAbsent) return [];
		const decisive = model.fields.get(condition.field);
		if (isStoredAs(decisive, condition.equals, valueOf(condition.field))) return [];
		return [`'${field.label}' has no effect unless ${conditionText(model, condition)}`];
	});
}
