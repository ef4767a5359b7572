import { isObject } from '../values/json';
import { capitalised } from '../values/text';
import { isSuccess, type BodyFlaw, type OdinResponse } from './response';
import { MAX_BODY_TEXT } from './body';
import { connectionLoss, type ConnectionLoss, type N8nRefusal } from './connectionErrors';
import { CHECK_FIRST, OdinError, type ErrorKind } from './odinError';
import { MAX_WAIT_MS, retryAfterMs, waitText } from './retryPolicy';
import { mayHaveBeenDone, saysSessionEnded } from './session/endedSession';
import { impossible, subjectOf } from './subject';

/** What a failure is told about the request. */
export interface RequestFacts {
	/** What the request is for, a verb phrase such as `create trunk group 'x' in group 'g'` */
	purpose: string;
	/** Whether repeating or losing it matters */
	isWrite: boolean;
	/** Whether a success says all, whatever stands in it: what was written can be read */
	needsNoBody?: boolean;
	username: string;
	baseUrl: string;
	/** The session had ended, as Odin showed when it was asked for it after a 403 */
	sessionEnded?: boolean;
}

interface Row {
	when(answer: OdinResponse, facts: RequestFacts): boolean;
	kind: ErrorKind;
	message(facts: RequestFacts, answer: OdinResponse): string;
	description: string | ((facts: RequestFacts, answer: OdinResponse) => string);
	/** What was not done, where the answer says so */
	effect?(answer: OdinResponse): string;
	/** Whether the same request may get another answer a little later */
	isTransient?: boolean | ((answer: OdinResponse) => boolean);
	/** For the table of messages: what is behind it, and an answer that has it */
	cause: string;
	example: { status: number; body?: string; isTooLarge?: boolean };
}

const http = ({ status }: OdinResponse): string => `(HTTP ${status})`;
const isTimeOut = (status: number): boolean => [408, 499].includes(status);
const said = ({ words }: OdinResponse): string => (words === '' ? '' : `: ${words}`);

const FLAWS: Record<BodyFlaw, string> = {
	tooLarge: `the answer is larger than ${MAX_BODY_TEXT}`,
	tooDeep: 'the answer is JSON that is nested too deeply',
	html: 'the answer is a web page, perhaps of a proxy',
	cut: 'the answer is truncated JSON',
	noJson: 'the answer is not JSON',
};
const unreadable = ({ flaw = 'noJson' }: OdinResponse): string => FLAWS[flaw];

/** What is known of a request whose answer settles nothing, and why. */
function unsettled({ purpose, isWrite }: RequestFacts, reason: string): string {
	if (!isWrite) return `Odin could not ${purpose}: ${reason}`;
	const { participle, object } = subjectOf(purpose);
	return `The outcome is unknown: Odin may or may not have ${participle} ${object}. ${capitalised(reason)}`;
}

/** For a request that did not reach Odin. */
export function notAsked({ purpose }: RequestFacts, reason: string): string {
	return `${reason}, so ${impossible(purpose)}`;
}

const lookFirst = ({ isWrite }: RequestFacts): string =>
	`${isWrite ? CHECK_FIRST : 'Try again later'}. If it keeps happening, ask the operator of Odin or of the proxy in front of it`;

