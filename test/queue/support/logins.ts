import type { RecordedRequest, Simulator } from '../../../simulator';

/** When Odin was asked for tokens, in milliseconds, oldest first. */
export const loginTimes = ({ requests }: Simulator): number[] =>
	requests.filter(({ path }) => path === '/auth/token').map(({ startedAt }) => startedAt);

/**
 * The shortest time in which more logins began than there are workers.
 *
 * A worker logs in only after Odin refused the token that its last login brought, and Odin refuses that one a whole
 * lifetime after it issued it. So a worker's logins are at least a lifetime apart, and of any `workers + 1` logins two
 * are of the same worker. All times are Odin's own: how busy the machine is makes no difference.
 */
export function shortestTimeBeyondOneEach(times: readonly number[], workers: number): number {
	const spans = times.slice(workers).map((time, index) => time - (times[index] ?? time));
	return Math.min(...spans);
}

const isRefusal = ({ status }: RecordedRequest): boolean => status === 401;

/** How many different tokens Odin refused: they had expired, or another login had ended them. */
export function refusedTokens({ requests }: Simulator): number {
	return new Set(requests.filter(isRefusal).map(({ headers }) => headers.authorization)).size;
}
