const MAX_SHOWN = 60;

/** Longer than every label of the form. */
const MAX_NAME = 100;

/** Of more names than this only the number is said. */
const MAX_LISTED = 20;

/** More texts than this make no message clearer. */
const MAX_SOME = 5;

/** The beginning of a text, by characters rather than UTF-16 units, with an ellipsis where more follows. */
export function cut(text: string, longest = MAX_SHOWN): string {
	const characters = [...text.slice(0, 2 * longest + 2)];
	return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}

/**
 * A text without white space at its ends: spaces of every kind, tabs, line ends, a byte order mark. BroadWorks' type for
 * nearly all texts is a token, which drops it.
 */
export const trimmed = (text: string): string => text.trim();

/** Nothing was given: an empty or blank cell of a spreadsheet, a missing key, an expression without a result. */
export const isAbsent = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && !/\S/.test(value));

/** Characters that were lost before they came here: U+FFFD of a wrong encoding, half a surrogate pair. */
export const BROKEN = /[\p{Cs}\ufffd-\uffff]/u;

/** Characters that nobody sees, or takes for a space. The format characters that do show (Arabic ones) are not among them. */
export const INVISIBLE =
	/[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]|(?! )\p{Zs}/u;

const UNSHOWN = new RegExp(`${INVISIBLE.source}|${BROKEN.source}| {2,}`, 'gu');

const escaped = (character: string): string => {
	const code = character.codePointAt(0)!.toString(16);
	return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
};

/** A text as messages show it: what nobody can see in it is written as \u200b, and so are spaces in a row. */
export const visible = (text: string): string =>
	text.replace(UNSHOWN, (unshown) => [...unshown].map(escaped).join(''));

/** "a device", "an auto attendant", and "a user" by its sound. */
export const withArticle = (noun: string): string =>
	`${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** A text as a sentence begins with it; an address stays as it is. */
export const capitalised = (text: string): string =>
	/^https?:/i.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

/** A name as messages quote it, cut short. */
export const quoted = (name: string): string => `'${visible(cut(name, MAX_NAME))}'`;

/** "'a', 'b' and 3 more" */
export function listed(names: readonly string[]): string {
	const more = names.length - MAX_LISTED;
	return `${names.slice(0, MAX_LISTED).map(quoted).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Texts for a message, as they are: the first ones, and how many more there are. */
export const someOf = (texts: readonly string[], between = ', ', most = MAX_SOME): string =>
	texts.slice(0, most).join(between) +
	(texts.length > most ? `${between}and ${texts.length - most} more` : '');

const SPACES = new RegExp(`(?:\\s|${INVISIBLE.source})+`, 'gu');

/** A text as a person reads it: without what nobody can see, and with single spaces. */
export const readable = (text: string): string =>
	text
		.replace(/\p{Default_Ignorable_Code_Point}|\ufeff/gu, '')
		.replace(SPACES, ' ')
		.trim();

const SPELLING = new RegExp(`[\\s_\u2212\\p{Pd}]|${INVISIBLE.source}`, 'gu');

/** A name without what people spell differently: case, spaces, hyphens, underscores, characters that nobody can see. */
export const withoutSpelling = (name: string): string =>
	name
		.slice(0, 2 * MAX_NAME)
		.normalize('NFKC')
		.toLowerCase()
		.replace(SPELLING, '');
