/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { setTimeout as pause } from 'node:timers/promises';

import type { Fault } from '../../simulator';
import type { Dice } from './dice';

/** How executions end: as they do, with the process, or by Stop. */
export type End = 'whole' | 'killed' | 'stopped';

export const anyEnd = (dice: Dice): End =>
	dice.weighted([
		{ end: 'whole' as const, weight: 2 },
		{ end: 'killed' as const, weight: 2 },
		{ end: 'stopped' as const, weight: 1 },
	]).end;

/** No read of the simulator lags longer. */
const LAG_MS = 400;

/** Ends executions in the middle of their requests. */
export class Interruption {
	readonly counts = { killed: 0, stopped: 0 };

	/** Requests until the end */
	private left = Infinity;

	private onEnd = (): void => {};

	/** What a request meets that comes after the end. */
	decide({ path }: { path: string }): Fault | undefined {
		if (!path.startsWith('/auth/')) this.left -= 1;
		if (this.left === 0) this.onEnd();
		// Nothing of a process that has ended reaches Odin.
		return this.left < 0 ? { kind: 'hang' } : undefined;
	}

	/** Runs something that ends in this way within so many requests. Tells whether it was cut off. */
	async during<Result>(
		{ end, within }: { end: End; within: number },
		run: (signal: AbortSignal) => Promise<Result>,
	): Promise<{ result: Result; isCutOff: boolean }> {
		const stop = new AbortController();
		let isCutOff = false;
		this.left = end === 'whole' ? Infinity : within;
		this.onEnd = () => {
			isCutOff = true;
			stop.abort();
			// A process that was stopped still may have something under way.
			if (end === 'stopped') this.left = Infinity;
		};
		const result = await run(stop.signal);
		await quiet();
		this.left = Infinity;
		if (isCutOff) this.counts[end === 'killed' ? 'killed' : 'stopped'] += 1;
		return { result, isCutOff };
	}
}

/** What a stopped execution had under way may still reach Odin: in turns of the event loop, since waits are skipped. */
async function quiet(): Promise<void> {
	// Until reads no longer lag behind what was written.
	await pause(LAG_MS);
	for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
