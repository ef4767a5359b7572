import type { ItemParameters } from '../execution/parameters';
import { convertValue } from '../model/convert';
import { convertField } from '../model/desired';
import { isStoredAs } from '../model/equivalence';
import type { Field } from '../model/field';
import type { Tidied } from '../model/freeform';
import { isKeyField, type Key } from '../model/key';
import { partIn, putPart } from '../model/references';
import type { Issue } from '../values/issues';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { listed } from '../values/text';
import { meaning } from './columnHeadings';
import { contradiction, type Cell, type Columns } from './columns';
import type { Provisioned } from './resource';

/** What a row says of the fields of a record. */
export interface ColumnFields {
	/** By the name of the field */
	fields: ReadonlyMap<string, JsonValue>;
	/** Parts of object fields by the names of the form */
	parts: JsonObject;
}

/** Checks and converts the cells of a row. What can't be used is added to the issues of `parameters`. */
export function columnFields(
	{ issues }: ItemParameters,
	model: Provisioned,
	key: Key,
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
			const value = converted(field, own, (raw) => convertField(field, raw, key), field);
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

/** A row has an object whole and columns for its parts, which must agree. The parts are taken out of `parts`. */
function joinParts(field: Field, whole: JsonObject, parts: JsonObject): Issue[] {
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
