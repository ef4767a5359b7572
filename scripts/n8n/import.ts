/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../processes/failure';
import { N8nRefusal, type N8nApi } from './rest';

export interface Owner {
	email: string;
	password: string;
}

export interface OdinCredential {
	baseUrl: string;
	username: string;
	password: string;
	allowUnauthorizedCerts: boolean;
}

export interface Workflow {
	name: string;
	nodes: Array<{ credentials?: Record<string, { id: string; name: string }> }>;
	connections: object;
	settings?: object;
	/** What n8n's editor takes as the output of nodes; a published workflow does not use it. */
	pinData?: object;
}

const PUBLISH_PATIENCE_MS = 30_000;
const CREDENTIAL = { name: 'Odin', type: 'odinApi' };

/** Makes the owner of a fresh n8n, with a password nobody else on this machine knows, and logs in. */
export async function setUpOwner(api: N8nApi): Promise<Owner> {
	// n8n asks for a digit and a capital letter.
	const password = `Odin-1${randomBytes(6).toString('hex')}`;
	const owner = { email: 'demo@example.com', password };
	await api.post('/owner/setup', { ...owner, firstName: 'Odin', lastName: 'Demo' });
	return owner;
}

/** Has n8n test the values; throws a Failure with the reason if Odin does not accept them. */
export async function testCredential(api: N8nApi, id: string, data: OdinCredential): Promise<void> {
	const credentials = { id, ...CREDENTIAL, data };
	const result = await api.post<{ status: string; message: string }>('/credentials/test', {
		credentials,
	});
	if (result.status !== 'OK') {
		throw new Failure(`The credential does not work with ${data.baseUrl}: ${result.message}`);
	}
}

export async function importCredential(api: N8nApi, data: OdinCredential): Promise<string> {
	const { id } = await api.post<{ id: string }>('/credentials', { ...CREDENTIAL, data });
	return id;
}

/**
 * Imports a workflow as it is, choosing the credentials as a user would do after an import. Returns its id.
 * @param others ids of further credentials by their type
 */
export async function importWorkflow(
	api: N8nApi,
	workflow: Workflow,
	credentialId: string,
	others: Record<string, string> = {},
): Promise<string> {
	const ids: Record<string, string> = { ...others, [CREDENTIAL.type]: credentialId };
	const nodes = workflow.nodes.map(({ credentials, ...node }) => ({
		...node,
		...(credentials && {
			credentials: Object.fromEntries(
				Object.entries(credentials).map(([type, { id, name }]) => [
					type,
					{ id: ids[type] ?? id, name },
				]),
			),
		}),
	}));
	const { name, connections, settings, pinData } = workflow;
	const body = { name, nodes, connections, settings, pinData };
	const { id } = await api.post<{ id: string }>('/workflows', body);
	return id;
}

interface Publication {
	status: 'in_progress' | 'published' | 'not_published' | 'partial' | 'failed';
	triggers: Array<{ errorMessage: string | null }>;
}

async function publicationOf(api: N8nApi, id: string): Promise<Publication> {
	try {
		return await api.get<Publication>(`/workflows/${id}/publication-status`);
	} catch (reason) {
		// n8n 2.35 has the webhooks registered when it answers the activation, and tells no status.
		if (!(reason instanceof N8nRefusal) || reason.status !== 404) throw reason;
		return { status: 'published', triggers: [] };
	}
}

/** Publishes the workflow and waits until its webhooks are answered: n8n registers them a little later. */
export async function publishWorkflow(api: N8nApi, id: string): Promise<void> {
	const { versionId } = await api.get<{ versionId: string }>(`/workflows/${id}`);
	await api.post(`/workflows/${id}/activate`, { versionId });
	const deadline = Date.now() + PUBLISH_PATIENCE_MS;
	for (;;) {
		const { status, triggers } = await publicationOf(api, id);
		if (status === 'published') return;
		if (status !== 'in_progress' || Date.now() > deadline) {
			const reasons = triggers.map(({ errorMessage }) => errorMessage ?? '').join(' ');
			throw new Failure(`n8n did not publish the workflow (${status}). ${reasons}`.trimEnd());
		}
		await delay(50);
	}
}
