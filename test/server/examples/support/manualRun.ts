/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'flatted';
import type { N8nApi } from '../../../../scripts/n8n/rest';

interface Run {
	resultData: {
		lastNodeExecuted: string;
		error?: { message: string; description?: string | null };
		runData: Record<string, unknown>;
	};
}

const PATIENCE_MS = 60_000;
const ENDED = ['success', 'waiting', 'error', 'crashed', 'canceled'];

/** Runs a workflow as the button at its trigger does, until it ends or waits for a person. Throws if a node failed. */
export async function runByHand(
	api: N8nApi,
	workflowId: string,
	trigger: string,
): Promise<{ status: string; nodes: string[] }> {
	const { executionId } = await api.post<{ executionId: string }>(`/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const { status, data } = await api.get<{ status: string; data: string }>(
			`/executions/${executionId}`,
		);
		if (ENDED.includes(status)) {
			const { resultData } = parse(data) as Run;
			if (['success', 'waiting'].includes(status)) {
				return { status, nodes: Object.keys(resultData.runData) };
			}
			const { message = status, description } = resultData.error ?? {};
			const reason = [message, description].filter(Boolean).join('\n');
			throw new Error(`The workflow ended at ${resultData.lastNodeExecuted}: ${reason}`);
		}
		if (Date.now() > deadline) throw new Error(`The workflow is still ${status}`);
		await delay(100);
	}
}
