import { sleep } from 'n8n-workflow';

/** Shorter than a person notices, with what one more item may take on top. */
const MAX_BLOCK_MS = 40;

/** n8n runs every workflow and its editor in one thread. Work on many items gives way to the others in between. */
export class EventLoop {
	private resumedAt = performance.now();

	/** Returns at once where the thread has not been held for long. */
	async giveWay(): Promise<void> {
		if (performance.now() - this.resumedAt < MAX_BLOCK_MS) return;
		await sleep(0);
		this.resumedAt = performance.now();
	}
}
