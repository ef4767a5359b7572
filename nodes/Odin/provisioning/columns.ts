import type { ItemParameters, MappedRow, ParameterRule } from '../execution/parameters';
import { differsFromParameter } from '../model/desired';
import { isSameName } from '../model/equivalence';
import { lookupKey } from '../model/key';
import type { Payload } from '../model/payload';
import type { Issue } from '../values/issues';
import { isAbsent, listed, quoted, readable } from '../values/text';
import { wireText } from '../values/wireValues';
import { fieldHeaded } from './columnHeadings';
import type { Provisioned } from './resource';

/** One cell of a row. */
export interface Cell {
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
	/** No cell has a value, as in the last row of many a sheet */
	isBlank: boolean;
	hints: string[];
}

/** The columns of an item; undefined where 'More Fields' takes none. */
export const readColumns = (parameters: ItemParameters, model: Provisioned): Columns | undefined =>
	parameters.read('fieldsMode') === 'columns'
		? sorted(model, parameters.mapped('columns'))
		: undefined;

function sorted(model: Provisioned, { isAutomatic, row }: MappedRow): Columns {
	const cells = new Map<string, Cell[]>();
	const headed = new Set<string>();
	const unknown: string[] = [];
	for (const [heading, value] of Object.entries(row)) {
		const name = fieldHeaded(model, heading);
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
		isBlank: (isAutomatic || headed.size > 0) && Object.values(row).every(isAbsent),
		hints: unknown.length === 0 ? [] : [unknownText(model, unknown)],
	};
}

/** What a new record gets of parameters that nobody touched, where no column has it, as under a misspelled heading. */
export const defaultsBeside = (
	columns: Columns | undefined,
	{ noun, fields }: Provisioned,
	untouched: ReadonlySet<string>,
): string[] =>
	columns
		? [...untouched].map((name) => {
				const { label, ownParameter } = fields.get(name);
				return `No column has a value for ${quoted(label)}, so a new ${noun} gets ${ownParameter}`;
			})
		: [];

/** In an output item that tells what became of a row: a workflow sees no hints. */
export const unknownColumns = (columns: Columns | undefined): { unknownColumns?: string[] } =>
	columns && columns.unknown.length > 0 ? { unknownColumns: [...columns.unknown] } : {};

const unknownText = ({ noun }: Provisioned, headings: string[]): string =>
	headings.length === 1
		? `Column ${listed(headings)} is not a field of a ${noun} and was left out`
		: `Columns ${listed(headings)} are not fields of a ${noun} and were left out`;

/** Where the item is to have no such columns, as a misspelled heading would be one. */
export function refuseUnknown({ issues }: ItemParameters, columns: Columns | undefined): void {
	issues.push(
		...(columns?.unknown ?? []).map((heading) => ({
			label: '',
			reason: `Column ${quoted(heading)} is not a field that this node knows`,
		})),
	);
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

/**
 * Says which columns there are, where one for the key is missing. Not that the sheet lacks it: n8n gives a row no key for an
 * empty cell.
 */
export function refuseMissingKey(
	{ issues }: ItemParameters,
	model: Provisioned,
	columns: Columns | undefined,
): void {
	const needed = issues.filter(({ reason }) => reason === 'is needed').length;
	if (columns?.isBlank && needed > 0) issues.unshift({ label: '', reason: 'The row is empty' });
	if (!columns || columns.isBlank || columns.headings.length === 0) return;
	const isHeaded = Object.keys(lookupKey(model, NO_KEY)).every((name) => columns.headed.has(name));
	if (needed === 0 || isHeaded) return;
	const headings = columns.headings.map(readable).filter((heading) => heading !== '');
	const reason = `this row has no value for ${needed === 1 ? 'it' : 'them'}`;
	const of = headings.length > 0 ? `. Its columns are ${listed(headings)}` : '';
	issues.push({ label: '', reason: `${reason}${of}` });
}

const NO_KEY = { serviceProviderId: '', groupId: '', id: '' };

export const contradiction = (label: string, cells: readonly Cell[]): Issue => ({
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
