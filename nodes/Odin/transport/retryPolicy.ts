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

/** Milliseconds before try `repeat` (0 for the first one again): doubled each time, with jitter of half up and down. */
export function backoffMs(repeat: number, random = randomInt(1000) / 1000): number {
	return Math.min(FIRST_BACKOFF_MS * 2 ** repeat, MAX_BACKOFF_MS) * (0.5 + random);
}

/** Whether the same request may be sent again. A write whose response was lost is not: its sender looks first. */
export const isRetryable = ({ kind, isTransient }: OdinError, method: string): boolean =>
	isTransient && !(kind === 'lost' && method !== 'GET');
