/** A part of a text. */
export interface Range {
	from: number;
	to: number;
}

/**
 * Upper and lower case alike, in as many UTF-16 units as before, so that places stay what they are: only İ would become
 * longer. The two small sigmas stand for one letter.
 */
export const folded = (text: string): string =>
	text.replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ');

/** Up to this length V8 compares place by place. For longer ones its search can take the product of both lengths. */
const SHORT = 6;

/** A folded text to look for, in time that is linear in what is looked through, whatever stands in either (Knuth, Morris, Pratt). */
export class Needle {
	private readonly beginning: string;

	/** For each unit: how long a beginning of the needle ends there, other than the one that began first */
	private fallbacks: Uint32Array | undefined;

	constructor(readonly text: string) {
		this.beginning = text.slice(0, SHORT);
	}

	/**
	 * The places in a folded text, in order and merged where they touch; and `tail`, how long a beginning of the needle the
	 * text ends with. `counts` may decline a place.
	 */
	search(
		text: string,
		counts: (from: number, to: number) => boolean = () => true,
	): { ranges: Range[]; tail: number } {
		const ranges: Range[] = [];
		const { length } = this.text;
		const fallbacks = (this.fallbacks ??= fallbacksOf(this.text));
		let matched = 0;
		for (let at = 0; at < text.length; at += 1) {
			const unit = text.charCodeAt(at);
			while (matched > 0 && this.text.charCodeAt(matched) !== unit) {
				matched = fallbacks[matched - 1]!;
			}
			if (this.text.charCodeAt(matched) === unit) matched += 1;
			if (matched < length) continue;
			const to = at + 1;
			const from = to - length;
			if (counts(from, to)) addRange(ranges, { from, to });
			matched = fallbacks[length - 1]!;
		}
		return { ranges, tail: matched };
	}

	/** Where it may be found at all. Most texts have not even its beginning, which is quickly seen. */
	mayBeIn(text: string): boolean {
		return text.includes(this.beginning);
	}
}

function fallbacksOf(text: string): Uint32Array {
	const fallbacks = new Uint32Array(text.length);
	let matched = 0;
	for (let at = 1; at < text.length; at += 1) {
		const unit = text.charCodeAt(at);
		while (matched > 0 && text.charCodeAt(matched) !== unit) matched = fallbacks[matched - 1]!;
		if (text.charCodeAt(matched) === unit) matched += 1;
		fallbacks[at] = matched;
	}
	return fallbacks;
}

function addRange(ranges: Range[], range: Range): void {
	const last = ranges.at(-1);
	if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
	else ranges.push(range);
}

/** The same parts of a text in order and merged where they touch. */
export function merged(ranges: Range[]): Range[] {
	const all: Range[] = [];
	for (const range of ranges.sort((one, other) => one.from - other.from)) {
		addRange(all, { ...range });
	}
	return all;
}

export const isWordUnit = (unit: string | undefined): boolean =>
	unit !== undefined && /[\p{L}\p{N}]/u.test(unit);
