import { wait } from './waiting';

export interface AdmissionRules {
	/** Requests in flight at once, at least 1 */
	concurrency: number;
	/** Requests in any one second; 0 means no limit */
	requestsPerSecond: number;
	/** Once it says stop, nothing is let in any more */
	signal?: AbortSignal;
}

/** One request that was let in. */
export interface Admitted {
	readonly startedAt: number;
	/** Places of the rate that it takes */
	readonly places: number;
}

interface Waiting {
	places: number;
	resolve(admitted: Admitted | undefined): void;
}

/**
 * A request reaches Odin somewhere between its start and its answer. Its place in the rate is taken until a second
 * after the answer, or, where Odin is slow, a second and this after its start.
 */
const ARRIVAL_MS = 150;

/** With a little more than a second, since timers end up to a millisecond early. */
const SECOND_MS = 1005;

/** Decides when each request of an execution may start: how many at once, how many a second, and pauses Odin asks for. */
export class Admission {
	private inFlight = 0;

	/** At most this many in flight; less than `concurrency` after Odin was too busy */
	private width: number;

	private pausedUntil = 0;

	private slowedAt = 0;

	/** Places of the rate that requests under way hold */
	private held = 0;

	/** When the places of requests that have left are free again, the soonest first */
	private readonly freeAt: number[] = [];

	private readonly queue: Waiting[] = [];

	private isWaiting = false;

	constructor(private readonly rules: AdmissionRules) {
		const { concurrency, signal } = rules;
		this.width = concurrency;
		signal?.addEventListener('abort', () => this.refuseAll(), { once: true });
	}

	/**
	 * Waits for a turn. Undefined when the execution was stopped. `isRepeat` goes before requests that were not sent yet, so
	 * that it uses up few of its tries; `places` is the number of requests it will be.
	 */
	async enter({ isRepeat = false, places = 1 } = {}): Promise<Admitted | undefined> {
		if (this.rules.signal?.aborted) return undefined;
		return await new Promise((resolve) => {
			const waiting = { places, resolve };
			if (isRepeat) this.queue.unshift(waiting);
			else this.queue.push(waiting);
			this.admit();
		});
	}

	/** The request has its answer, or will not get one. */
	leave({ startedAt, places }: Admitted): void {
		this.inFlight -= 1;
		this.held -= places;
		if (this.rules.requestsPerSecond > 0) {
			const freeAt = Math.min(Date.now(), startedAt + ARRIVAL_MS) + SECOND_MS;
			const before = this.freeAt.findLastIndex((other) => other <= freeAt);
			this.freeAt.splice(before + 1, 0, ...new Array<number>(places).fill(freeAt));
		}
		this.admit();
	}

	/** Odin keeps up: a little more at once, up to `concurrency`. */
	speedUp(): void {
		this.width = Math.min(this.rules.concurrency, this.width + 1 / this.width);
	}

	/** Odin is too busy: half as much at once, and nothing for as long as it asks. */
	slowDown({ startedAt }: Admitted, pauseMs = 0): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + pauseMs);
		// Those that were under way together say it once.
		if (startedAt < this.slowedAt) return;
		this.slowedAt = Date.now();
		this.width = Math.max(1, this.width / 2);
	}

	private admit(): void {
		while (this.queue.length > 0 && this.inFlight + 1 <= this.width) {
			const now = Date.now();
			const next = this.queue[0]!;
			const at = Math.max(this.pausedUntil, this.roomAt(next.places, now));
			if (at > now) {
				// A place that a request still holds is looked at again when that request leaves.
				if (Number.isFinite(at)) this.admitLater(at - now);
				return;
			}
			this.queue.shift();
			this.inFlight += 1;
			this.held += next.places;
			next.resolve({ startedAt: now, places: next.places });
		}
	}

	/** When the rate has room for so many; Infinity while that depends on requests under way. */
	private roomAt(places: number, now: number): number {
		const { requestsPerSecond } = this.rules;
		if (requestsPerSecond === 0) return now;
		while (this.freeAt.length > 0 && this.freeAt[0]! <= now) this.freeAt.shift();
		// A login and the request after it are two; at one a second nothing else may be near them.
		const wanted = Math.min(places, requestsPerSecond);
		const missing = this.held + this.freeAt.length + wanted - requestsPerSecond;
		if (missing <= 0) return now;
		return this.freeAt[missing - 1] ?? Number.POSITIVE_INFINITY;
	}

	private admitLater(milliseconds: number): void {
		if (this.isWaiting) return;
		this.isWaiting = true;
		void wait(milliseconds, this.rules.signal).then(() => {
			this.isWaiting = false;
			this.admit();
		});
	}

	private refuseAll(): void {
		for (const { resolve } of this.queue.splice(0)) resolve(undefined);
	}
}
