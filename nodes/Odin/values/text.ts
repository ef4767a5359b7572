const MAX_SHOWN = 60;

/** Longer than every label of the form. */
const MAX_NAME = 100;

/** The beginning of a text, by characters rather than UTF-16 units, with an ellipsis where more follows. */
export function cut(text: string, longest = MAX_SHOWN): string {
	const characters = [...text.slice(0, 2 * longest + 2)];
	return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}

/** A name as messages quote it, cut short. */
export const quoted = (name: string): string => `'${cut(name, MAX_NAME)}'`;
