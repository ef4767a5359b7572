import { copyJson, isObject, type JsonValue } from '../values/json';
import { MASK, secretsIn } from '../secrets/redact';
import { composeObject, convertObject, convertTextList, convertRecordList } from './references';
import { convertValue, isAbsent, shown, type Conversion } from './convert';
import type { Issue } from '../values/issues';
import type { Field } from './field';
import type { GroupKey } from './key';
import type { ResourceModel } from './resourceModel';

/** The word of the form for no action; Odin knows it as an absent field or null. */
export const NO_ACTION = 'None';

/** What was given for one field. `null` asks Odin to clear it. */
export interface Given {
	value: JsonValue;
	/** Whether a form field named it, or Payload */
	from: 'form' | 'payload';
}

/** The fields that an item names, checked and converted. */
export interface DesiredFields {
	fields: Map<string, Given>;
	/** Keys of Payload that the catalogue does not know; they are sent as they are */
	unknownKeys: Map<string, JsonValue>;
	/** Keys of Payload that Odin only answers with; they are not sent */
	readOnlyKeys: string[];
	issues: Issue[];
}

function convertField(field: Field, raw: unknown, group: GroupKey): Conversion {
	switch (field.type) {
		case 'object':
			return convertObject(field, raw, group);
		case 'recordList':
			return convertRecordList(field, raw);
		case 'textList':
			return convertTextList(field, raw);
		case 'json':
			return copyJson(raw);
		case 'choice':
			return isAction(field) && raw === NO_ACTION ? { value: null } : convertValue(field, raw);
		default:
			return convertValue(field, raw);
	}
}

/** The three fields with the choice None. */
export const isAction = (field: Field): boolean =>
	field.type === 'choice' && field.clearable === true;

function readForm(
	{ fields }: ResourceModel,
	entries: Record<string, unknown>,
	group: GroupKey,
	overridableDefaults: Record<string, JsonValue>,
	desired: DesiredFields,
): void {
	for (const field of fields.all) {
		// The device of a list row has the name of a form entry, which belongs to accessDevice.
		if (field.writeOn.length === 0) continue;
		if (field.parts) {
			const { value, issues } = composeObject(field, entries, group);
			desired.issues.push(...issues);
			if (value) desired.fields.set(field.name, { value, from: 'form' });
			continue;
		}
		const raw = entries[field.name];
		if (isAbsent(raw) || (field.type === 'textList' && Array.isArray(raw) && raw.length === 0)) {
			continue;
		}
		const converted = convertField(field, raw, group);
		if ('refused' in converted) {
			desired.issues.push({ label: field.label, reason: converted.refused });
		} else if (
			converted.value !== overridableDefaults[field.name] ||
			!isGiven(desired, field.name)
		) {
			desired.fields.set(field.name, { value: converted.value, from: 'form' });
		}
	}
}

/** Where the text breaks. The parser's own message also quotes the text, and with it perhaps a password. */
function positionIn(error: unknown): string {
	const [, position] = /position (\d+)/.exec((error as Error).message) ?? [];
	return position === undefined ? '' : ` (at character ${position})`;
}

/** Whether Payload gives a field a value; null there asks for none. */
const isGiven = ({ fields }: DesiredFields, name: string): boolean =>
	(fields.get(name)?.value ?? null) !== null;

export type Payload = { keys: Record<string, unknown> } | { refused: string };

/** Payload comes as a JSON text or, from an expression, as an object. */
export function parsePayload(raw: unknown): Payload {
	if (isAbsent(raw)) return { keys: {} };
	let parsed: unknown = raw;
	if (typeof raw === 'string') {
		try {
			parsed = JSON.parse(raw.replace(/^\uFEFF/, ''));
		} catch (error) {
			return { refused: `takes a JSON object, and this text is not JSON${positionIn(error)}` };
		}
	}
	// A date of an expression is an object too, without any key.
	if (isObject(parsed) && typeof parsed.toJSON === 'function') parsed = parsed.toJSON();
	return isObject(parsed)
		? { keys: parsed }
		: // A text is not shown: a password may be inside.
			{
				refused: `takes a JSON object, not ${typeof parsed === 'string' ? 'a text' : shown(parsed)}`,
			};
}

function readPayloadKey(
	{ fields }: ResourceModel,
	name: string,
	raw: unknown,
	group: GroupKey,
	desired: DesiredFields,
): void {
	if (raw === undefined || raw === '') return;
	const field = fields.find(name);
	if (!field) {
		const copied = name === '__proto__' ? { refused: 'is not allowed as a key' } : copyJson(raw);
		if ('refused' in copied) {
			// A key without a name can't be named.
			desired.issues.push(
				name === ''
					? { label: 'Payload', reason: `has an empty key, whose value ${copied.refused}` }
					: { label: name, reason: copied.refused, inPayload: true },
			);
		} else {
			desired.unknownKeys.set(name, copied.value);
		}
		return;
	}
	if (field.writeOn.length === 0) {
		desired.readOnlyKeys.push(name);
		return;
	}
	const converted: Conversion = raw === null ? { value: null } : convertField(field, raw, group);
	if ('refused' in converted) {
		desired.issues.push({ label: field.label, reason: converted.refused, inPayload: true });
	} else {
		desired.fields.set(name, { value: converted.value, from: 'payload' });
	}
}

/** Secrets that were masked, as in the request of a preview: Odin would take the mask for the secret. */
export function hiddenSecrets(
	model: ResourceModel,
	{ fields, unknownKeys }: DesiredFields,
): Issue[] {
	const reason = `shows a hidden password ("${MASK}"), not a password`;
	const isHidden = (name: string, value: JsonValue) => secretsIn({ [name]: value }).includes(MASK);
	const issues: Issue[] = [];
	for (const [name, { value, from }] of fields) {
		if (!isHidden(name, value)) continue;
		const { label } = model.fields.get(name);
		issues.push({ label, reason, ...(from === 'payload' && { inPayload: true }) });
	}
	for (const [name, value] of unknownKeys) {
		if (isHidden(name, value)) issues.push({ label: name, reason, inPayload: true });
	}
	return issues;
}

export interface DesiredInput {
	model: ResourceModel;
	/** The form entries by name, collections flattened */
	entries: Record<string, unknown>;
	payload: Payload;
	/** What parts of object fields default to */
	group: GroupKey;
	/** Parameters that are always there: with this value they give way to Payload */
	overridableDefaults?: Record<string, JsonValue>;
}

/** Reads what an item asks for: Payload first, then the form fields, which win. The input is not changed or kept. */
export function readDesired(input: DesiredInput): DesiredFields {
	const desired: DesiredFields = {
		fields: new Map(),
		unknownKeys: new Map(),
		readOnlyKeys: [],
		issues: [],
	};
	const { model, payload } = input;
	if ('refused' in payload) desired.issues.push({ label: 'Payload', reason: payload.refused });
	else
		for (const [name, raw] of Object.entries(payload.keys))
			readPayloadKey(model, name, raw, input.group, desired);
	readForm(model, input.entries, input.group, input.overridableDefaults ?? {}, desired);
	return desired;
}
