import { isObject } from '../values/json';

/** What came back over HTTP, read once: JSON where it is JSON, and Odin's own words where it complains. */
export interface OdinResponse {
	status: number;
	/** The parsed body; undefined for an empty or unreadable one */
	body: unknown;
	readable: boolean;
	isHtml: boolean;
	/** Whether it begins as JSON does and can't be read: cut off, in most cases */
	isCut: boolean;
	/** Odin's words: the texts of an error body, or a body of plain text */
	words: string;
	headers: Record<string, string>;
}

/** What is looked at for what it means. */
const MAX_READ_WORDS = 50_000;

/** The answer in what n8n's request helper gave back or threw; undefined where none came. */
export function responseIn(response: unknown): OdinResponse | undefined {
	const { statusCode, body, headers } = response as {
		statusCode?: unknown;
		body?: unknown;
		headers?: Record<string, string>;
	};
	return statusCode === undefined
		? undefined
		: readResponse(Number(statusCode), String(body ?? ''), headers ?? {});
}

export function readResponse(
	status: number,
	text: string,
	headers: Record<string, string>,
): OdinResponse {
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
	const words = (isText ? trimmed : wordsOf(status, body)).slice(0, MAX_READ_WORDS);
	return { status, body, readable, isHtml, isCut, words, headers };
}

/** Bytes that are no text: nobody can read them, and a log can be harmed by them. */
const isNoise = (text: string): boolean =>
	/[\p{Cc}\uFFFD]/u.test(text.slice(0, MAX_READ_WORDS).replace(/[\t\n\r]/g, ''));

/** Where servers put what they say, the usual places first. Odin's clients read `error`, `message` and `details`. */
const PLACES = ['error', 'message', 'details'];
const OTHER_PLACES = ['errors', 'title', 'summary', 'summaryEnglish', 'detail', 'reason'];

/** What a status means anyway, in words that say nothing more. */
const PHRASE =
	/^(true|error|failed|failure|bad request|unauthorized|forbidden|conflict|unprocessable (entity|content)|internal server error|bad gateway|service unavailable|gateway time-?out|too many requests)\.?$/i;

function wordsOf(status: number, body: unknown): string {
	// A success is looked at where Odin itself complains, not in every text of a profile or list.
	const complaints = isObject(body) ? [...PLACES, 'errors'].map((place) => body[place]) : [];
	const found = isGoodStatus(status)
		? complaints.flatMap((part) => textsIn(part, 1))
		: textsIn(body, 0);
	const texts = [...new Set(found)].filter(Boolean);
	const telling = texts.filter((text) => !PHRASE.test(text));
	return (telling.length > 0 ? telling : texts).join(' – ');
}

/** Deeper than this nobody puts what a person should read. */
const MAX_DEPTH = 4;

/** The texts in an error body, or in a part of it; a part of unknown form is shown as it is. */
function textsIn(part: unknown, depth: number): string[] {
	if (typeof part === 'string') return part.trim() === '' ? [] : [part.trim()];
	if (typeof part === 'number') return [String(part)];
	if (typeof part !== 'object' || part === null) return [];
	if (depth > MAX_DEPTH) return [jsonOf(part)];
	if (Array.isArray(part)) return part.flatMap((element) => textsIn(element, depth + 1));
	const record = part as Record<string, unknown>;
	const texts = [...PLACES, ...OTHER_PLACES].flatMap((place) => textsIn(record[place], depth + 1));
	return texts.length > 0 || depth === 0 ? texts : [jsonOf(part)];
}

/** Nested so deeply that it can be read but not be written again, it says nothing to a person. */
function jsonOf(part: unknown): string {
	try {
		return JSON.stringify(part);
	} catch {
		return '';
	}
}

const isGoodStatus = (status: number): boolean => status >= 200 && status < 300;

export const isSuccess = ({ status }: OdinResponse): boolean => isGoodStatus(status);
