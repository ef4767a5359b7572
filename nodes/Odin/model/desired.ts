import { FURTHER_FIELDS, type Issue } from '../values/issues';
import { copyJson, isObject, type JsonObject, type JsonValue } from '../values/json';
import { isAbsent, listed, quoted } from '../values/text';
import { readClearFields } from './clearFields';
import { dropUncounted } from './conditions';
import { convertValue } from './convert';
import { isStoredAs, isSameName } from './equivalence';
import { choicesOf, hasNone, NONE, secretPart, type Field } from './field';
import { tidy, type Tidied } from './freeform';
import { isKeyField, namedKey, type Key } from './key';
import { keyNames, namesMeant } from './keyNames';
import type { Payload } from './payload';
import {
	composeObject,
	convertObject,
	convertRecordList,
	convertTextList,
	isNamed,
	neededEntry,
	partIn,
	putPart,
} from './references';
import type { ResourceModel } from './resourceModel';

/** What was given for one field. `null` asks Odin to clear it. */
export interface Given {
	value: JsonValue;
	/** Whether a form field named it, a column, or Payload */
	from: 'form' | 'columns' | 'payload';
}

/** The fields that an item names, checked and converted. What it is known by is not among them. */
export interface DesiredFields {
	fields: Map<string, Given>;
	/** Keys of Payload that the catalogue does not know; they are sent as they are */
	unknownKeys: Map<string, JsonValue>;
	/** Keys of Payload that Odin only answers with; they are not sent */
	readOnlyKeys: string[];
	/** What is unusual, without being wrong */
	hints: string[];
	issues: Issue[];
}

export interface DesiredInput {
	model: ResourceModel;
	/** The form entries by name, collections flattened */
	entries: Record<string, unknown>;
	/** Values of columns by the name of their field, converted. They count above Payload */
	columns?: ReadonlyMap<string, JsonValue>;
	payload: Payload;
	/** What the item is about. Parts of object fields default to its group */
	key: Key;
	/** Whether null in Payload clears a field, as in an update, or gives nothing */
	nulls?: 'clear' | 'ignore';
	/** What becomes of keys of Payload that the catalogue does not know */
	unknownFields?: 'send' | 'ignore' | 'refuse';
	/** The parameter Clear Fields */
	clearFields?: unknown;
	/** Parameters that are always there: with this value they give way to Payload */
	overridableDefaults?: Record<string, JsonValue>;
}

/** Without a value nothing was given. */
export function convertField(field: Field, raw: unknown, key: Key): Tidied {
	switch (field.type) {
		case 'object':
			return convertObject(field, raw, key);
		case 'recordList':
			return convertRecordList(field, raw);
		case 'textList':
			return convertTextList(field, raw);
		case 'json':
			return tidyAny(field.name, raw);
		case 'choice':
			return convertChoice(field, raw);
		default:
			return convertValue(field, raw);
	}
}

function tidyAny(name: string, raw: unknown): Tidied {
	const copied = copyJson(raw);
	return 'refused' in copied ? copied : tidy(name, copied.value);
}

function convertChoice(field: Field, raw: unknown): Tidied {
	const converted = convertValue({ ...field, choices: choicesOf(field) }, raw);
	const isNone = hasNone(field) && 'value' in converted && converted.value === NONE;
	return isNone ? { value: null } : converted;
}

/** Whether Payload gives a field a value; null there asks for none. */
const isGiven = ({ fields }: DesiredFields, name: string): boolean =>
	(fields.get(name)?.value ?? null) !== null;

/** What Payload says of the parts of objects, by the names of the form. */
type FormNames = Record<string, unknown>;

