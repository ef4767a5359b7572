import type { IDataObject } from 'n8n-workflow';
import { readDesired, type DesiredFields } from '../model/desired';
import { compareWithProfile } from '../model/diff';
import { isStoredAs, isUnset, zeroHints } from '../model/equivalence';
import { isFixed, type Field } from '../model/field';
import { isKeyField, lookupKey, type Key } from '../model/key';
import { stillMissing } from '../model/reconcile';
import { completedBody, updateBody } from '../model/requestBody';
import type { ResourceModel } from '../model/resourceModel';
import { summarise } from '../model/summary';
import { maskedAt, secretsIn } from '../secrets/redact';
import type { OdinClient } from '../transport/odinClient';
import { OdinError } from '../transport/odinError';
import { issuesText } from '../values/issues';
import type { JsonObject, JsonValue } from '../values/json';
import { listed } from '../values/text';
import { deleteRecord } from './operations/delete';
import type { Plan } from './preview';
import { put } from './put';
import type { Profile } from './read';
import type { Provisioned, ReferenceWatch } from './resource';

/** A field that a write changed. */
export interface FieldChange {
	field: string;
	from: JsonValue;
	to: JsonValue;
}

/** Something that is left as it is, and why. */
export interface Stay {
	field?: string;
	reason: string;
}

/** How a write, or a part of it, is taken back: the changes are from what Odin shows now → to what was before. */
export interface Back extends Plan {
	stays: Stay[];
	hints?: string[];
	/** Carries it out; only where the outcome is not `unchanged`. Returns what Odin then shows. Throws OdinError. */
	run(odin: OdinClient): Promise<Profile | undefined>;
}

/** Nothing is sent: it is as it was before, or it stays. */
export const stay = (...stays: Stay[]): Back => ({
	outcome: 'unchanged',
	changes: [],
	request: null,
	stays,
	run: async () => undefined,
});

/** Gives fields the values back that they had, each only where Odin shows what the write left. */
export function planRestore(
	model: ResourceModel,
	key: Key,
	changes: readonly FieldChange[],
	profile: Profile,
): Back {
	const stays: Stay[] = [];
	const before: JsonObject = {};
	for (const change of changes) {
		const reason = reasonToLeave(model, change, profile);
		if (reason === undefined) before[change.field] = unlessUnset(model, change);
		else if (reason !== AS_BEFORE) stays.push({ field: change.field, reason });
	}
	const read = (payload: JsonObject) =>
		readDesired({ model, key, entries: {}, payload: { keys: payload }, nulls: 'clear' });
	for (const [field, value] of Object.entries(before)) {
		const { issues } = read({ [field]: value });
		if (issues.length === 0) continue;
		stays.push({ field, reason: `had a value that can't be sent: ${issuesText(issues)}` });
		delete before[field];
	}
	const desired = read(before);
	const body = updateBody(model, desired);
	for (const field of Object.keys(before)) {
		if (!Object.hasOwn(body, field)) {
			stays.push({ field, reason: 'does not apply with the previous values' });
		}
	}
	if (Object.keys(body).length === 0) return stay(...stays);
	const whole = completedBody(model, key, body, profile);
	const missing = stillMissing(model, whole, profile);
	if (missing.length > 0) {
		const reason = `can't go back alone: ${issuesText(missing)}`;
		return stay(...stays, ...Object.keys(body).map((field) => ({ field, reason })));
	}
	return {
		outcome: 'updated',
		changes: Object.entries(body).map(([field, to]) => ({
			field,
			from: maskedAt(field, (profile[field] ?? null) as JsonValue),
			to: maskedAt(field, to),
		})) as IDataObject[],
		request: { method: 'PUT', path: model.path, body: { ...lookupKey(model, key), ...whole } },
		stays,
		hints: zeroHints(model, before),
		run: async (odin) => await put(odin, model, { key, body: whole, attempt: {} }),
	};
}

const AS_BEFORE = '';

/** Why a field is not given back; empty where it is as before already. */
function reasonToLeave(
	model: ResourceModel,
	{ field, from, to }: FieldChange,
	profile: Profile,
): string | undefined {
	const known = model.fields.find(field);
	if (isKeyField(model, field)) return 'says which record it is, and is not changed';
	if (secretsIn({ from: { [field]: from }, to: { [field]: to } }).length > 0) {
		return 'is or has a password, which Odin never returns';
	}
	if (known && (known.secret || !known.readable)) return 'is not returned by Odin';
	if (shows(model, field, from, profile)) return AS_BEFORE;
	if (!shows(model, field, to, profile)) {
		return `is now ${text(profile[field])}, not ${text(to)}`;
	}
	if (known && (isFixed(known) || !known.writeOn.includes('update'))) return "can't be changed";
	const isCleared = isStoredAs(known, null, from);
	return isCleared && !known?.clearable ? "was empty before, and can't be cleared" : undefined;
}

const text = (value: unknown): string => (isUnset(value) ? 'empty' : JSON.stringify(value));

/** What had no value is cleared; Odin shows some objects also where nothing is set. */
const unlessUnset = ({ fields }: ResourceModel, { field, from }: FieldChange): JsonValue =>
	isStoredAs(fields.find(field), null, from) ? null : from;

