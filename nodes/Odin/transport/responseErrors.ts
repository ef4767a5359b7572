import { isObject } from '../values/json';
import { isSuccess, type OdinResponse } from './response';
import { connectionLoss } from './connectionErrors';
import { CHECK_FIRST, OdinError, type ErrorKind } from './odinError';
import { MAX_WAIT_MS, retryAfterMs, waitText } from './retryPolicy';
import { mayHaveBeenDone, saysSessionEnded } from './session/endedSession';

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
}

const http = ({ status }: OdinResponse): string => `(HTTP ${status})`;
const isTimeOut = (status: number): boolean => [408, 499].includes(status);
const said = ({ words }: OdinResponse): string => (words === '' ? '' : `: ${words}`);
const unreadable = ({ isHtml, isCut }: OdinResponse): string => {
	if (isHtml) return 'a web page, perhaps of a proxy';
	return isCut ? 'JSON that is cut off' : 'not JSON';
};
const unknownWrite = ({ purpose, isWrite }: RequestFacts): string =>
	isWrite ? `It is not known whether Odin did ${purpose}` : `Odin could not ${purpose}`;
const lookFirst = ({ isWrite }: RequestFacts): string =>
	`${isWrite ? CHECK_FIRST : 'Try again later'}. If it happens again and again, ask who runs Odin or the proxy before it`;

