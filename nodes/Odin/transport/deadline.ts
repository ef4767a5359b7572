/**
 * The time that a whole answer may take. n8n is handed the signal of a request before it logs in for it, and a login has a
 * time of its own: while one is under way the time of the request stands still, and begins anew after it.
 */
export class Deadline {
	/** Ends the request: when its time is over, or with the execution */
	readonly signal: AbortSignal;

	private readonly expiry: AbortSignal;

	private readonly expire = new AbortController();

	private beginnings = 0;

	constructor(
		private readonly milliseconds: number,
		stop: AbortSignal | undefined,
		{ mayPause }: { mayPause: boolean },
	) {
		// A listener keeps a signal in memory until its time is over, also where the answer came at once.
		this.expiry = mayPause ? this.expire.signal : AbortSignal.timeout(milliseconds);
		this.signal = stop ? AbortSignal.any([stop, this.expiry]) : this.expiry;
		if (mayPause) this.begin();
	}

	get isOver(): boolean {
		return this.expiry.aborted;
	}

	/** The result of the login. */
	async pausedFor<T>(login: Promise<T>): Promise<T> {
		this.beginnings += 1;
		try {
			return await login;
		} finally {
			this.begin();
		}
	}

	private begin(): void {
		this.beginnings += 1;
		const beginning = this.beginnings;
		AbortSignal.timeout(this.milliseconds).addEventListener('abort', () => {
			if (beginning === this.beginnings) this.expire.abort();
		});
	}
}
