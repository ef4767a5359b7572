/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a piece of work took in this process. */
export interface Taken {
	wallMs: number;
	/** On all threads, the garbage collector's too */
	cpuMs: number;
	/** The longest piece in which nothing else could run in this process */
	longestBlockMs: number;
}

/** Measures from its making on. */
export class Stopwatch {
	private readonly startedAt = performance.now();

	private readonly cpu = process.cpuUsage();

	private readonly delays = monitorEventLoopDelay({ resolution: 5 });

	constructor() {
		this.delays.enable();
	}

	read(): Taken {
		const { user, system } = process.cpuUsage(this.cpu);
		this.delays.disable();
		return {
			wallMs: performance.now() - this.startedAt,
			cpuMs: (user + system) / 1000,
			longestBlockMs: this.delays.max / 1e6,
		};
	}
}
