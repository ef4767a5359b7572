/** What begins the time of a request, by the signal that ends it. */
const notBegun = new WeakMap<AbortSignal, () => void>();

/**
 * The time that a whole answer may take. n8n is handed its signal before it logs in, and the login has a time of its own,
 * so this one begins when `beginDeadline` is called with that signal.
 */
export class Deadline {
	/** Ends the request: when its time is over, or with the execution */
	readonly signal: AbortSignal;

	private readonly expiry = new AbortController();

	constructor(milliseconds: number, stop: AbortSignal | undefined) {
		const { expiry } = this;
		this.signal = stop ? AbortSignal.any([stop, expiry.signal]) : expiry.signal;
		notBegun.set(this.signal, () => {
			AbortSignal.timeout(milliseconds).addEventListener('abort', () => expiry.abort());
		});
	}

	get isOver(): boolean {
		return this.expiry.signal.aborted;
	}
}

/** A request with this signal is about to be sent. Does nothing for one that is not the node's. */
export function beginDeadline(signal: unknown): void {
	if (!(signal instanceof AbortSignal)) return;
	notBegun.get(signal)?.();
	notBegun.delete(signal);
}
