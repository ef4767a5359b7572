/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { constants } from 'node:os';
import { Interruption } from './failure';

const PARENT_CHECK_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One start of the demo: what it has to clean up, and what ends it before its work is done. */
export class Session {
	readonly #tasks: Array<() => unknown> = [];
	#ending = false;
	#reject: (reason: unknown) => void = () => {};

	/** Never resolves; rejects with the reason to end early. */
	readonly ended = new Promise<never>((_, reject) => {
		this.#reject = reject;
	});

	constructor() {
		this.ended.catch(() => {});
		for (const signal of SIGNALS) {
			process.on(signal, () => this.fail(new Interruption(128 + constants.signals[signal])));
		}
		this.endWithNpm();
		process.on('uncaughtException', (error) => this.fail(error));
		process.on('unhandledRejection', (reason) => this.fail(reason));
	}

	/** A signal that ends npm or its shell does not reach the script they run: it only loses its parent. */
	private endWithNpm(): void {
		if (process.env.npm_lifecycle_event === undefined) return;
		const parent = process.ppid;
		setInterval(() => {
			if (process.ppid !== parent) this.fail(new Interruption(128 + constants.signals.SIGHUP));
		}, PARENT_CHECK_MS).unref();
	}

	fail(reason: unknown): void {
		this.#reject(reason);
	}

	/** Throws once the clean-up has begun, so that a step still under way starts nothing new. */
	throwIfEnding(): void {
		if (this.#ending) throw new Interruption(1);
	}

	/** Registers a clean-up; the newest runs first. */
	onEnd(task: () => unknown): void {
		this.throwIfEnding();
		this.#tasks.push(task);
	}

	async within<T>(work: Promise<T>): Promise<T> {
		return await Promise.race([work, this.ended]);
	}

	async end(): Promise<void> {
		this.#ending = true;
		for (const task of this.#tasks.splice(0).reverse()) {
			try {
				await task();
			} catch (error) {
				process.stderr.write(`Cleaning up: ${String(error)}\n`);
			}
		}
	}
}
