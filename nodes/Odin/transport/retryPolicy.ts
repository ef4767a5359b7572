import { randomInt } from 'n8n-workflow';
import type { OdinError } from './odinError';

/** The longest wait that is kept, whoever asks for it. */
export const MAX_WAIT_MS = 120_000;

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The three ways to write a date in HTTP (RFC 9110, 5.6.7); JavaScript alone takes "5, 10" for one in May. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/** Some servers count a second a moment longer than this machine's clock. */
const MARGIN_MS = 20;

/**
 * Milliseconds that Retry-After asks to wait, from now: seconds, or a date, which is held against the server's own
 * clock (RFC 9110, 10.2.3). Undefined without a readable one.
 */
export function retryAfterMs(
	headers: Record<string, string>,
	now = Date.now(),
): number | undefined {
	const value = (headers['retry-after'] ?? '').trim();
	if (/^\d+(\.\d+)?$/.test(value)) return withMargin(Number(value) * 1000);
	const date = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
	if (Number.isNaN(date)) return undefined;
	const serverNow = Date.parse(headers.date ?? '');
	const wait = date - (Number.isNaN(serverNow) ? now : serverNow);
	// A date that is over asks for nothing; the node's own wait is kinder than none.
	return wait > 0 ? withMargin(wait) : undefined;
}

/** The margin does not make a wait too long that is kept without it: servers like to ask for just two minutes. */
const withMargin = (milliseconds: number): number =>
	milliseconds > MAX_WAIT_MS
		? milliseconds + MARGIN_MS
		: Math.min(milliseconds + MARGIN_MS, MAX_WAIT_MS);

/** A wait that Odin asks for, in words; the many digits of a nonsensical one say nothing more. */
export const waitText = (milliseconds: number): string =>
	milliseconds > DAY_MS ? 'more than a day' : `${Math.round(milliseconds / 1000)} seconds`;

/** Milliseconds before retry number `retries`, from 0: doubled each time, with jitter of half up and down. */
export function backoffMs(retries: number, random = randomInt(1000) / 1000): number {
	return Math.min(FIRST_BACKOFF_MS * 2 ** retries, MAX_BACKOFF_MS) * (0.5 + random);
}

/** How often a session is renewed for one request at once, where it ends again and again. */
const MAX_RENEWALS = 3;

/** A try that did not get the wanted answer, and what came before it. */
export interface FailedTry {
	/** It changes something in Odin */
	isWrite: boolean;
	failure: Pick<OdinError, 'kind' | 'isTransient' | 'retryAfterMs' | 'sessionEnded'>;
	/** How often the request was sent again, beside renewals of the session at once */
	retries: number;
	/** How often the session was renewed since the last retry */
	renewals: number;
	/** The token was issued for this very try */
	isTokenFresh: boolean;
	/** No login is tried now, or no session is kept by Odin */
	isGivenUp: boolean;
	maxRetries: number;
}

export type NextStep =
	| { step: 'giveUp' }
	/** A new session at once, and the request again, or the outcome to the caller */
	| { step: 'renew'; sendAgain: boolean }
	/** The request again, after a wait */
	| { step: 'retry'; afterMs: number };

const GIVE_UP: NextStep = { step: 'giveUp' };

/** What a request that failed does next. The first rule that applies counts. */
export function nextStep(failed: FailedTry): NextStep {
	const { isWrite, failure, retries, renewals, isTokenFresh, isGivenUp, maxRetries } = failed;
	const isOpenWrite = isWrite && failure.kind === 'lost';
	// Somebody else ends sessions at this very moment: another login at once would only end his in turn.
	const isFruitless = renewals > 0 && isTokenFresh;
	// A session lives for so long only, which is nobody's fault and no reason to use up a retry.
	if (failure.sessionEnded && renewals < MAX_RENEWALS && !isFruitless) {
		// What was perhaps done must not be done twice. Only the caller can look for it, with the new session.
		return { step: 'renew', sendAgain: !isOpenWrite };
	}
	// Odin would say the same again.
	if (!failure.isTransient) return GIVE_UP;
	// Perhaps done: only the caller can look for it.
	if (isOpenWrite) return GIVE_UP;
	// Other requests have tried for this one.
	if (isGivenUp) return GIVE_UP;
	const { retryAfterMs } = failure;
	const afterMs = waitBeforeRetry({ retryAfterMs }, retries, maxRetries);
	return afterMs === undefined ? GIVE_UP : { step: 'retry', afterMs };
}

/**
 * As long as Odin asks, otherwise longer each time. Undefined where it is not to be tried again: Max Retries are used up,
 * or Odin asks for longer than the node waits.
 */
export function waitBeforeRetry(
	{
		retryAfterMs,
		sessionEnded = false,
	}: { retryAfterMs?: number | undefined; sessionEnded?: boolean },
	retries: number,
	maxRetries: number,
): number | undefined {
	// A write that met the end of a session was handed back, and is sent again even where Max Retries is 0.
	if (retries >= maxRetries + (sessionEnded ? 1 : 0)) return undefined;
	const milliseconds = retryAfterMs ?? (sessionEnded && retries === 0 ? 0 : backoffMs(retries));
	return milliseconds > MAX_WAIT_MS ? undefined : milliseconds;
}
