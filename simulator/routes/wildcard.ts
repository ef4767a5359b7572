/** Whether a value is what a filter looks for: *value* contains it, value* begins with it, value equals it. */
export function matchesWildcard(value: unknown, filter: string): boolean {
	if (value === undefined || value === null) return false;
	const text = String(value).toLowerCase();
	const wanted = filter.replace(/^\*|\*$/g, '').toLowerCase();
	if (filter.startsWith('*') && filter.endsWith('*')) return text.includes(wanted);
	if (filter.endsWith('*')) return text.startsWith(wanted);
	return filter.startsWith('*') ? text.endsWith(wanted) : text === wanted;
}
