import { isObject } from '../trunkGroup/json';

/** What came back over HTTP, read once: JSON where it is JSON, and Odin's own words where it complains. */
export interface Answer {
	status: number;
	/** The parsed body; undefined for an empty or unreadable one */
	body: unknown;
	readable: boolean;
	isHtml: boolean;
	/** Whether it begins as JSON does and can't be read: cut off, in most cases */
	isCut: boolean;
	/** Odin's words: `error` (or `message`) and `details` of the body, or a body of plain text */
	words: string;
	headers: Record<string, string>;
}

/** What a message shows of Odin's words. */
const MAX_WORDS = 500;

/** What is looked at for secrets, which a cut through their middle would hide. */
const MAX_READ_WORDS = 50_000;

export function readAnswer(status: number, text: string, headers: Record<string, string>): Answer {
	const trimmed = text.trim();
	const isHtml = trimmed.startsWith('<');
	let body: unknown;
	let readable = true;
	if (trimmed !== '') {
		try {
			body = JSON.parse(trimmed);
		} catch {
			readable = false;
		}
	}
	const isCut = !readable && /^[{[]/.test(trimmed);
	const isText = !readable && !isHtml && !isCut && !isNoise(trimmed);
	const words = (isText ? trimmed : wordsOf(body)).slice(0, MAX_READ_WORDS);
	return { status, body, readable, isHtml, isCut, words, headers };
}

/** Bytes that are no text: nobody can read them, and a log can be harmed by them. */
const isNoise = (text: string): boolean =>
	/[\p{Cc}\uFFFD]/u.test(text.slice(0, MAX_READ_WORDS).replace(/[\t\n\r]/g, ''));

/** The body has `error` (text), `status` and often `details`; the portal also accepts `message` (notes (c)). */
function wordsOf(body: unknown): string {
	if (!isObject(body)) return '';
	const parts = [body.error ?? body.message, body.details]
		.map((part) => (typeof part === 'string' || part === undefined ? part : JSON.stringify(part)))
		.filter((part): part is string => Boolean(part) && part !== 'null');
	return [...new Set(parts)].join(' – ');
}

/** Not more words than a person reads. */
export const cutWords = (words: string): string =>
	words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;

export const isSuccess = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;
