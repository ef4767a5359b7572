/** The requests whose time runs. */
const running = new Set<Deadline>();

/** When the time of one is looked at next; one timer serves all of them. */
let wakesAt = Infinity;

/**
 * A signal with a timer of its own stays in memory until that is over, also where the answer came at once: with many items,
 * all of half a minute. So requests share one, which is set for the first of them to be over.
 */
function wakeAt(time: number): void {
	if (time >= wakesAt) return;
	wakesAt = time;
	const milliseconds = Math.max(1, Math.ceil(time - performance.now()));
	AbortSignal.timeout(milliseconds).addEventListener('abort', () => wake(time));
}

function wake(time: number): void {
	const now = performance.now();
	for (const deadline of running) deadline.look(now);
	// Another timer was set, for an earlier time.
	if (time !== wakesAt) return;
	wakesAt = Infinity;
	wakeAt(Math.min(...[...running].map(({ endsAt }) => endsAt)));
}

/**
 * The time that a whole answer may take. n8n is handed the signal of a request before it logs in for it, and a login has a
 * time of its own: while one is under way the time of the request stands still, and begins anew after it.
 */
export class Deadline {
	private readonly controller = new AbortController();

	/** By performance.now(); Infinity while the time stands still */
	endsAt = Infinity;

	isOver = false;

	constructor(
		private readonly milliseconds: number,
		private readonly stop: AbortSignal | undefined,
	) {
		if (stop?.aborted) this.abort();
		else stop?.addEventListener('abort', this.abort);
		running.add(this);
		this.begin();
	}

	/** Ends the request: when its time is over, or with the execution */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** The result of the login. */
	async pausedFor<T>(login: Promise<T>): Promise<T> {
		this.endsAt = Infinity;
		try {
			return await login;
		} finally {
			this.begin();
		}
	}

	/** The answer is there, or will not come: nothing holds on to the request any longer. */
	end(): void {
		running.delete(this);
		this.stop?.removeEventListener('abort', this.abort);
	}

	/** Ends the request if its time is over. */
	look(now: number): void {
		if (now < this.endsAt) return;
		this.isOver = true;
		this.abort();
		this.end();
	}

	private begin(): void {
		this.endsAt = performance.now() + this.milliseconds;
		wakeAt(this.endsAt);
	}

	private readonly abort = (): void => this.controller.abort();
}
