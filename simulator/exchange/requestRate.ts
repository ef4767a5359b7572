import { OdinError } from '../odinErrors';
import type { Switches } from '../options';

/** A bucket of as many requests as are allowed a second, filled evenly. */
export class RequestRate {
	private level: number | undefined;
	private lastAt = 0;

	reset(): void {
		this.level = undefined;
		this.lastAt = 0;
	}

	/** Throws 429 when more requests come than the switch allows. */
	admit(limit: Switches['rateLimit'], now = Date.now()): void {
		if (!limit) {
			this.level = undefined;
			return;
		}
		const { requestsPerSecond, retryAfter = 'seconds' } = limit;
		const filled = ((now - this.lastAt) / 1000) * requestsPerSecond;
		const level = Math.min(requestsPerSecond, (this.level ?? requestsPerSecond) + filled);
		this.lastAt = now;
		this.level = level < 1 ? level : level - 1;
		if (level < 1) throw tooMany(retryAfter, Math.ceil((1 - level) / requestsPerSecond), now);
	}
}

function tooMany(retryAfter: 'seconds' | 'date' | 'none', seconds: number, now: number): OdinError {
	const headers: Record<string, Record<string, string>> = {
		seconds: { 'retry-after': String(seconds) },
		// A date has whole seconds: one more, or it could lie in the past.
		date: { 'retry-after': new Date(now + (seconds + 1) * 1000).toUTCString() },
		none: {},
	};
	return new OdinError(429, 'Too many requests', 'Try again later.', headers[retryAfter]);
}