function readPayload(
	input: DesiredInput,
	keys: Record<string, unknown>,
	desired: DesiredFields,
): FormNames {
	const formNames: FormNames = {};
	const unknown: string[] = [];
	const { entries } = keyNames(input.model);
	for (const [name, raw] of Object.entries(keys)) {
		const isCleared = raw === null && input.nulls === 'clear';
		if (isAbsent(raw) && !isCleared) continue;
		if (isKeyField(input.model, name)) compareKeyField(input, name, raw, desired);
		else if (entries.get(name)?.parts) formNames[name] = raw;
		else if (entries.has(name)) readKnownKey(input, entries.get(name)!.name, raw, desired);
		else if (input.model.fields.find(name)) readKnownKey(input, name, raw, desired);
		else if (readUnknownKey(input, name, raw, desired)) unknown.push(name);
	}
	if (unknown.length > 0) {
		const becomes = input.unknownFields === 'ignore' ? 'left out' : 'therefore did not check';
		desired.hints.push(
			`'${FURTHER_FIELDS}' names ${listed(unknown)}, which this node does not know and ${becomes}`,
		);
	}
	if (desired.readOnlyKeys.length > 0) {
		const names = listed(desired.readOnlyKeys);
		desired.hints.push(`'${FURTHER_FIELDS}' names ${names}, which only Odin itself sets; left out`);
	}
	return formNames;
}

/** What the item is known by is said by its parameters. */
function compareKeyField(
	{ model, key }: DesiredInput,
	name: string,
	raw: unknown,
	{ hints }: DesiredFields,
): void {
	const asked = namedKey(model, key)[name] ?? '';
	if (raw === null || asked === '' || isSameName(asked, raw)) return;
	hints.push(`'${name}' in '${FURTHER_FIELDS}' differs from the parameter, which takes precedence`);
}

function readKnownKey(
	{ model, key }: DesiredInput,
	name: string,
	raw: unknown,
	desired: DesiredFields,
): void {
	const field = model.fields.get(name);
	if (field.writeOn.length === 0) {
		desired.readOnlyKeys.push(name);
		return;
	}
	const converted: Tidied = raw === null ? { value: null } : convertField(field, raw, key);
	if ('refused' in converted) {
		desired.issues.push({ label: field.label, reason: converted.refused, inPayload: true });
	} else if (converted.value !== undefined) {
		const other = desired.fields.get(name);
		if (other && !isStoredAs(field, converted.value, other.value)) {
			const reason = 'has two names, with different values';
			desired.issues.push({ label: field.label, reason, inPayload: true });
		}
		desired.fields.set(name, { value: converted.value, from: 'payload' });
	}
}

/** Whether it is one that a hint should name. */
function readUnknownKey(
	{ model, unknownFields }: DesiredInput,
	name: string,
	raw: unknown,
	desired: DesiredFields,
): boolean {
	const refuse = (reason: string) => {
		desired.issues.push({ label: name, reason, inPayload: true });
		return false;
	};
	const meant = namesMeant(model, name);
	if (meant.length > 0) return refuse(`is not a field; use ${listed(meant)}`);
	const tidied = name === '__proto__' ? { refused: 'is not allowed as a key' } : tidyKey(name, raw);
	if ('refused' in tidied) {
		// A key without a name can't be named.
		if (name !== '') return refuse(tidied.refused);
		const reason = `has an empty key, whose value ${tidied.refused}`;
		desired.issues.push({ label: FURTHER_FIELDS, reason });
		return false;
	}
	if (tidied.value === undefined) return false;
	if (unknownFields === 'refuse') return refuse('is not a field that this node knows');
	if (unknownFields !== 'ignore') desired.unknownKeys.set(name, tidied.value);
	return true;
}

const tidyKey = (name: string, raw: unknown): Tidied =>
	raw === null ? { value: null } : tidyAny(name, raw);

/** Said of a column beside a parameter that is filled, too. */
export const differsFromParameter = (label: string): string =>
	`Column ${quoted(label)} differs from the parameter, which takes precedence`;

function readForm(input: DesiredInput, formNames: FormNames, desired: DesiredFields): void {
	const { model, entries, overridableDefaults = {} } = input;
	for (const field of model.fields.all) {
		// A column of a list may have the name of a form entry that belongs to another field.
		if (field.writeOn.length === 0 || isKeyField(model, field.name)) continue;
		if (field.parts) {
			readParts(input, field, formNames, desired);
			continue;
		}
		const raw = entries[field.entry ?? field.name];
		if (isAbsent(raw)) continue;
		const converted = convertField(field, raw, input.key);
		if ('refused' in converted) {
			desired.issues.push({ label: field.label, reason: converted.refused });
			continue;
		}
		const { value } = converted;
		// An empty list is what the form has where nothing was added.
		if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
		if (value === overridableDefaults[field.name] && isGiven(desired, field.name)) continue;
		const other = desired.fields.get(field.name);
		if (other?.from === 'columns' && !isStoredAs(field, value, other.value)) {
			desired.hints.push(differsFromParameter(field.label));
		}
		desired.fields.set(field.name, { value, from: 'form' });
	}
}

