import { isObject } from '../../values/json';
import { isSuccess, type OdinResponse } from '../response';

/** 440 and 419 are what IIS and Laravel have for a session that timed out. */
const STATUSES = [401, 419, 440];

/** A complaint about the session stands at the beginning, and what follows it (a stack trace) may be long. */
const MAX_READ = 500;

/**
 * All that a sentence about the session is made of. Any other word makes it one about something else: the token of a
 * device, a session timer, a trunk group that is named "expired token".
 */
const VOCABULARY = new Set(
	`a access active administrator again an and another api at auth authenticate authenticated authentication
	authorization be bearer because been by closed code cookie current does due elsewhere ended error exception exist
	exists expired expires expiry for found full has have id inactive inactivity in invalid invalidated is it jwt killed
	log logged login long longer lost malformed missing must need needed needs new no not now of on or out over please
	provided re reauthenticate recognized request require required requires resource revoked sent session sign signed
	signature start state status stale terminated the then this time timed timeout to token unauthenticated unauthorized
	unknown user valid was web were with you your`.split(/\s+/),
);

const ENDED =
	/\b(expired|invalid(ated)?|inactive|ended|over|closed|terminated|killed|revoked|lost|stale|unknown|malformed|missing|required|timed out|time ?out|logged out|not (active|exist|found|longer valid|provided|recognized|sent|valid)|no|no longer)\b/;

const NOT_LOGGED_IN =
	/\bnot (yet )?(logged in|signed in|authenticated)|\bunauthenticated\b|\b(logged|signed) out\b|\b(log|sign) in\b|\b(please|must) (login|authenticate|re ?authenticate)\b|\b(login|authentication) (is )?(required|needed|expired)\b|\b(requires?|needs?) (a )?(new )?(login|authentication)\b/;

const isAboutEndedSession = (sentence: string): boolean => {
	const words = plainWordsIn(sentence);
	const text = words.join(' ');
	return (
		words.every((word) => VOCABULARY.has(word)) &&
		((/\b(session|token|jwt|cookie)\b/.test(text) && ENDED.test(text)) || NOT_LOGGED_IN.test(text))
	);
};

/** In lower case, without numbers and dates; `TokenExpired` and `token_expired` are two words. */
const plainWordsIn = (sentence: string): string[] =>
	sentence
		.replace(/(\p{Ll})(\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$3 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '' && !/\p{N}/u.test(word));

/** A name in quotation marks says nothing about the session. */
const QUOTED = /(?<!\p{L})'[^']*'(?!\p{L})|"[^"]*"|“[^“”]*”/gu;

/** What an error body has beside its texts; a profile or a list has other keys. */
const ABOUT_THE_ANSWER =
	/^(error|message|status|success|ok$|code|details?$|title|summary|reason|result|time|path$|type$|trace|request)/i;

/** In a success only a complaint counts, not what the data says. */
const isComplaint = ({ body, readable }: OdinResponse): boolean =>
	!readable ||
	(isObject(body) &&
		(Boolean(body.error) || Object.keys(body).every((key) => ABOUT_THE_ANSWER.test(key))));

/** Whether Odin says that the session has ended, with whatever status: with which one is not documented. */
export function saysSessionEnded(answer: OdinResponse): boolean {
	if (STATUSES.includes(answer.status)) return true;
	if (answer.words === '' || (isSuccess(answer) && !isComplaint(answer))) return false;
	return answer.words
		.slice(0, MAX_READ)
		.replace(QUOTED, ' ')
		.split(/ – |[.;!\n]/)
		.some(isAboutEndedSession);
}

/** With these Odin turned the request away before it did anything. */
const TURNED_AWAY = [...STATUSES, 403];

/** Whether a write may have been carried out although the answer complains about the session. */
export const mayHaveBeenDone = ({ status }: OdinResponse): boolean => !TURNED_AWAY.includes(status);
