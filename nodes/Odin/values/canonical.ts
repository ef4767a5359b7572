/** How Odin wrote a value does not count in what was there before: the order of a list, a number as text. */
const STORED = 'from';

/**
 * One text for values that are the same: the order of keys does not count, nor does what is undefined; and of what was there
 * before (`from`), neither the order of lists nor whether a number or switch is written as text.
 */
export function canonical(value: unknown, isStored = false): string {
	if (value instanceof Map) return canonical(Object.fromEntries(value), isStored);
	if (value instanceof Set) return canonical([...(value as Set<unknown>)].sort(), isStored);
	if (Array.isArray(value)) {
		const elements = value.map((element) => canonical(element ?? null, isStored));
		return `[${(isStored ? elements.sort() : elements).join(',')}]`;
	}
	if (typeof value !== 'object' || value === null) {
		return JSON.stringify(isStored && value !== null ? String(value) : value);
	}
	const parts = Object.entries(value)
		.filter(([, inner]) => inner !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(
			([key, inner]) => `${JSON.stringify(key)}:${canonical(inner, isStored || key === STORED)}`,
		);
	return `{${parts.join(',')}}`;
}
