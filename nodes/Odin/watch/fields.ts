import { isStoredAs, isUnset } from '../model/equivalence';
import type { Field } from '../model/field';
import { isKeyField } from '../model/key';
import type { ResourceModel, SummaryColumn } from '../model/resourceModel';
import { valueAt } from '../model/summary';
import { withoutSecrets } from '../secrets/redact';
import { isObject, type JsonValue } from '../values/json';
import { isUnread, UNREAD, type Remembered } from './memory';
import type { Change, Profile, Watch } from './watch';

/** Something of a profile that can be watched: a field, or the part of one that the short profile shows. */
export interface WatchColumn extends SummaryColumn {
	label: string;
}

/** They change with every call; what they are used for has an event of its own. */
const LIVE: ReadonlySet<string> = new Set(['totalActiveIncomingCalls', 'totalActiveOutgoingCalls']);

/** By label. */
export function watchColumns(model: ResourceModel): WatchColumn[] {
	const { fields, summary } = model;
	const fieldColumns = fields.all
		.filter(({ name, readable, secret }) => readable && !secret && !isKeyField(model, name))
		.filter(({ name }) => !LIVE.has(name))
		.map(({ name, label }) => ({ name, label }));
	const partColumns = summary
		.filter(({ part }) => part !== undefined)
		.map((column) => ({
			...column,
			label: partLabel(fields.get(column.field ?? column.name), column),
		}));
	return [...fieldColumns, ...partColumns].sort((one, other) =>
		one.label.localeCompare(other.label),
	);
}

const partLabel = ({ parts = [], label }: Field, { part, name }: SummaryColumn): string =>
	parts.find(({ property, entry }) => property === part && (entry ?? name) === name)?.label ??
	label;

/** Follows fields of a record from one value to the next. */
export function watchFields(
	model: ResourceModel,
	names: readonly string[],
	rest: Omit<Watch, 'columns' | 'readsProfiles' | 'read' | 'compare'>,
): Watch {
	const known = new Map(watchColumns(model).map((column) => [column.name, column]));
	const columns = names.map((name) => known.get(name) ?? { name, label: name });
	const fieldsOf = columns.map(({ name, field = name, part }) =>
		part === undefined ? model.fields.find(field) : undefined,
	);
	const needed = model.fields.all.filter(({ requiredOnCreate, readable, name }) =>
		Boolean(requiredOnCreate && readable && !isKeyField(model, name)),
	);
	return {
		...rest,
		columns: names,
		readsProfiles: true,
		read: (profile) =>
			needed.some(({ name }) => isUnset(profile[name]))
				? undefined
				: columns.map((column) => valueOf(model, column, profile)),
		compare(before, now) {
			const changes: Change[] = [];
			const remembered: Remembered = now.map((to, at) => {
				const from = before[at];
				if (from === undefined || isUnread(from)) return to;
				if (isUnread(to) || isStoredAs(fieldsOf[at], from, to)) return from;
				changes.push({ field: names[at]!, from, to });
				return to;
			});
			return { remembered, changes };
		},
	};
}

/** Null for what is not set. What cannot be unset and is not shown was not read. */
function valueOf(
	{ fields }: ResourceModel,
	{ name, field: fieldName = name, part }: SummaryColumn,
	profile: Profile,
): JsonValue {
	const value = valueAt(profile[fieldName], part);
	if (Array.isArray(value) && value.length === 0) return null;
	if (isUnset(value)) return fields.find(fieldName)?.clearable ? null : UNREAD;
	return isObject(value) ? withoutSecrets(value) : value;
}