/** Whether Odin shows this very value; what it does not show at all is none. */
function shows(model: ResourceModel, field: string, value: JsonValue, profile: Profile): boolean {
	const isKnown = model.fields.find(field) !== undefined;
	const desired: DesiredFields = {
		fields: new Map(isKnown ? [[field, { value, from: 'payload' as const }]] : []),
		unknownKeys: new Map(isKnown ? [] : [[field, value]]),
		...{ readOnlyKeys: [], hints: [], issues: [] },
	};
	const { differences, incomparable } = compareWithProfile(model, desired, profile);
	return differences.length + incomparable.length === 0;
}

/** What of a record that was created is no longer as it was left; fields that Odin alone writes do not count. */
export function changedSince(
	model: ResourceModel,
	key: Key,
	left: Record<string, unknown>,
	profile: Profile,
): Stay[] {
	const summary = summarise(model, key, profile);
	const added = isWhole(model, left, profile)
		? Object.keys(profile).filter((name) => !Object.hasOwn(left, name))
		: [];
	const asLeft = [...Object.entries(left), ...added.map((name) => [name, null] as const)];
	return asLeft.flatMap(([name, value]): Stay[] => {
		const column = model.summary.find((one) => one.name === name && one.field !== undefined);
		if (!isWritten(model, column?.field ?? name)) return [];
		const asked = (value ?? null) as JsonValue;
		const isAsLeft = column
			? isStoredAs(undefined, asked, summary[name])
			: shows(model, name, asked, profile);
		const now = column ? summary[name] : profile[name];
		return isAsLeft ? [] : [{ field: name, reason: `is now ${text(now)}, not ${text(value)}` }];
	});
}

/**
 * Of a record that was created, what an item that shows only some fields (Simplify) leaves open: whatever has another value than
 * by default was asked for, or somebody has changed it since.
 */
export function untoldOf(
	model: ResourceModel,
	left: Record<string, unknown>,
	profile: Profile,
): Stay[] {
	if (isWhole(model, left, profile)) return [];
	const told = new Set([
		...Object.keys(left),
		...model.summary.filter(({ name }) => Object.hasOwn(left, name)).map(({ field }) => field),
	]);
	const isDefault = ({ name, documentedDefault, storedWhenAbsent }: Field) =>
		shows(model, name, documentedDefault ?? storedWhenAbsent ?? null, profile);
	return model.fields.all
		.filter((field) => isWritten(model, field.name) && !told.has(field.name) && !isDefault(field))
		.map(({ name }) => ({
			field: name,
			reason: `is ${text(profile[name])}, and the simplified item does not show what it was`,
		}));
}

/** Whether others than Odin write a field that profiles show, beside the key. */
function isWritten(model: ResourceModel, name: string): boolean {
	const field = model.fields.find(name);
	return (
		field !== undefined &&
		!isKeyField(model, name) &&
		!field.secret &&
		field.readable &&
		field.writeOn.length > 0
	);
}

/** Whether an item shows all of a record and not some fields only: what it then leaves out had no value. */
const isWhole = (
	{ fields, summary }: ResourceModel,
	left: Record<string, unknown>,
	profile: Profile,
): boolean =>
	!summary.some(({ name, field }) => field !== undefined && Object.hasOwn(left, name)) &&
	fields.all
		.filter(({ name }) => Object.hasOwn(profile, name))
		.filter(hasValueAlways)
		.every(({ name }) => Object.hasOwn(left, name));

const hasValueAlways = ({
	requiredOnCreate,
	documentedDefault,
	storedWhenAbsent,
}: Field): boolean =>
	requiredOnCreate === true || (documentedDefault ?? storedWhenAbsent) !== undefined;

/** Deletes a record that was created, as long as it is as it was left and nothing uses it. */
export function planRemoval(
	model: Provisioned,
	key: Key,
	{ changed, isUsed }: { changed: Stay[]; isUsed: string | undefined },
): Back {
	const stays = [...changed, ...(isUsed === undefined ? [] : [{ reason: isUsed }])];
	if (stays.length > 0) return stay(...stays);
	return {
		outcome: 'deleted',
		changes: [],
		request: { method: 'DELETE', path: model.path, body: null },
		query: lookupKey(model, key),
		stays,
		async run(odin) {
			const refused = await deleteRecord(odin, model, { key, attempt: {} });
			// Somebody else deleted it in between.
			if (refused && refused.kind !== 'notFound') throw refused;
			return undefined;
		},
	};
}

/** A record that others refer to by its name is in use, and stays. */
export async function unlessReferred(
	odin: OdinClient,
	watch: ReferenceWatch | undefined,
	key: Key,
	back: Back,
): Promise<Back> {
	if (!watch || back.outcome !== 'deleted') return back;
	const { references, hints } = await watch.before(odin, key, 'delete');
	if (references.length === 0) return { ...back, hints };
	const names = [...new Set(references.map(({ name }) => String(name)))];
	return stay({
		reason: `it is in use: ${listed(names)} ${names.length === 1 ? 'reroutes' : 'reroute'} to it`,
	});
}

/** What uses a record, in the words of its deletion; undefined for nothing. Throws OdinError. */
export async function useOf(
	odin: OdinClient,
	model: Provisioned,
	key: Key,
	profile: Profile,
): Promise<string | undefined> {
	const plan = model.deletion?.plan(odin, key, profile, { flags: {}, earlier: undefined });
	return await Promise.resolve(plan).then(
		() => undefined,
		(error: unknown) => {
			if (error instanceof OdinError && error.kind === 'refused' && !error.httpStatus) {
				return error.message;
			}
			throw error;
		},
	);
}