/** Words that mean "there is no such thing": not found, could not be found, doesn't exist, TrunkGroupNotFound ... */
const NOT_FOUND =
	/(\bnot|n['’]t|\bcannot|\bunable to)( \w{1,30})? (be )?(find|found|locate|located|exist)\b|not[_-]?found|no such|non-?exist|\bunknown (trunk|group|service provider|enterprise|user|device|department)/i;

/**
 * Words count where Odin itself may have said them. A gateway that does not find its Odin says so with 502 or 504, or in
 * plain text; a write that met a server fault may have happened, whatever the words say.
 */
const saysNotFound = ({ status, words, body }: OdinResponse, { isWrite }: RequestFacts): boolean =>
	NOT_FOUND.test(words) && (status < 500 || (status === 500 && !isWrite && isObject(body)));

/** Condition → what happened → what to do, for every answer that is not the wanted one. The first row that fits counts. */
export const ROWS: readonly Row[] = [
	{
		// Whatever its status says: to ask for it again would only bring it again.
		when: ({ flaw }) => flaw === 'tooLarge',
		kind: 'lost',
		message: (facts, answer) => unsettled(facts, `${unreadable(answer)} ${http(answer)}`),
		description: lookFirst,
		cause:
			'Odin or a proxy in front of it sends endlessly, or the list is far too long. Reading stops there, without a retry',
		example: { status: 200, isTooLarge: true },
	},
	{
		// With such a status a write may have been carried out before the session ended.
		when: (answer, { isWrite }) => isWrite && mayHaveBeenDone(answer) && saysSessionEnded(answer),
		kind: 'lost',
		isTransient: true,
		message: (facts, answer) =>
			unsettled(facts, `the session token had expired ${http(answer)}${said(answer)}`),
		description: lookFirst,
		cause: 'The session ended while Odin carried out the request',
		example: { status: 500, body: '{"error":"Expired token"}' },
	},
	{
		when: (answer, { sessionEnded = false }) => sessionEnded || saysSessionEnded(answer),
		kind: 'session',
		isTransient: true,
		message({ purpose }, answer) {
			const { gerund, object } = subjectOf(purpose);
			return `Odin rejected the session token ${http(answer)} while ${gerund} ${object}${said(answer)}`;
		},
		description: (_facts, { status }) =>
			`The token of a new login was rejected as well. Test the credential; perhaps another program logs in with the same user and ends this session${status === 403 ? ', or the administrator has no rights at all' : ''}`,
		cause: 'The session ended again right after a new login',
		example: { status: 401, body: '{"error":"Expired token"}' },
	},
	{
		// A web page is no word of Odin's on rights: a proxy may have forbidden it.
		when: ({ status, isHtml }) => status === 403 && !isHtml,
		kind: 'forbidden',
		message: ({ purpose, username }, answer) =>
			`Odin does not allow administrator '${username}' to ${purpose} ${http(answer)}${said(answer)}`,
		description:
			'A new login made no difference. Use the credential of an administrator with these rights, or have them granted in Odin',
		cause: 'The administrator of the credential lacks the rights, also with a new session',
		example: { status: 403, body: '{"error":"Admin is not authorized"}' },
	},
	{
		when: ({ status }) => status === 429 || status === 503,
		kind: 'busy',
		isTransient: true,
		message: ({ purpose }, answer) =>
			`Odin is too busy to ${purpose} ${http(answer)}${said(answer)}`,
		// A proxy may answer 503 for an Odin that did what it was asked.
		effect: ({ status }) => (status === 429 ? 'Nothing was done' : ''),
		description: ({ isWrite }, answer) => {
			const later = `Run it again later${tooLong(answer) || ", or raise 'Max Retries' in the options"}. Lower 'Concurrency' or 'Requests per Second' to send less at once`;
			// A proxy may answer so for an Odin that did what it was asked.
			return isWrite && answer.status === 503 ? `${CHECK_FIRST}. ${later}` : later;
		},
		cause: 'Odin, or a proxy in front of it, limits requests; the retries were used up',
		example: { status: 429 },
	},
	{
		when: ({ status }) => status >= 300 && status < 400,
		kind: 'redirect',
		message: (facts, answer) =>
			notAsked(
				facts,
				`${facts.baseUrl} redirects to another address, which is not followed ${http(answer)}`,
			),
		description: "Enter the address of the Odin API itself as 'Base URL' of the credential",
		cause: 'Password and token go only to the host of the credential',
		example: { status: 302 },
	},
	{
		when: (answer, facts) => [404, 410].includes(answer.status) || saysNotFound(answer, facts),
		kind: 'notFound',
		message: ({ purpose }, answer) => `Odin could not ${purpose} ${http(answer)}${said(answer)}`,
		description: ({ isWrite }, { words }) =>
			isWrite && words !== ''
				? "Odin's own words say what it does not know. Correct that name or ID, then run it again"
				: 'Check service provider, group and name; Odin knows them by their exact IDs',
		cause: 'Odin does not know what the request names',
		example: { status: 404, body: '{"error":"Group not found"}' },
	},
	{
		// With 408 or 499 a proxy gave up; what it had passed on by then nobody knows.
		when: ({ status }) => status >= 500 || isTimeOut(status),
		kind: 'lost',
		isTransient: true,
		message: (facts, answer) =>
			unsettled(
				facts,
				answer.flaw && answer.words === ''
					? `${unreadable(answer)} ${http(answer)}`
					: `it returned HTTP ${answer.status}${said(answer)}`,
			),
		description: lookFirst,
		cause:
			'Odin, or the proxy in front of it, gave up on the request. A create is looked for by name before it is sent again',
		example: { status: 502, body: '<html></html>' },
	},
	{
		when: (answer) => !isSuccess(answer) && !answer.readable && answer.words === '',
		kind: 'refused',
		message: ({ purpose }, answer) =>
			`Odin could not ${purpose}: ${unreadable(answer)} ${http(answer)}`,
		description:
			"Check the path of the 'Base URL' of the credential, and the proxy between n8n and Odin",
		cause: 'Something other than the Odin API answers at this address',
		example: { status: 405, body: '<html></html>' },
	},
	{
		when: (answer) => !isSuccess(answer),
		kind: 'refused',
		message: ({ purpose }, answer) => `Odin refused to ${purpose} ${http(answer)}${said(answer)}`,
		description: (_facts, { words }) =>
			words === ''
				? 'Odin does not say why. Check the parameters; the log of Odin may tell more'
				: "See Odin's message above. Correct the parameters, then try again",
		cause: 'Odin rejects the request; nothing was done',
		example: { status: 400, body: '{"error":"Invalid value","details":"maxActiveCalls"}' },
	},
	{
		when: (answer, facts) => !answer.readable && !(facts.needsNoBody && isShortText(answer)),
		kind: 'lost',
		// A web page as a success is a wrong address or a portal before Odin: it stays.
		isTransient: ({ isHtml }) => !isHtml,
		message: (facts, answer) => unsettled(facts, `${unreadable(answer)} ${http(answer)}`),
		description: lookFirst,
		cause: 'The answer was damaged in transit, or does not come from the Odin API',
		example: { status: 200, body: '{"name":"acme-s' },
	},
	{
		// There are partial successes (the portal shows their text as a warning), so of a write nothing is certain.
		when: ({ complaint }, { isWrite }) =>
			complaint !== undefined && (isWrite || !complaint.isOfWrite),
		kind: 'lost',
		message: (facts, answer) =>
			unsettled(facts, `it returned HTTP ${answer.status} with an error text${said(answer)}`),
		description: lookFirst,
		cause:
			'Odin returns a success status whose body reports that the request failed, wholly or in part',
		example: { status: 200, body: '{"success":false,"message":"Could not do it"}' },
	},
];

const tooLong = ({ headers }: OdinResponse): string => {
	const milliseconds = retryAfterMs(headers) ?? 0;
	return milliseconds > MAX_WAIT_MS
		? ` (Odin asks n8n to wait ${waitText(milliseconds)}; the node waits ${waitText(MAX_WAIT_MS)} at most)`
		: '';
};

/** Such as "OK" or "Deleted": neither cut off nor noise nor a page. */
const isShortText = ({ words, isHtml, isCut }: OdinResponse): boolean =>
	words !== '' && words.length <= 200 && !isHtml && !isCut;

/**
 * The failure that an answer stands for, or undefined for the wanted answer. `shownWords` are Odin's words as a message
 * may show them; what they mean is decided by those of the answer.
 */
export function failureOf(
	given: OdinResponse,
	facts: RequestFacts,
	shownWords = given.words,
): OdinError | undefined {
	const row = ROWS.find(({ when }) => when(given, facts));
	const answer = { ...given, words: shownWords };
	return (
		row &&
		new OdinError({
			kind: row.kind,
			message: row.message(facts, answer),
			effect: row.effect?.(answer) ?? '',
			description:
				typeof row.description === 'string' ? row.description : row.description(facts, answer),
			httpStatus: answer.status,
			odinMessage: answer.words,
			words: given.words,
			isTransient:
				typeof row.isTransient === 'function'
					? row.isTransient(answer)
					: (row.isTransient ?? false),
			retryAfterMs: retryAfterMs(answer.headers),
		})
	);
}

/** The failure of a request that got no answer at all. */
export const connectionFailure = (code: string | undefined, facts: RequestFacts): OdinError =>
	lossFailure(connectionLoss(code), facts);

export function lossFailure(
	{ sent, what, advice, isTransient }: ConnectionLoss,
	facts: RequestFacts,
): OdinError {
	if (!sent) {
		return new OdinError({
			kind: 'unreachable',
			message: notAsked(facts, `${facts.baseUrl} ${what}`),
			description: advice,
			isTransient,
		});
	}
	return new OdinError({
		kind: 'lost',
		message: unsettled(facts, `${facts.baseUrl} ${what}`),
		description: facts.isWrite ? lookFirst(facts) : advice,
		isTransient,
	});
}

/** The failure of a request that n8n, or a proxy that it has to use, did not let through to Odin. */
export const restrictedFailure = (refusal: N8nRefusal, facts: RequestFacts): OdinError =>
	new OdinError({
		kind: 'unreachable',
		message: notAsked(facts, refusal.what),
		description: refusal.advice,
	});

/** The failure of a request that was under way when the execution was stopped. Reading alone leaves nothing open. */
export const interrupted = (facts: RequestFacts): OdinError =>
	new OdinError({
		kind: facts.isWrite ? 'lost' : 'stopped',
		message: unsettled(facts, 'the execution was stopped before the answer came'),
		description: lookFirst(facts),
	});

/** The failure of a request that the end of the execution kept from being sent. */
export const neverSent = (facts: RequestFacts): OdinError =>
	new OdinError({
		kind: 'stopped',
		message: notAsked(facts, 'The execution was stopped'),
		effect: 'Nothing was sent',
		description: '',
	});
