import { isObject } from './json';
import { isAbsent, trimmed } from './text';

export interface List {
	/** Without its empty elements */
	list: unknown[];
	/** An explicit list of nothing, not one whose elements were all empty */
	isExplicitlyEmpty: boolean;
}

/**
 * A list given as an array, as the JSON text of one, as text separated by commas outside of brackets, or as a single
 * value. Empty elements are dropped, as a spreadsheet leaves them.
 */
export function readList(raw: unknown): List | { refused: string } {
	const elements = elementsOf(raw);
	if (!elements)
		return { refused: 'takes a list, and this text begins like JSON but is not valid' };
	const list = elements.filter((element) => !isEmpty(element));
	return { list, isExplicitlyEmpty: elements.length === 0 && !isAbsent(raw) };
}

function elementsOf(raw: unknown): unknown[] | undefined {
	if (Array.isArray(raw)) return raw;
	if (typeof raw !== 'string') return [raw];
	const text = trimmed(raw);
	if (!/^[[{]/.test(text)) return splitAtCommas(text);
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : [parsed];
	} catch {
		return undefined;
	}
}

const OPENING = '([{';
const CLOSING = ')]}';

function splitAtCommas(text: string): string[] {
	const elements: string[] = [];
	let depth = 0;
	let from = 0;
	for (let at = 0; at < text.length; at += 1) {
		const mark = text[at]!;
		if (OPENING.includes(mark)) depth += 1;
		else if (CLOSING.includes(mark)) depth = Math.max(0, depth - 1);
		else if (mark === ',' && depth === 0) {
			if (at > from) elements.push(trimmed(text.slice(from, at)));
			from = at + 1;
		}
	}
	return [...elements, trimmed(text.slice(from))];
}

/** Neither a value nor an object with one in it. */
const isEmpty = (value: unknown): boolean =>
	isAbsent(value) ||
	(isObject(value) && typeof value.toJSON !== 'function' && Object.values(value).every(isAbsent));