/** Words that mean "there is no such thing": not found, could not be found, doesn't exist, TrunkGroupNotFound ... */
const NOT_FOUND =
	/(\bnot|n['’]t|\bcannot|\bunable to)( \w+)? (be )?(find|found|locate|located|exist)\b|not[_-]?found|no such|non-?exist|\bunknown (trunk|group|service provider|enterprise|user|device|department)/i;

/**
 * Words count where Odin itself may have said them. A gateway that does not find its Odin says so with 502 or 504, or in
 * plain text; a write that met a server fault may have happened, whatever the words say.
 */
const saysNotFound = ({ status, words, body }: OdinResponse, { isWrite }: RequestFacts): boolean =>
	NOT_FOUND.test(words) && (status < 500 || (status === 500 && !isWrite && isObject(body)));

/** Condition → what happened → what to do, for every answer that is not the wanted one. The first row that fits counts. */
const ROWS: Row[] = [
	{
		// With one of these statuses a write may have been carried out before the session ended.
		when: (answer, { isWrite }) => isWrite && mayHaveBeenDone(answer) && saysSessionEnded(answer),
		kind: 'lost',
		isTransient: true,
		message: (facts, answer) =>
			`${unknownWrite(facts)}: the session had ended ${http(answer)}${said(answer)}`,
		description: lookFirst,
	},
	{
		when: (answer, { sessionEnded = false }) => sessionEnded || saysSessionEnded(answer),
		kind: 'session',
		isTransient: true,
		message: ({ purpose }, answer) =>
			`Odin did not accept the session while asked to ${purpose} ${http(answer)}${said(answer)}`,
		description: (_facts, { status }) =>
			`A new login was tried and was not accepted either. Test the credential; perhaps another program logs in with the same user and ends this session${status === 403 ? ', or the administrator has no rights at all' : ''}`,
	},
	{
		when: ({ status }) => status === 403,
		kind: 'forbidden',
		message: ({ purpose, username }, answer) =>
			`Odin does not allow administrator '${username}' to ${purpose} ${http(answer)}${said(answer)}`,
		description:
			'A new login did not change that. Use a credential of an administrator with the rights for it, or have them granted in Odin',
	},
	{
		when: ({ status }) => status === 429 || status === 503,
		kind: 'busy',
		isTransient: true,
		message: ({ purpose }, answer) =>
			`Odin is too busy to ${purpose} ${http(answer)}${said(answer)}`,
		// A proxy may answer 503 for an Odin that did what it was asked.
		effect: ({ status }) => (status === 429 ? 'Nothing was done' : ''),
		description: (_facts, answer) =>
			`Run it again later${tooLong(answer)}, or raise 'Max Retries' in the options; 'Concurrency' and 'Requests per Second' make the node ask for less at once`,
	},
	{
		when: ({ status }) => status >= 300 && status < 400,
		kind: 'redirect',
		message: ({ purpose, baseUrl }, answer) =>
			`The address ${baseUrl} redirects to another one, which is not followed, so Odin was not asked to ${purpose} ${http(answer)}`,
		description: "Enter the address of the Odin API itself as 'Base URL' of the credential",
	},
	{
		when: (answer, facts) => [404, 410].includes(answer.status) || saysNotFound(answer, facts),
		kind: 'notFound',
		message: ({ purpose }, answer) => `Odin could not ${purpose} ${http(answer)}${said(answer)}`,
		description: ({ isWrite }, { words }) =>
			isWrite && words !== ''
				? "Odin's own words say what it does not know. Correct that name or id, then run it again"
				: 'Check service provider, group and name; Odin distinguishes them by their exact ids',
	},
	{
		// With 408 or 499 a proxy gave up; what it had passed on by then nobody knows.
		when: ({ status }) => status >= 500 || isTimeOut(status),
		kind: 'lost',
		isTransient: true,
		message: (facts, answer) =>
			`${unknownWrite(facts)}: the answer is ${answer.isHtml ? 'a web page, perhaps of a proxy' : isTimeOut(answer.status) ? 'a time-out' : 'a server fault'} ${http(answer)}${said(answer)}`,
		description: lookFirst,
	},
	{
		when: (answer) => !isSuccess(answer) && !answer.readable && answer.words === '',
		kind: 'refused',
		message: ({ purpose }, answer) =>
			`Odin was not able to ${purpose}: the answer is ${unreadable(answer)} ${http(answer)}`,
		description:
			"Check the path of the 'Base URL' of the credential, and the proxy between n8n and Odin",
	},
	{
		when: (answer) => !isSuccess(answer),
		kind: 'refused',
		message: ({ purpose }, answer) => `Odin refused to ${purpose} ${http(answer)}${said(answer)}`,
		description: (_facts, { words }) =>
			words === ''
				? 'Odin does not say why. Check the parameters of this item; the log of Odin may tell more'
				: "Odin's own words say why. Correct the parameters of this item, then run it again",
	},
	{
		when: (answer, facts) => !answer.readable && !(facts.needsNoBody && isShortText(answer)),
		kind: 'lost',
		// A web page as a success is a wrong address or a portal before Odin: it stays.
		isTransient: ({ isHtml }) => !isHtml,
		message: (facts, answer) =>
			`${unknownWrite(facts)}: the answer is ${unreadable(answer)} ${http(answer)}`,
		description: lookFirst,
	},
	{
		when: (answer) => answer.words !== '' && hasErrorText(answer.body),
		kind: 'lost',
		message: (facts, answer) =>
			`${unknownWrite(facts)}: it answered with a success that complains${said(answer)} ${http(answer)}`,
		description: lookFirst,
	},
];

const tooLong = ({ headers }: OdinResponse): string => {
	const milliseconds = retryAfterMs(headers) ?? 0;
	return milliseconds > MAX_WAIT_MS
		? ` (Odin asks to wait ${waitText(milliseconds)}, and the node waits ${MAX_WAIT_MS / 1000} at most)`
		: '';
};

/** Such as "OK" or "Deleted": neither cut off nor noise nor a page. */
const isShortText = ({ words, isHtml, isCut }: OdinResponse): boolean =>
	words !== '' && words.length <= 200 && !isHtml && !isCut;

/**
 * A success with an `error` in it, or with the status of a refusal and a message. There are partial successes: the portal
 * shows their text as a warning.
 */
const hasErrorText = (body: unknown): boolean =>
	isObject(body) &&
	(Boolean(body.error) ||
		(Array.isArray(body.errors) && body.errors.length > 0) ||
		(Number(body.status) >= 400 && Boolean(body.message)));

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
export function connectionFailure(code: string | undefined, facts: RequestFacts): OdinError {
	const { sent, what, advice, isTransient } = connectionLoss(code);
	if (!sent) {
		return new OdinError({
			kind: 'unreachable',
			message: `Odin was not asked to ${facts.purpose}: ${facts.baseUrl} ${what}`,
			description: advice,
			isTransient,
		});
	}
	return new OdinError({
		kind: 'lost',
		message: `${unknownWrite(facts)}: ${facts.baseUrl} ${what}`,
		description: facts.isWrite ? lookFirst(facts) : advice,
		isTransient,
	});
}

/** The failure of a request that n8n does not send with this credential. */
export const restrictedFailure = (reason: string, { purpose }: RequestFacts): OdinError =>
	new OdinError({
		kind: 'unreachable',
		message: `Odin was not asked to ${purpose}, since the credential does not allow it. ${reason}`,
		description: "Add this host to 'Allowed Domains' of the credential",
	});

/** The failure of a request that was under way when the execution was stopped. Reading alone leaves nothing open. */
export const interrupted = (facts: RequestFacts): OdinError =>
	new OdinError({
		kind: facts.isWrite ? 'lost' : 'stopped',
		message: `${unknownWrite(facts)}: the execution was stopped before the answer came`,
		description: lookFirst(facts),
	});

/** The failure of a request that the end of the execution kept from being sent. */
export const neverSent = ({ purpose }: RequestFacts): OdinError =>
	new OdinError({
		kind: 'stopped',
		message: `The execution was stopped before Odin was asked to ${purpose}`,
		effect: 'Nothing was sent',
		description: '',
	});
