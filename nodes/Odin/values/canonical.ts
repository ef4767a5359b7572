/** What was there before: how Odin wrote it does not count, such as a number as text or the order of a list. */
const STORED = 'from';

/** One after the other, but in no order that means anything. */
const UNORDERED: ReadonlySet<string> = new Set(['changes']);

/**
 * One text for plans that are the same. The order of keys does not count, nor does what is undefined; and of what was there
 * before, neither the order of lists nor whether a number or switch is written as text.
 */
export const canonical = (value: unknown): string => written(value, '', false);

function written(value: unknown, name: string, wasStored: boolean): string {
	const isStored = wasStored || name === STORED;
	if (value instanceof Map) return written(Object.fromEntries(value), name, isStored);
	if (value instanceof Set) return written([...(value as Set<unknown>)].sort(), name, isStored);
	if (Array.isArray(value)) {
		const elements = value.map((element) => written(element ?? null, '', isStored));
		return `[${(isStored || UNORDERED.has(name) ? elements.sort() : elements).join(',')}]`;
	}
	if (typeof value !== 'object' || value === null) {
		return JSON.stringify(isStored && value !== null ? String(value) : value);
	}
	const parts = Object.entries(value)
		.filter(([, inner]) => inner !== undefined)
		.map(([key, inner]) => `${JSON.stringify(key)}:${written(inner, key, isStored)}`);
	return `{${parts.sort().join(',')}}`;
}
