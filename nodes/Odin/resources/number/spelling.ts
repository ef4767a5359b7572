import { isPhoneNumber, isSpoiledNumber } from '../../values/addresses';
import { isObject } from '../../values/json';
import { BROKEN, INVISIBLE, isAbsent, quoted, trimmed, visible } from '../../values/text';

/** The digits that one spelling of a number may stand for. */
export interface Spelled {
	/** Country code and number */
	full: string[];
	/** The number without its country code */
	national: string[];
}

/** A first number, and what ends the range. */
export interface SpelledRange {
	from: Spelled;
	to: Spelled;
	/** The end as the last digits of a number */
	lastDigits?: string;
}

/** One element of a list of numbers, with all that it may mean. Which of it is so, the numbers of Odin tell. */
export interface Entry {
	/** As it was given */
	text: string;
	single?: Spelled;
	ranges: SpelledRange[];
}

/** No number has nearly as many characters, whatever is between its digits; a range has two of them. */
const LONGEST = 80;

/** Line ends, tabs, commas and semicolons part the numbers of a list. */
const BETWEEN = /[,;\t\n\v\f\r\u0085\u2028\u2029]+/;

/** Word processors and web pages make others of spaces and hyphens. */
const plain = (text: string): string =>
	trimmed(text)
		.replace(/\p{Zs}/gu, ' ')
		.replace(/[\p{Pd}\u2212]/gu, '-');

/** The digits of a phone number in a usual spelling; undefined for anything else. */
export function spelled(text: string): Spelled | undefined {
	const number = trimmed(text.replace(/^ *tel:/i, ''));
	if (!isPhoneNumber(number)) return undefined;
	const forms = [number, number.replace('(0)', '')].map((form) => form.replace(/\D/g, ''));
	const full = new Set<string>();
	const national = new Set<string>();
	for (const digits of forms) {
		full.add(digits);
		if (/^\(?\+/.test(number)) continue;
		national.add(digits);
		if (digits.startsWith('00')) full.add(digits.slice(2));
		if (digits.startsWith('011')) full.add(digits.slice(3));
		if (digits.startsWith('0')) national.add(digits.slice(1));
	}
	return { full: [...full], national: [...national] };
}

function rangeBetween(first: string, second: string): SpelledRange[] {
	const from = spelled(first);
	const to = spelled(second);
	if (!from || !to) return [];
	const end = trimmed(second);
	return [{ from, to, ...(/^\d+$/.test(end) && { lastDigits: end }) }];
}

/** Each hyphen may be the one between two numbers, or stand inside of one. */
function rangesIn(text: string): SpelledRange[] {
	const parts = text.split(/(?<=\d\)?) +to +(?=\S)/i);
	if (parts.length === 2) return rangeBetween(parts[0]!, parts[1]!);
	const ranges: SpelledRange[] = [];
	for (let at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1)) {
		ranges.push(...rangeBetween(text.slice(0, at), text.slice(at + 1)));
	}
	return ranges;
}

/** Why a text is no number. */
function refusal(given: string): string {
	const [unseen] = INVISIBLE.exec(given) ?? BROKEN.exec(given) ?? [];
	if (unseen !== undefined) {
		return `takes phone numbers without invisible or broken characters (${visible(unseen)}), not ${quoted(given)}`;
	}
	const better = isSpoiledNumber(given) ? ' as they were before a spreadsheet changed them' : '';
	return `takes phone numbers and ranges${better}, not ${quoted(given)}`;
}

function entryOf(given: string): Entry | string {
	const text = plain(given);
	if (text.length > LONGEST || INVISIBLE.test(text) || BROKEN.test(text)) return refusal(text);
	const single = spelled(text);
	const ranges = rangesIn(text);
	if (!single && ranges.length === 0) return refusal(text);
	return { text, ...(single && { single }), ranges };
}

/** A range in the form of Odin and of the outputs of this resource. */
function entryOfObject({ min, max }: Record<string, unknown>): Entry | string {
	const [first, last] = [min, max].map((end) =>
		isAbsent(end) ? undefined : typeof end === 'number' ? numberText(end) : end,
	);
	if (typeof first !== 'string')
		return "takes ranges with 'min' and 'max', and this object has no 'min'";
	if (last === undefined) return entryOf(first);
	const ranges = typeof last === 'string' ? rangeBetween(plain(first), plain(last)) : [];
	const text = `${first} - ${String(last)}`;
	return ranges.length > 0 ? { text, ranges } : refusal(text);
}

/** Undefined where digits were lost: then it is not known which number was meant. */
const numberText = (value: number): string | undefined =>
	Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;

function elementsOf(raw: unknown): unknown[] | undefined {
	if (Array.isArray(raw)) return raw;
	if (typeof raw !== 'string') return [raw];
	const text = trimmed(raw);
	if (!/^[[{]/.test(text)) return text.split(BETWEEN);
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : [parsed];
	} catch {
		return undefined;
	}
}

/**
 * Single numbers, ranges and lists of both: text in any usual spelling, an array of it, objects with min and max, JSON text of
 * these. `refused`: why an element can't be used, in words that follow the label.
 */
export function readNumbers(raw: unknown): { entries: Entry[]; refused: string[] } {
	const elements = elementsOf(raw);
	if (!elements) {
		return {
			entries: [],
			refused: ['takes a list, and this text begins like JSON but is not valid'],
		};
	}
	const entries: Entry[] = [];
	const refused: string[] = [];
	const add = (entry: Entry | string): void => {
		if (typeof entry === 'string') refused.push(entry);
		else entries.push(entry);
	};
	for (const element of elements) {
		if (isAbsent(element)) continue;
		if (isObject(element)) add(entryOfObject(element));
		else if (typeof element === 'string') {
			for (const text of element.split(BETWEEN)) if (!isAbsent(text)) add(entryOf(text));
		} else {
			const digits = typeof element === 'number' ? numberText(element) : undefined;
			add(digits === undefined ? refusal(String(element)) : entryOf(digits));
		}
	}
	return { entries, refused };
}
