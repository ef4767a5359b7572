/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import type { N8nApi } from '../../../scripts/n8n/rest';

const PATIENCE_MS = 60_000;

export interface FinishedExecutions {
	success: number;
	other: number;
}

/** n8n answers a webhook a little before it notes that the execution has finished. Waits until so many have. */
export async function finishedExecutions(
	api: N8nApi,
	workflowId: string,
	expected: number,
): Promise<FinishedExecutions> {
	const count = async (status: string[]) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
		const { count } = await api.get<{ count: number }>(`/executions?filter=${filter}&limit=1`);
		return count;
	};
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const success = await count(['success']);
		const other = await count(['error', 'crashed', 'canceled', 'waiting']);
		if (success + other >= expected || Date.now() > deadline) return { success, other };
		await delay(500);
	}
}
