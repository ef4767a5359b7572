/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createRequire } from 'node:module';
import type { performance } from 'node:perf_hooks';
import { runInThisContext } from 'node:vm';

interface Timer {
	at: number;
	act: () => void;
}

type Globals = Pick<typeof globalThis, 'AbortController' | 'DOMException' | 'setImmediate'> & {
	AbortSignal: { timeout: (milliseconds: number) => AbortSignal };
	Date: { now: () => number };
	performance: { now: () => number; nodeTiming: (typeof performance)['nodeTiming'] };
	setTimeout: (
		act: (...values: unknown[]) => void,
		milliseconds?: number,
		...values: unknown[]
	) => unknown;
	clearTimeout: (timer: unknown) => void;
};

/** Of the realm that n8n and the node run in */
const main = runInThisContext('globalThis') as Globals;

const promises = createRequire(__filename)('node:timers/promises') as {
	setTimeout: (milliseconds?: number, value?: unknown) => Promise<unknown>;
};

/** Shorter waits take less than finding out that nothing else goes on. */
const SHORTEST_MS = 5;

/** How often in a row, a millisecond apart, nothing must have gone on. */
const LOOKS = 2;

/**
 * Lets nobody wait for a clock: once this process has nothing to do but wait, the time goes on to where the first timer
 * ends. n8n, the node and the simulator have one clock and timers that end in their order; what was sent arrives before.
 * What another process or thread does is not seen, so a test that waits for one takes the real time.
 */
export class SkippedWaits {
	private readonly real = {
		now: Date.now,
		mainNow: main.Date.now,
		monotonic: main.performance.now.bind(main.performance),
		setTimeout: main.setTimeout,
		clearTimeout: main.clearTimeout,
		signal: main.AbortSignal.timeout,
		promise: promises.setTimeout,
	};

	private skipped = 0;

	private readonly timers = new Set<Timer>();

	private isWatching = false;

	private seen = { at: 0, idle: 0, events: 0, quiet: 0 };

	/** From now on, until it is called: what it gives back. */
	static begin(): () => void {
		const waits = new SkippedWaits();
		waits.replace();
		return () => waits.restore();
	}

	private replace(): void {
		const { real } = this;
		main.Date.now = Date.now = () => real.mainNow.call(main.Date) + Math.round(this.skipped);
		main.performance.now = () => this.now();
		const add = (act: () => void, milliseconds: number) => this.add(act, milliseconds);
		main.setTimeout = function (act, milliseconds = 0, ...values) {
			if (!(milliseconds >= SHORTEST_MS)) {
				return real.setTimeout.call(main, act, milliseconds, ...values);
			}
			return add(() => act(...values), milliseconds);
		};
		main.clearTimeout = (timer) => {
			if (!this.timers.delete(timer as Timer)) real.clearTimeout.call(main, timer);
		};
		main.AbortSignal.timeout = (milliseconds) => {
			const controller = new main.AbortController();
			const reason = () =>
				new main.DOMException('The operation was aborted due to timeout', 'TimeoutError');
			add(() => controller.abort(reason()), milliseconds);
			return controller.signal;
		};
		promises.setTimeout = async (milliseconds = 0, value) =>
			await new Promise((resolve) => main.setTimeout(() => resolve(value), milliseconds));
	}

	private restore(): void {
		const { real } = this;
		main.Date.now = real.mainNow;
		Date.now = real.now;
		main.performance.now = real.monotonic;
		main.setTimeout = real.setTimeout;
		main.clearTimeout = real.clearTimeout;
		main.AbortSignal.timeout = real.signal;
		promises.setTimeout = real.promise;
		this.timers.clear();
	}

	private now(): number {
		return this.real.monotonic() + this.skipped;
	}

	private add(act: () => void, milliseconds: number): Timer {
		const timer = { at: this.now() + milliseconds, act, unref: () => timer, ref: () => timer };
		this.timers.add(timer);
		this.seen.quiet = 0;
		if (!this.isWatching) this.lookLater();
		return timer;
	}

	private lookLater(): void {
		this.isWatching = true;
		this.real.setTimeout.call(main, () => this.look(), 1);
	}

	private look(): void {
		this.isWatching = false;
		const first = this.first();
		if (!first) return;
		if (this.isQuiet()) this.skipped += Math.max(0, first.at - this.now());
		if (first.at > this.now()) {
			this.lookLater();
			return;
		}
		this.timers.delete(first);
		this.seen.quiet = 0;
		first.act();
		// What it led to comes before the next one.
		main.setImmediate(() => {
			if (!this.isWatching) this.look();
		});
	}

	private first(): Timer | undefined {
		let first: Timer | undefined;
		for (const timer of this.timers) if (!first || timer.at < first.at) first = timer;
		return first;
	}

	/** Whether nothing was read from a socket, and nothing computed, in the last looks. */
	private isQuiet(): boolean {
		const { idleTime: idle, uvMetricsInfo } = main.performance.nodeTiming;
		const at = this.real.monotonic();
		const { seen } = this;
		const isQuiet = uvMetricsInfo.events === seen.events && idle - seen.idle > (at - seen.at) / 2;
		this.seen = { at, idle, events: uvMetricsInfo.events, quiet: isQuiet ? seen.quiet + 1 : 0 };
		return this.seen.quiet >= LOOKS;
	}
}
