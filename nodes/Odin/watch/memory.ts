import { isObject, type JsonValue } from '../values/json';

/**
 * What is remembered of a record: its watched values in the order of the columns. An empty list in the place of a value,
 * which no value is, or nothing: not read yet.
 */
export type Remembered = JsonValue[];

export type GroupMemory = ReadonlyMap<string, Remembered>;

/** What is watched. */
export interface Scope {
	/** The address of Odin and the name of the administrator, as numbers that tell whether they are the same */
	odin: number;
	administrator: number;
	event: string;
	serviceProviderId: string;
	/** Empty: all groups of the service provider */
	groupId: string;
	columns: readonly string[];
}

/** What is kept from one poll to the next. */
export interface Memory extends Scope {
	/** Groups by id, with their records by name. Null: seen, but its records were not listed yet */
	groups: ReadonlyMap<string, GroupMemory | null>;
	/** All groups were listed once, so that one which is not among them is new in Odin */
	knowsGroups: boolean;
	/** Where the next poll begins: the first group, and the first record, that the last one had no time for */
	nextGroup?: string | undefined;
	nextRecord?: string | undefined;
}

const VERSION = 1;

/** As it stands in the text. */
interface WrittenMemory extends Omit<Memory, 'groups'> {
	version: number;
	groups: Record<string, Record<string, Remembered> | null>;
}

/** One text, which n8n keeps in the static data of the node. */
export const written = ({ groups, ...rest }: Memory): string =>
	JSON.stringify({
		version: VERSION,
		...rest,
		groups: Object.fromEntries(
			[...groups].map(([groupId, records]) => [groupId, records && Object.fromEntries(records)]),
		),
	});

/** Undefined where nothing is remembered, or nothing that can be read. */
export function readMemory(text: unknown): Memory | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		const { version, groups, ...rest } = JSON.parse(text) as WrittenMemory;
		if (version !== VERSION || !isObject(groups) || !Array.isArray(rest.columns)) return undefined;
		const records = (group: Record<string, Remembered> | null): GroupMemory | null =>
			isObject(group) ? new Map(Object.entries(group)) : null;
		return {
			...rest,
			groups: new Map(Object.entries(groups).map(([groupId, group]) => [groupId, records(group)])),
		};
	} catch {
		return undefined;
	}
}

/** Nothing that the text of a value could be: it stands for one that was not read. */
export const UNREAD: JsonValue = [];

export const isUnread = (value: JsonValue | undefined): boolean =>
	value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * What is still of use of a memory when something else is watched than before: what both have in common. The rest is
 * new to the trigger, which does not make it new in Odin.
 */
export function fitted(memory: Memory | undefined, scope: Scope): Memory {
	const isKept =
		memory !== undefined &&
		memory.odin === scope.odin &&
		memory.event === scope.event &&
		memory.serviceProviderId === scope.serviceProviderId;
	if (!isKept) return { ...scope, groups: new Map(), knowsGroups: false };
	const isSamePlace =
		memory.groupId === scope.groupId && memory.administrator === scope.administrator;
	const isSameList =
		memory.columns.length === scope.columns.length &&
		memory.columns.every((column, at) => column === scope.columns[at]);
	const places = scope.columns.map((column) => memory.columns.indexOf(column));
	const fit = (records: GroupMemory | null): GroupMemory | null =>
		records &&
		new Map(
			[...records].map(([name, values]) => [
				name,
				places.map((at) => values[at] ?? valueless(values, at)),
			]),
		);
	const groups = [...memory.groups].filter(
		([groupId]) => scope.groupId === '' || groupId === scope.groupId,
	);
	return {
		...memory,
		...scope,
		knowsGroups: memory.knowsGroups && isSamePlace,
		groups: new Map(
			groups.map(([groupId, records]) => [groupId, isSameList ? records : fit(records)]),
		),
	};
}

const valueless = (values: Remembered, at: number): JsonValue =>
	at >= 0 && values[at] === null ? null : UNREAD;
