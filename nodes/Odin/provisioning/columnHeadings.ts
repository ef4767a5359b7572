import { neededPart, type Field, type Part } from '../model/field';
import { isKeyField } from '../model/key';
import { keyNames, namesMeant } from '../model/keyNames';
import { withoutSpelling } from '../values/text';
import { isInForm } from './mapperFields';
import type { Provisioned } from './resource';

/** What a cell is for, by the one name that all headings for it lead to. */
interface Meaning {
	name: string;
	field: Field;
	/** Of the field, an object */
	part?: Part;
}

/** The names of the form come first: a list may have a column of the same name. */
export function meaning(model: Provisioned, name: string): Meaning | undefined {
	const field = keyNames(model).entries.get(name) ?? model.fields.find(name);
	if (!field) return undefined;
	const part = field.parts?.find(({ entry }) => entry === name);
	return part ? { name, field, part } : { name: field.name, field };
}

/** Rows of a sheet have the same headings, row after row; rows of a program may have any. */
const MAX_REMEMBERED = 1000;
const MAX_LENGTH = 200;

const remembered = new WeakMap<Provisioned, Map<string, string | undefined>>();

/** What a heading names: Odin's name, the form's name or the label, however it is spelled. Undefined for no field. */
export function fieldHeaded(model: Provisioned, heading: string): string | undefined {
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
	const meant = new Set(namesMeant(model, heading).flatMap((name) => inSheets(model, name)));
	if (meant.size === 0) return ownHeadings(model).get(withoutSpelling(heading));
	return meant.size === 1 ? [...meant][0] : undefined;
}

/**
 * What a heading that is not written as in the API is for: of an object the part that it is named by, and no field that has
 * no place in the form. A column Users of a customer's sheet counts them.
 */
function inSheets(model: Provisioned, name: string): string[] {
	const meant = meaning(model, name);
	if (!meant) return [];
	const { field, part } = meant;
	if (!isKeyField(model, field.name) && !isInForm(model, field)) return [];
	return [part ? meant.name : (neededPart(field)?.entry ?? meant.name)];
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
