import type { ItemParameters, MappedRow, ParameterRule } from '../execution/parameters';
import { convertValue } from '../model/convert';
import { convertField, differsFromParameter } from '../model/desired';
import { isStoredAs, isSameName } from '../model/equivalence';
import type { Field, Part } from '../model/field';
import type { Tidied } from '../model/freeform';
import { isKeyField, lookupKey, type GroupKey } from '../model/key';
import { keyNames, namesMeant } from '../model/keyNames';
import type { Payload } from '../model/payload';
import { partIn, putPart } from '../model/references';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { isAbsent, listed, withoutSpelling } from '../values/text';
import { wireText } from '../values/wireValues';
import type { Provisioned } from './resource';

/** One cell of a row. */
interface Cell {
	heading: string;
	value: unknown;
}

/** The filled cells of an item, by what their headings name. */
export interface Columns {
	/** By the name of a field, of a form entry for a part of an object, or of a key field */
	cells: ReadonlyMap<string, readonly Cell[]>;
	/** Of the incoming item, where its own keys decide */
	headings: readonly string[];
	/** What is headed, filled or not */
	headed: ReadonlySet<string>;
	/** Headings that name no field */
	unknown: readonly string[];
	hints: string[];
}

/** What a row says of the fields of a record. */
export interface ColumnFields {
	/** By the name of the field */
	fields: ReadonlyMap<string, JsonValue>;
	/** Parts of object fields by the names of the form */
	parts: JsonObject;
}

/** Whether the item's fields come from columns. */
const usesColumns = (parameters: ItemParameters): boolean =>
	parameters.read('fieldsMode') === 'columns';

/** The columns of an item; undefined where 'More Fields' takes none. */
export function readColumns(parameters: ItemParameters, model: Provisioned): Columns | undefined {
	return usesColumns(parameters) ? sorted(model, parameters.mapped('columns')) : undefined;
}

function sorted(model: Provisioned, { isAutomatic, row }: MappedRow): Columns {
	const cells = new Map<string, Cell[]>();
	const headed = new Set<string>();
	const unknown: string[] = [];
	for (const [heading, value] of Object.entries(row)) {
		const name = nameOf(model, heading);
		if (name !== undefined) headed.add(name);
		if (name === undefined) {
			if (!isAbsent(isAutomatic ? heading : value)) unknown.push(heading);
		} else if (!isAbsent(value)) {
			cells.set(name, [...(cells.get(name) ?? []), { heading, value }]);
		}
	}
	return {
		cells,
		headings: isAutomatic ? Object.keys(row) : [],
		headed,
		unknown,
		hints: unknown.length === 0 ? [] : [unknownText(model, unknown)],
	};
}

/** In an output item that tells what became of a row: a workflow sees no hints. */
export const unknownColumns = (columns: Columns | undefined): { unknownColumns?: string[] } =>
	columns && columns.unknown.length > 0 ? { unknownColumns: [...columns.unknown] } : {};

const unknownText = ({ noun }: Provisioned, headings: string[]): string =>
	headings.length === 1
		? `Column ${listed(headings)} is not a field of a ${noun} and was not sent`
		: `Columns ${listed(headings)} are not fields of a ${noun} and were not sent`;

/** Rows of a sheet have the same headings, row after row; rows of a program may have any. */
const MAX_REMEMBERED = 1000;
const MAX_LENGTH = 200;

const remembered = new WeakMap<Provisioned, Map<string, string | undefined>>();

/** What a heading names: Odin's name, the form's name or the label, however it is spelled. */
function nameOf(model: Provisioned, heading: string): string | undefined {
	const names = remembered.get(model) ?? new Map<string, string | undefined>();
	remembered.set(model, names);
	if (names.has(heading)) return names.get(heading);
	const name = findName(model, heading);
	if (names.size >= MAX_REMEMBERED) names.clear();
	if (heading.length <= MAX_LENGTH) names.set(heading, name);
	return name;
}

function findName(model: Provisioned, heading: string): string | undefined {
	const exact = meaning(model, heading);
	if (exact) return exact.name;
	const meant = new Set(namesMeant(model, heading).map((name) => meaning(model, name)?.name));
	if (meant.size === 0) return ownHeadings(model).get(withoutSpelling(heading));
	return meant.size === 1 ? [...meant][0] : undefined;
}

const known = new WeakMap<Provisioned, ReadonlyMap<string, string>>();

/** Headings that are known only where columns are: what the form calls the record, and its switches. */
function ownHeadings(model: Provisioned): ReadonlyMap<string, string> {
	let headings = known.get(model);
	if (!headings) {
		const { id, label, fields, form } = model;
		const idLabel = fields.get(id).label;
		const ofId = [label, `${label} ${idLabel}`, form.newId, form.locator.name].map(
			(heading) => [heading, id] as const,
		);
		const switches = fields.composed
			.flatMap(({ parts = [] }) => parts)
			.flatMap(({ setWith }) => (setWith ? [setWith] : []))
			.flatMap(({ entry, label: heading }) => [entry, heading].map((one) => [one, entry] as const));
		headings = new Map(
			[...ofId, ...switches].map(([heading, name]) => [withoutSpelling(heading), name]),
		);
		known.set(model, headings);
	}
	return headings;
}