/** An object from the form's entries for its parts, which Payload may name too. */
function readParts(
	{ entries, key }: DesiredInput,
	field: Field,
	formNames: FormNames,
	desired: DesiredFields,
): void {
	const names = (field.parts ?? []).flatMap(({ entry }) => entry ?? []);
	const inForm = names.filter((name) => !isAbsent(entries[name]));
	const needed = neededEntry(field);
	const isInForm = isNamed(field, (entry) => inForm.includes(entry));
	const whole = desired.fields.get(field.name)?.value;
	if (!isInForm && isObject(whole)) {
		completeObject(field, whole, formNames, desired.issues);
		completeSecret(field, whole, entries, desired.issues);
		return;
	}
	if (!isInForm && needed !== undefined && formNames[needed] === null) {
		desired.fields.set(field.name, { value: null, from: 'payload' });
		return;
	}
	const given = Object.fromEntries(
		names.map((name) => [name, inForm.includes(name) ? entries[name] : formNames[name]]),
	);
	const { value, issues } = composeObject(field, given, key);
	for (const { entry, label, reason } of issues) {
		desired.issues.push({ label, reason, ...(!inForm.includes(entry) && { inPayload: true }) });
	}
	if (value) {
		desired.fields.set(field.name, { value, from: isInForm ? 'form' : 'payload' });
	}
}

/** Payload gives the object whole and its parts by the form's names. What they agree on is no contradiction. */
function completeObject(
	{ name, parts = [] }: Field,
	whole: JsonObject,
	formNames: FormNames,
	issues: Issue[],
): void {
	for (const part of parts) {
		const { entry, label } = part;
		if (entry === undefined || isAbsent(formNames[entry])) continue;
		const converted = convertValue(part, formNames[entry]);
		const stored = partIn(whole, part);
		if ('refused' in converted) {
			issues.push({ label, reason: converted.refused, inPayload: true });
		} else if (stored === undefined) {
			putPart(whole, part, converted.value);
		} else if (!isStoredAs(undefined, converted.value, stored)) {
			const reason = `differs from '${name}' in '${FURTHER_FIELDS}'`;
			issues.push({ label: entry, reason, inPayload: true });
		}
	}
}

/** Payload gives the object, and the form its password, which should not stand in data. */
function completeSecret(
	field: Field,
	whole: JsonObject,
	entries: Record<string, unknown>,
	issues: Issue[],
): void {
	const part = secretPart(field);
	if (part?.entry === undefined || isAbsent(entries[part.entry])) return;
	const converted = convertValue(part, entries[part.entry]);
	if ('refused' in converted) issues.push({ label: part.label, reason: converted.refused });
	else putPart(whole, part, converted.value);
}

/** Reads what an item asks for: Payload first, then the columns, then the form fields, each winning over those before. The input is not changed or kept. */
export function readDesired(input: DesiredInput): DesiredFields {
	const desired: DesiredFields = {
		fields: new Map(),
		unknownKeys: new Map(),
		readOnlyKeys: [],
		hints: [],
		issues: [],
	};
	const { payload } = input;
	const isRead = 'keys' in payload;
	if (!isRead) desired.issues.push({ label: FURTHER_FIELDS, reason: payload.refused });
	const formNames = isRead ? readPayload(input, payload.keys, desired) : {};
	for (const [name, value] of input.columns ?? []) {
		desired.fields.set(name, { value, from: 'columns' });
	}
	readForm(input, formNames, desired);
	readClearFields(input, desired);
	dropUncounted(input.model, desired, (name) => desired.fields.get(name)?.value);
	return desired;
}
