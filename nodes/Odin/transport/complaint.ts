import { isObject } from '../values/json';
import { memoized } from '../values/memoized';

/** Where the answer to a write tells what became of it, beside or instead of the profile. */
const ENVELOPES = ['data', 'result', 'response', 'status', 'meta', 'body', 'output'];

const MAX_PARTS = 100;

/** The places of a success where it may say that it failed: the answer itself, and what it is wrapped in. */
function placesIn(body: unknown): Array<Record<string, unknown>> {
	const isList = Array.isArray(body);
	const outer = (isList ? body.slice(0, MAX_PARTS) : [body]).filter(isObject);
	if (isList) return outer;
	return outer.flatMap((object) => {
		const inner = ENVELOPES.map((key) => object[key]);
		const [only, second] = Object.keys(object);
		if (only !== undefined && second === undefined) inner.push(object[only]);
		return [object, ...[...new Set(inner)].flatMap(objectsIn)];
	});
}

const objectsIn = (part: unknown): Array<Record<string, unknown>> =>
	(Array.isArray(part) ? part.slice(0, MAX_PARTS) : [part]).filter(isObject);

/** `error`, `errors`, `error_data`, `errorMessage`, `hasErrors`, `fault`, `faultString`, `exception` …; not `failureThresholdCounter`. */
const COMPLAINT =
	/^(?:has|is)?(?:errors?|exceptions?|faults?|failures?)(?:data|messages?|msg|texts?|details?|descriptions?|info|codes?|strings?|reasons?|list|objects?|summary)?$/;

const plain = (key: string): string => key.toLowerCase().replace(/[_-]/g, '');

/** What says in such a place that there is nothing to complain of. */
const NOTHING = /^(|0|none|null|nil|false|no|ok|n\/a|success|no errors?)$/i;

const isComplaint = (value: unknown): boolean => {
	if (typeof value === 'string') return !NOTHING.test(value.trim());
	if (typeof value === 'object' && value !== null) return Object.values(value).some(isComplaint);
	return value === true || (typeof value === 'number' && value !== 0 && !isGoodStatus(value));
};

const isGoodStatus = (value: number): boolean => value >= 200 && value < 300;

/** Switches that say whether it worked. */
const VERDICT = /^(?:is|was)?(?:success|successful|succeeded|ok)$/;
const isNo = (value: unknown): boolean =>
	value === false || (typeof value === 'string' && /^(false|no)$/i.test(value.trim()));

/** Texts that say how it went. A device has a status, too, and is online or offline. */
const STATE = /^(?:status|result|outcome|state|statustext|statusmessage)$/;
const isFailed = (value: unknown): boolean =>
	typeof value === 'string' &&
	/^(failed|failure|fail|error|unsuccessful|rejected|refused|denied)$/i.test(value.trim());

/** What a key tells, as its name says. */
const told = memoized((key): 'fault' | 'verdict' | 'state' | undefined => {
	const name = plain(key);
	if (COMPLAINT.test(name)) return 'fault';
	if (VERDICT.test(name)) return 'verdict';
	return STATE.test(name) ? 'state' : undefined;
});

/** The HTTP status of a refusal, inside of a success. */
const isRefusal = (value: unknown): boolean =>
	(typeof value === 'number' || typeof value === 'string') &&
	Number(value) >= 400 &&
	Number(value) < 600;

const NO =
	/\b(could not|couldn['’]t|cannot|can['’]t|unable to|failed|not (allowed|authori[sz]ed|permitted|possible|valid)|refused|denied|rejected|invalid|exception)\b/i;

/** Whether a text instead of a profile says that it failed; more than a line is none that the server meant for this. */
export const saysNo = (text: string): boolean => NO.test(text.slice(0, 500));

export interface Complaint {
	/** Parts of the answer that say what is wrong */
	parts: unknown[];
	/** What in the answer says that it failed, for want of words: "success: false" */
	verdict: string;
	/** Whether only the answer to a write is read so; what is read may itself have such a field */
	isOfWrite: boolean;
}

/**
 * What in a success says that it failed, if anything does. A body without content, or with an `error` that is empty, says
 * nothing of the kind.
 */
export function complaintIn(body: unknown): Complaint | undefined {
	const complaint: Complaint = { parts: [], verdict: '', isOfWrite: true };
	if (body === false) complaint.verdict = 'false';
	if (typeof body === 'string' && saysNo(body)) complaint.verdict = body;
	for (const place of placesIn(body)) addComplaint(complaint, place, place === body);
	return complaint.verdict === '' ? undefined : complaint;
}

function addComplaint(complaint: Complaint, place: Record<string, unknown>, isTop: boolean): void {
	const { message } = place;
	const hasMessage = isComplaint(message);
	if (typeof message === 'string' && saysNo(message)) complaint.verdict ||= message;
	for (const [key, value] of Object.entries(place)) {
		const tells = told(key);
		if (tells === undefined) continue;
		const isFault = tells === 'fault' && isComplaint(value);
		const isNegative = tells === 'verdict' && isNo(value);
		const isState = tells === 'state' && (isFailed(value) || (isRefusal(value) && hasMessage));
		if (!isFault && !isNegative && !isState) continue;
		complaint.verdict ||= typeof value === 'object' ? key : `${key}: ${String(value)}`;
		complaint.parts.push(...(isFault ? [value] : []), place.message, place.details);
		if (isTop && (isNegative || /^errors?$/.test(plain(key)) || (isState && hasMessage))) {
			complaint.isOfWrite = false;
		}
	}
}
