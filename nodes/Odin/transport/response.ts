import { parseAnswer } from './answerJson';
import type { ReceivedResponse } from './body';
import { complaintIn, type Complaint } from './complaint';
import { isObject } from '../values/json';

/** What came back over HTTP, read once: JSON where it is JSON, and Odin's own words where it complains. */
export interface OdinResponse {
	status: number;
	/** The parsed body, safe to work with; undefined for an empty or unreadable one */
	body: unknown;
	readable: boolean;
	/** Why the body can't be read */
	flaw?: BodyFlaw;
	isHtml: boolean;
	/** Whether it begins as JSON does and can't be read: cut off, in most cases */
	isCut: boolean;
	/** A success that says that it failed */
	complaint?: Complaint;
	/** Odin's words: the texts of an error body, or a body of plain text */
	words: string;
	headers: Record<string, string>;
}

export type BodyFlaw = 'tooLarge' | 'tooDeep' | 'html' | 'cut' | 'noJson';

/** What is looked at for what it means. */
const MAX_READ_WORDS = 50_000;

/** The answer in what n8n's request helper gave back or threw; undefined where none came. */
export function responseIn(response: unknown): OdinResponse | undefined {
	const { statusCode, body, headers, isTooLarge } = response as Partial<ReceivedResponse>;
	return statusCode === undefined
		? undefined
		: readResponse(Number(statusCode), body ?? '', headers ?? {}, isTooLarge);
}

export function readResponse(
	status: number,
	text: string,
	headers: Record<string, string>,
	isTooLarge = false,
): OdinResponse {
	const trimmed = text.trim();
	const parsed = trimmed === '' ? { value: undefined } : parseAnswer(trimmed);
	const isHtml = trimmed.startsWith('<');
	const flaw = isTooLarge ? 'tooLarge' : 'value' in parsed ? undefined : flawOf(trimmed, parsed);
	const body = 'value' in parsed ? parsed.value : undefined;
	const isText = flaw === 'noJson' && !isNoise(trimmed);
	const complaint = isGoodStatus(status) ? complaintIn(isText ? trimmed : body) : undefined;
	const words = isText ? trimmed : wordsOf(status, body, complaint);
	return {
		status,
		body,
		readable: flaw === undefined,
		...(flaw && { flaw }),
		isHtml,
		isCut: flaw === 'cut',
		...(complaint && { complaint }),
		words: words.slice(0, MAX_READ_WORDS),
		headers,
	};
}

function flawOf(text: string, { unreadable }: { unreadable: 'tooDeep' | 'noJson' }): BodyFlaw {
	if (text.startsWith('<')) return 'html';
	if (!/^[{[]/.test(text)) return 'noJson';
	return unreadable === 'noJson' ? 'cut' : 'tooDeep';
}

/** Bytes that are no text: nobody can read them, and a log can be harmed by them. */
const isNoise = (text: string): boolean =>
	/[\p{Cc}\uFFFD]/u.test(text.slice(0, MAX_READ_WORDS).replace(/[\t\n\r]/g, ''));

/** Where servers put what they say, the usual places first. Odin's clients read `error`, `message` and `details`. */
const PLACES = [
	'error',
	'message',
	'details',
	'errors',
	'title',
	'summary',
	'summaryEnglish',
	'detail',
	'reason',
];

/** What a status means anyway, in words that say nothing more. */
const PHRASE =
	/^(true|error|failed|failure|bad request|unauthorized|forbidden|conflict|unprocessable (entity|content)|internal server error|bad gateway|service unavailable|gateway time-?out|too many requests)\.?$/i;

function wordsOf(status: number, body: unknown, complaint: Complaint | undefined): string {
	const found = new Set<string>();
	// A success is looked at where Odin itself complains, not in every text of a profile or list.
	if (!isGoodStatus(status)) addTexts(found, body, 0);
	else if (isObject(body)) {
		const { error, message, details, errors } = body;
		addTexts(found, { error, message, details, errors }, 0);
	}
	for (const part of complaint?.parts ?? []) addTexts(found, part, 1);
	const texts = [...found];
	const telling = texts.filter((text) => !PHRASE.test(text));
	return (telling.length > 0 ? telling : texts).join(' – ') || (complaint?.verdict ?? '');
}

/** Deeper than this nobody puts what a person should read. */
const MAX_DEPTH = 4;

/** More texts than that no message has room for. */
const MAX_TEXTS = 500;

/** Adds the texts in an error body, or in a part of it; a part of unknown form is shown as it is. */
function addTexts(found: Set<string>, part: unknown, depth: number): void {
	if (found.size >= MAX_TEXTS) return;
	if (typeof part === 'string' || typeof part === 'number') {
		const text = String(part).trim();
		if (text !== '') found.add(text);
	} else if (Array.isArray(part)) {
		if (depth > MAX_DEPTH) found.add(JSON.stringify(part));
		else for (const element of part) addTexts(found, element, depth + 1);
	} else if (isObject(part)) {
		const before = found.size;
		if (depth <= MAX_DEPTH) {
			for (const place of PLACES) addTexts(found, part[place], depth + 1);
		}
		if (found.size === before && depth > 0) found.add(JSON.stringify(part));
	}
}

const isGoodStatus = (status: number): boolean => status >= 200 && status < 300;

export const isSuccess = ({ status }: OdinResponse): boolean => isGoodStatus(status);
