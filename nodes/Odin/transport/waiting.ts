import { sleep } from 'n8n-workflow';

/** n8n before 2.40 has no `sleep` that ends early, so a long wait is cut into slices. */
const SLICE_MS = 500;

/** Waits the given milliseconds; ends early, without throwing, when the signal says stop. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + milliseconds;
	for (let rest = milliseconds; rest > 0 && !signal?.aborted; rest = end - Date.now()) {
		await sleep(Math.min(rest, SLICE_MS), signal).catch(() => {});
	}
}
