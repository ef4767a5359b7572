/** As many names as a resource has fields, several times over; what a server makes up beyond that is not kept. */
const MAX_NAMES = 1_000;

const MAX_LENGTH = 60;

/** The same function of a name, which looks at each name once: the fields of thousands of records have the same ones. */
export function memoized<Result>(of: (name: string) => Result): (name: string) => Result {
	const known = new Map<string, Result>();
	return (name) => {
		if (known.has(name)) return known.get(name) as Result;
		const result = of(name);
		if (known.size < MAX_NAMES && name.length <= MAX_LENGTH) known.set(name, result);
		return result;
	};
}
