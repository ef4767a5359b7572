/** What begins the time of a request that waits for a login, by the signal that ends it. */
const notBegun = new WeakMap<AbortSignal, () => void>();

/** More than a login takes that another execution began, in milliseconds. */
const LONGEST_LOGIN_MS = 60_000;

/**
 * The time that a whole answer may take. n8n is handed the signal of a request before it logs in for it, and the login has a
 * time of its own, so the time of such a request begins when `beginDeadline` is called with that signal.
 */
export class Deadline {
	/** Ends the request: when its time is over, or with the execution */
	readonly signal: AbortSignal;

	private readonly expiry: AbortSignal;

	constructor(milliseconds: number, stop: AbortSignal | undefined, waitsForLogin: boolean) {
		const delayed = new AbortController();
		this.expiry = waitsForLogin ? delayed.signal : AbortSignal.timeout(milliseconds);
		this.signal = stop ? AbortSignal.any([stop, this.expiry]) : this.expiry;
		if (!waitsForLogin) return;
		const expireAfter = (time: number) =>
			AbortSignal.timeout(time).addEventListener('abort', () => delayed.abort());
		// Should nobody call `beginDeadline`: n8n may have loaded the credential with another copy of this module.
		expireAfter(LONGEST_LOGIN_MS + milliseconds);
		notBegun.set(this.signal, () => expireAfter(milliseconds));
	}

	get isOver(): boolean {
		return this.expiry.aborted;
	}
}

/** A request with this signal is about to be sent. Does nothing for one that is not the node's. */
export function beginDeadline(signal: unknown): void {
	if (!(signal instanceof AbortSignal)) return;
	notBegun.get(signal)?.();
	notBegun.delete(signal);
}
