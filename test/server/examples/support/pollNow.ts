import { publishWorkflow } from '../../../../scripts/n8n/import';
import type { N8nApi } from '../../../../scripts/n8n/rest';

/** n8n polls at once when a workflow is published again, instead of once a minute. */
export async function pollNow(api: N8nApi, workflowId: string): Promise<void> {
	await api.post(`/workflows/${workflowId}/deactivate`, {});
	await publishWorkflow(api, workflowId);
}
