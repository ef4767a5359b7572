import { sleep } from 'n8n-workflow';
import type { RequestContext } from './httpExchange';

export interface ThrottleLimits {
	/** Requests in flight at once, at least 1 */
	concurrency: number;
	/** Requests in any one second; 0 means no limit */
	requestsPerSecond: number;
	/** Once it says stop, nothing is let in any more */
	signal?: AbortSignal;
}

/** One request that was let in. */
export interface Permit {
	readonly startedAt: number;
	/** Places of the rate that it takes */
	readonly rateSlots: number[];
	/** There is no session, so a login may come before it */
	readonly withLogin: boolean;
}

interface Waiting {
	needsLogin(): boolean;
	resolve(admitted: Permit | undefined): void;
}

/**
 * A request reaches Odin somewhere between its start and its answer. Its place in the rate is taken until a second
 * after the answer, or, where Odin is very slow, a second and this after its start: time for a lost packet, three round
 * trips of TLS and a busy n8n. A request that waits for a login may be sent at any time before its answer.
 */
const ARRIVAL_MS = 2000;

/** With a little more than a second, since timers end up to a millisecond early. */
const SECOND_MS = 1005;

/** More requests a second than n8n can send (its helper takes half a millisecond of processor time for one). */
const MAX_RATE = 5000;

/** By n8n's context object of the node, which all runs of the node in one execution share: in a loop, or Retry On Fail. */
const admissions = new WeakMap<object, Throttle>();

/** Decides when each request of an execution may start: how many at once, how many a second, and pauses Odin asks for. */
export class Throttle {
	private inFlight = 0;

	/** At most this many in flight; less than `concurrency` after Odin was too busy */
	private limit: number;

	private pausedUntil = 0;

	private slowedAt = 0;

	/** When each place of the rate is free again; Infinity while a request holds it */
	private readonly freeAt: number[];

	private readonly queue: Waiting[] = [];

	private isWaiting = false;

	private isTurnTaken = false;

	constructor(
		private readonly rules: ThrottleLimits,
		before?: Throttle,
	) {
		const { concurrency, requestsPerSecond, signal } = rules;
		this.limit = concurrency;
		const rateSlots = requestsPerSecond > MAX_RATE ? 0 : requestsPerSecond;
		const taken = before?.freeAt.filter(Number.isFinite).sort((one, other) => other - one) ?? [];
		this.freeAt = Array.from({ length: rateSlots }, (_, place) => taken[place] ?? 0);
		this.pausedUntil = before?.pausedUntil ?? 0;
		signal?.addEventListener('abort', () => this.refuseAll(), { once: true });
	}

	/** The runs of a node in one execution keep its pace together. */
	static of(context: RequestContext, rules: ThrottleLimits): Throttle {
		return rules.requestsPerSecond > 0 && 'getContext' in context
			? Throttle.after(context.getContext('node'), rules)
			: new Throttle(rules);
	}

	/** For the next run of a node, which goes on from what the run before let in. */
	static after(node: object, rules: ThrottleLimits): Throttle {
		const throttle = new Throttle(rules, admissions.get(node));
		admissions.set(node, throttle);
		return throttle;
	}

	/**
	 * Waits for a turn. Undefined when the execution was stopped. `isRetry` goes before requests that were not sent yet, so
	 * that it uses up few of its tries. `needsLogin` is asked when its turn comes.
	 */
	async acquire(needsLogin: () => boolean, isRetry: boolean): Promise<Permit | undefined> {
		if (this.rules.signal?.aborted) return undefined;
		return await new Promise((resolve) => {
			const waiting = { needsLogin, resolve };
			if (isRetry) this.queue.unshift(waiting);
			else this.queue.push(waiting);
			this.admit();
		});
	}

	/** The request has its answer, or will not get one; or it was not sent at all. */
	release({ startedAt, rateSlots, withLogin }: Permit, { wasSent = true } = {}): void {
		this.inFlight -= 1;
		const latest = withLogin ? Number.POSITIVE_INFINITY : startedAt + ARRIVAL_MS;
		const arrivedAt = Math.min(Date.now(), latest);
		for (const place of rateSlots) this.freeAt[place] = wasSent ? arrivedAt + SECOND_MS : 0;
		this.admit();
	}

	/** A login was answered, and its request is next. Where the rate has no place for both, it waits. */
	async afterLogin(): Promise<void> {
		if (this.freeAt.length === 1) await wait(SECOND_MS, this.rules.signal);
	}

	/** Odin keeps up: a little more at once, up to `concurrency`. */
	speedUp(): void {
		this.limit = Math.min(this.rules.concurrency, this.limit + 1 / this.limit);
	}

	/** Odin is too busy: half as much at once, and nothing for as long as it asks. */
	slowDown({ startedAt }: Permit, pauseMs = 0): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + pauseMs);
		// Those that were under way together say it once.
		if (startedAt < this.slowedAt) return;
		this.slowedAt = Date.now();
		this.limit = Math.max(1, this.limit / 2);
	}

	private admit(): void {
		if (this.isTurnTaken || this.queue.length === 0 || this.inFlight + 1 > this.limit) return;
		const now = Date.now();
		const next = this.queue[0]!;
		const withLogin = next.needsLogin();
		const rateSlots = this.placesFor(withLogin);
		const at = Math.max(this.pausedUntil, ...rateSlots.map((place) => this.freeAt[place]!));
		if (at > now) {
			// A place that a request still holds is looked at again when that request leaves.
			if (Number.isFinite(at)) this.admitLater(at - now);
			return;
		}
		this.queue.shift();
		this.inFlight += 1;
		for (const place of rateSlots) this.freeAt[place] = Number.POSITIVE_INFINITY;
		next.resolve({ startedAt: now, rateSlots, withLogin });
		void this.takeTurn();
	}

	/**
	 * The next request starts a millisecond later. Those that start together are answered together, and so on: n8n's one
	 * thread would always look at all answers while nothing is under way.
	 */
	private async takeTurn(): Promise<void> {
		this.isTurnTaken = true;
		await sleep(0);
		this.isTurnTaken = false;
		this.admit();
	}

	/** Those that are free first: one, and another one for a login. */
	private placesFor(withLogin: boolean): number[] {
		const rateSlots: number[] = [];
		for (const wanted of withLogin ? [0, 1] : [0]) {
			if (wanted >= this.freeAt.length) break;
			let first = -1;
			this.freeAt.forEach((at, place) => {
				if (!rateSlots.includes(place) && (first < 0 || at < this.freeAt[first]!)) first = place;
			});
			rateSlots.push(first);
		}
		return rateSlots;
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

/** n8n before 2.40 has no `sleep` that ends early, so a long wait is cut into slices. */
const SLICE_MS = 500;

/** Waits the given milliseconds; ends early, without throwing, when the signal says stop. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + Math.ceil(milliseconds);
	for (let rest = Math.ceil(milliseconds); rest > 0 && !signal?.aborted; rest = end - Date.now()) {
		await sleep(Math.min(rest, SLICE_MS), signal).catch(() => {});
	}
}
