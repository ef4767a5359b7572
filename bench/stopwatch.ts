/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/** What a piece of work took in this process. */
export interface Taken {
	wallMs: number;
	/** On all threads, the garbage collector's too */
	cpuMs: number;
}

/** Measures from its making on. */
export class Stopwatch {
	private readonly startedAt = performance.now();

	private readonly cpu = process.cpuUsage();

	read(): Taken {
		const { user, system } = process.cpuUsage(this.cpu);
		return { wallMs: performance.now() - this.startedAt, cpuMs: (user + system) / 1000 };
	}
}
