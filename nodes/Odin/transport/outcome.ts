import { isSuccess, type Answer } from './answer';
import { connectionLoss } from './connection';
import { OdinFailure, type FailureKind } from './failure';
import { MAX_WAIT_MS, retryAfterMs } from './repeating';

/** What a failure is told about the request. */
export interface RequestFacts {
	/** What the request is for, a verb phrase such as `create trunk group 'x' in group 'g'` */
	purpose: string;
	/** Whether repeating or losing it matters */
	isWrite: boolean;
	username: string;
	baseUrl: string;
}

interface Row {
	when(answer: Answer, facts: RequestFacts): boolean;
	kind: FailureKind;
	message(facts: RequestFacts, answer: Answer): string;
	description: string | ((facts: RequestFacts, answer: Answer) => string);
	/** Whether the same request may get another answer a little later */
	isPassing?: boolean | ((answer: Answer) => boolean);
}

const http = ({ status }: Answer): string => `(HTTP ${status})`;
const said = ({ words }: Answer): string => (words === '' ? '' : `: ${words}`);
const unreadable = ({ isHtml, isCut }: Answer): string => {
	if (isHtml) return 'a web page, perhaps of a proxy';
	return isCut ? 'JSON that is cut off' : 'not JSON';
};
const unknownWrite = ({ purpose, isWrite }: RequestFacts): string =>
	isWrite ? `It is not known whether Odin did ${purpose}` : `Odin could not ${purpose}`;
const lookFirst = ({ isWrite }: RequestFacts): string =>
	`${isWrite ? 'Look in Odin before you run this again' : 'Try again later'}. If it happens again and again, ask who runs Odin or the proxy before it`;

/** Words that mean "there is no such thing", in whatever answer they stand (interface.md, rules of values). */
const NOT_FOUND = /not found|does not exist|doesn't exist|no such/i;

/** Condition → what happened → what to do, for every answer that is not the wanted one. The first row that fits counts. */
const ROWS: Row[] = [
	{
		when: (answer) => answer.status === 401 || (answer.status === 403 && isSessionOver(answer)),
		kind: 'session',
		isPassing: true,
		message: ({ purpose }, answer) =>
			`Odin did not accept the session while asked to ${purpose} ${http(answer)}${said(answer)}`,
		description:
			'A new login was tried and was not accepted either. Test the credential; perhaps another program logs in with the same user and ends this session',
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
		isPassing: true,
		message: ({ purpose }, answer) =>
			`Odin is too busy to ${purpose} ${http(answer)}${said(answer)}`,
		// A proxy may answer 503 for an Odin that did what it was asked.
		description: (_facts, answer) =>
			`${answer.status === 429 ? 'Nothing was done. ' : ''}Run it again later${tooLong(answer)}, or raise 'Max Retries' in the options; 'Concurrency' and 'Requests per Second' make the node ask for less at once`,
	},
	{
		when: ({ status }) => status >= 300 && status < 400,
		kind: 'redirect',
		message: ({ purpose, baseUrl }, answer) =>
			`The address ${baseUrl} redirects to another one, which is not followed, so Odin was not asked to ${purpose} ${http(answer)}`,
		description: "Enter the address of the Odin API itself as 'Base URL' of the credential",
	},
	{
		// A write that met a server fault may have happened, whatever the words say.
		when: ({ status, words }, { isWrite }) =>
			status === 404 || (NOT_FOUND.test(words) && !(isWrite && status >= 500)),
		kind: 'notFound',
		message: ({ purpose }, answer) => `Odin could not ${purpose} ${http(answer)}${said(answer)}`,
		description: ({ isWrite }) =>
			isWrite
				? "Odin's own words say what it does not know. Correct that name or id, then run it again"
				: 'Check service provider, group and name; Odin distinguishes them by their exact ids',
	},
	{
		when: ({ status }) => status >= 500,
		kind: 'lost',
		isPassing: true,
		message: (facts, answer) =>
			`${unknownWrite(facts)}: the answer is ${answer.isHtml ? 'a web page, perhaps of a proxy' : 'a server fault'} ${http(answer)}${said(answer)}`,
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
		description: "Odin's own words say why. Correct the parameters of this item, then run it again",
	},
	{
		when: (answer) => !answer.readable,
		kind: 'lost',
		// A web page as a success is a wrong address or a portal before Odin: it stays.
		isPassing: ({ isHtml }) => !isHtml,
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

const tooLong = ({ headers }: Answer): string => {
	const milliseconds = retryAfterMs(headers) ?? 0;
	return milliseconds > MAX_WAIT_MS
		? ` (Odin asks to wait ${Math.round(milliseconds / 1000)} seconds, and the node waits ${MAX_WAIT_MS / 1000} at most)`
		: '';
};

/** Odin's catalogue of messages has "Expired token"; a session that ended is no lack of rights (notes (c)). */
const isSessionOver = ({ words }: Answer): boolean =>
	/(expired|invalid|unknown)\b.{0,20}\b(token|session)|(token|session)\b.{0,20}\b(expired|invalid|ended|unknown)/i.test(
		words,
	);

/** A success with an `error` in it: the portal, too, has seen such answers (notes (c)). */
const hasErrorText = (body: unknown): boolean =>
	typeof body === 'object' && body !== null && 'error' in body && Boolean(body.error);

/** The failure that an answer stands for, or undefined for the wanted answer. */
export function failureOf(answer: Answer, facts: RequestFacts): OdinFailure | undefined {
	const row = ROWS.find(({ when }) => when(answer, facts));
	return (
		row &&
		new OdinFailure({
			kind: row.kind,
			message: row.message(facts, answer),
			description:
				typeof row.description === 'string' ? row.description : row.description(facts, answer),
			httpStatus: answer.status,
			odinMessage: answer.words,
			isPassing:
				typeof row.isPassing === 'function' ? row.isPassing(answer) : (row.isPassing ?? false),
			retryAfterMs: retryAfterMs(answer.headers),
		})
	);
}

/** The failure of a request that got no answer at all. */
export function connectionFailure(code: string | undefined, facts: RequestFacts): OdinFailure {
	const { sent, what, advice, isPassing } = connectionLoss(code);
	if (!sent) {
		return new OdinFailure({
			kind: 'unreachable',
			message: `Odin was not asked to ${facts.purpose}: ${facts.baseUrl} ${what}`,
			description: advice,
			isPassing,
		});
	}
	return new OdinFailure({
		kind: 'lost',
		message: `${unknownWrite(facts)}: ${facts.baseUrl} ${what}`,
		description: facts.isWrite ? lookFirst(facts) : advice,
		isPassing,
	});
}

/** The failure of a request that was under way when the execution was stopped. */
export const interrupted = (facts: RequestFacts): OdinFailure =>
	new OdinFailure({
		kind: 'lost',
		message: `${unknownWrite(facts)}: the execution was stopped before the answer came`,
		description: lookFirst(facts),
	});

/** The failure of a request that the end of the execution kept from being sent. */
export const neverSent = ({ purpose }: RequestFacts): OdinFailure =>
	new OdinFailure({
		kind: 'stopped',
		message: `The execution was stopped before Odin was asked to ${purpose}`,
		description: 'Nothing was sent',
	});
