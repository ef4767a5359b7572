/** Words that n8n's interface rules keep out of messages, since they blame and do not help. */
const UNHELPFUL = /\b(errors?|problems?|failures?|failed|mistakes?|undefined|NaN)\b|\[object /i;

/** Expects a message in plain words. What others said in it, such as Odin, is given as `quoted`. */
export function expectPlainWords(text: string, ...quoted: string[]): void {
	const own = [...quoted, 'with an error text'].reduce(
		(rest, quote) => rest.split(quote).join(''),
		text,
	);
	expect(own).not.toBe('');
	expect(own).not.toMatch(UNHELPFUL);
}