/** A key parameter, or the column for it where the parameter is empty. */
export function neededKey(
	parameters: ItemParameters,
	rule: ParameterRule,
	{ parameter, columns }: { parameter: string; columns: Columns | undefined },
): string {
	const given = parameters.locator(parameter);
	const [cell, ...others] = columns?.cells.get(rule.name) ?? [];
	if (!columns || !cell) return parameters.needed(rule, given);
	if (!isAbsent(given)) {
		if (!isSameName(wireText(given), cell.value)) {
			columns.hints.push(differsFromParameter(cell.heading));
		}
		return parameters.needed(rule, given);
	}
	const text = parameters.needed(rule, cell.value);
	const other = others.find(({ value }) => wireText(value) !== wireText(cell.value));
	if (other) parameters.issues.push(contradiction(rule.label, [cell, other]));
	return text;
}

/** Says which columns there are, where one for the key is missing. */
export function refuseMissingKey(
	{ issues }: ItemParameters,
	model: Provisioned,
	columns: Columns | undefined,
): void {
	if (!columns || columns.headings.length === 0) return;
	const isNeeded = issues.some(({ reason }) => reason === 'is needed');
	const isHeaded = Object.keys(lookupKey(model, NO_KEY)).every((name) => columns.headed.has(name));
	if (!isNeeded || isHeaded) return;
	issues.push({ label: '', reason: `the columns are ${listed(columns.headings)}` });
}

const NO_KEY = { serviceProviderId: '', groupId: '', id: '' };

const contradiction = (label: string, cells: readonly Cell[]) => ({
	label,
	reason: `has several columns with different values: ${listed(cells.map(({ heading }) => heading))}`,
});

/** Payload with the columns, which count above it, for those who look at single keys. */
export const withColumns = (payload: Payload, columns: Columns | undefined): Payload =>
	columns && 'keys' in payload
		? {
				keys: {
					...payload.keys,
					...Object.fromEntries([...columns.cells].map(([name, [cell]]) => [name, cell!.value])),
				},
			}
		: payload;

/** Checks and converts the cells of a row. What can't be used is added to the issues of `parameters`. */
export function columnFields(
	{ issues }: ItemParameters,
	model: Provisioned,
	group: GroupKey & { id: string },
	{ cells, hints }: Columns,
): ColumnFields {
	const fields = new Map<string, JsonValue>();
	const parts: JsonObject = {};
	const readOnly: string[] = [];
	/** The one value of all cells for the same thing */
	const converted = (
		{ label }: { label: string },
		own: readonly Cell[],
		convert: (value: unknown) => Tidied,
		field?: Field,
	): JsonValue | undefined => {
		let first: { value: JsonValue; cell: Cell } | undefined;
		for (const cell of own) {
			const result = convert(cell.value);
			if ('refused' in result) {
				issues.push({ label, reason: result.refused, column: cell.heading });
				return undefined;
			}
			const { value } = result;
			// An empty list is what a form has where nothing was added.
			if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
			if (first && !isStoredAs(field, first.value, value)) {
				issues.push(contradiction(label, [first.cell, cell]));
				return undefined;
			}
			first ??= { value, cell };
		}
		return first?.value;
	};
	for (const [name, own] of cells) {
		const { field, part } = meaning(model, name) ?? {};
		if (!field || isKeyField(model, field.name)) continue;
		if (part) {
			const value = converted(part, own, (raw) => convertValue(part, raw));
			if (value !== undefined) parts[name] = value;
		} else if (field.writeOn.length === 0) {
			readOnly.push(own[0]!.heading);
		} else {
			const value = converted(field, own, (raw) => convertField(field, raw, group), field);
			if (value !== undefined) fields.set(name, value);
		}
	}
	for (const field of model.fields.composed) {
		const whole = fields.get(field.name);
		if (isObject(whole)) issues.push(...joinParts(field, whole, parts));
	}
	if (readOnly.length > 0) {
		hints.push(`Columns that only Odin itself sets, left out: ${listed(readOnly)}`);
	}
	return { fields, parts };
}

/** What a cell is for, by the one name that all headings for it lead to. */
interface Meaning {
	name: string;
	field: Field;
	/** Of the field, an object */
	part?: Part;
}

/** The names of the form come first: a list may have a column of the same name. */
function meaning(model: Provisioned, name: string): Meaning | undefined {
	const field = keyNames(model).entries.get(name) ?? model.fields.find(name);
	if (!field) return undefined;
	const part = field.parts?.find(({ entry }) => entry === name);
	return part ? { name, field, part } : { name: field.name, field };
}

/** A row has an object whole and columns for its parts, which must agree. The parts are taken out of `parts`. */
function joinParts(field: Field, whole: JsonObject, parts: JsonObject) {
	return (field.parts ?? []).flatMap((part) => {
		const { entry = '', label } = part;
		const value = parts[entry];
		if (value === undefined) return [];
		delete parts[entry];
		const stored = partIn(whole, part);
		if (stored === undefined) putPart(whole, part, value);
		return stored === undefined || isStoredAs(undefined, value, stored)
			? []
			: [{ label, reason: `differs from column '${field.name}'` }];
	});
}
