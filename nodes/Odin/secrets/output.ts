import { isObject } from '../values/json';
import { memoized } from '../values/memoized';
import { isOrdinary, isSecret, MASK, maskNamed } from './names';
import { folded, isWordUnit, merged, type Range } from './needle';
import type { Secret } from './secret';
import { wholeCode } from './spellings';

/** Shorter secrets may be any word or number of an honest answer. */
const SHORTEST_TOLD = 8;

/** What names of BroadWorks have at most; the tokens of Odin have more. */
const LONGEST_NAME = 80;

/** The same with a host, as addresses and user ids have one. */
const LONGEST_ADDRESS = 161;

/** As the fields of Odin are called. */
const isPlain = memoized((key) => /^[a-z]{1,60}$/i.test(key));

/**
 * What goes to the output, with the known secrets masked in its texts, as they are and in a fixed set of spellings made from
 * them, and nothing else changed. Two kinds of values are left as they are: those whose name says that they are secret, for
 * there they were masked or asked for, and names, numbers and addresses of Odin, which may be a password too. The time is
 * linear in the size of the output, whatever stands in it.
 */
export function redactOutput<T>(value: T, secrets: Iterable<Secret>): T;
export function redactOutput(value: unknown, secrets: Iterable<Secret>): unknown {
	const known = [...secrets].filter(({ text }) => text.length >= SHORTEST_TOLD);
	return redacted(value, '', {
		known,
		inNames: known.filter(({ text }) => text.length > LONGEST_NAME),
	});
}

interface Search {
	known: Secret[];
	/** Those that are too long for the name of anything */
	inNames: Secret[];
}

function redacted(value: unknown, name: string, search: Search): unknown {
	if (typeof value === 'string') return redactedText(value, name, search);
	if (typeof value === 'number') {
		const text = String(value);
		const shown = redactedText(text, name, search);
		return shown === text ? value : shown;
	}
	if (Array.isArray(value)) {
		const shown = value.map((element) => redacted(element, name, search));
		return shown.some((element, index) => element !== value[index]) ? shown : value;
	}
	return isObject(value) ? redactedObject(value, search) : value;
}

function redactedObject(object: Record<string, unknown>, search: Search): unknown {
	// What a change or difference shows stands under `from` and `to`, and is what `field` names.
	const { field } = object;
	const keys = Object.keys(object);
	const names = keys.map((key) => (isPlain(key) ? key : redactedText(key, '', search)));
	const values = keys.map((key) => {
		const name = typeof field === 'string' && CHANGE_KEYS.has(key) ? field : key;
		return isSecret(name, object[key]) ? object[key] : redacted(object[key], name, search);
	});
	const isChanged = keys.some((key, at) => names[at] !== key || values[at] !== object[key]);
	return isChanged ? Object.fromEntries(names.map((name, at) => [name, values[at]])) : object;
}

const CHANGE_KEYS = new Set(['from', 'to', 'expected', 'actual']);

function redactedText(text: string, name: string, { known, inNames }: Search): string {
	if (text.length < SHORTEST_TOLD) return text;
	const read = folded(text);
	const sought = isOrdinary(name) && mayBeName(text) ? inNames : known;
	const found = sought.flatMap((secret) => placesOf(secret, text, read));
	let shown = '';
	let at = 0;
	for (const { from, to } of merged(found)) {
		shown += text.slice(at, from) + MASK;
		at = to;
	}
	return maskNamed(shown + text.slice(at));
}

const mayBeName = (text: string): boolean =>
	text.length <= LONGEST_NAME || (text.length <= LONGEST_ADDRESS && !/\s/.test(text));

function placesOf(secret: Secret, text: string, read: string): Range[] {
	const mayBeWord = secret.text.length <= LONGEST_NAME;
	const found: Range[] = [];
	for (const { needle, isCode } of secret.spellingsIn(read)) {
		const counts = (from: number, to: number): boolean =>
			isCode || !mayBeWord || isWhole(text, from, to);
		const { ranges } = needle.search(read, counts);
		for (const range of ranges) found.push(isCode ? wholeCode(text, range, found.at(-1)) : range);
	}
	return found;
}

/** Whether a part of a text is no piece of a longer word or number. */
const isWhole = (text: string, from: number, to: number): boolean =>
	!(isWordUnit(text[to - 1]) && isWordUnit(text[to])) &&
	!(isWordUnit(text[from]) && isWordUnit(text[from - 1]) && !endsEscape(text, from));

/** Whether the letter or digit before this place is the end of an escaped character, as in `%20` or `\n`. */
const endsEscape = (text: string, end: number): boolean =>
	/(?:%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[bfnrt])$/i.test(
		text.slice(Math.max(0, end - 6), end),
	);
