/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importWorkflow, publishWorkflow, type Workflow } from '../../../../scripts/n8n/import';
import type { RealN8n } from '../../support/realN8n';

interface ExampleNode {
	name: string;
	parameters: { assignments?: { assignments: Array<{ name: string; value: unknown }> } };
	credentials?: Record<string, { id: string; name: string }>;
}

interface Example extends Workflow {
	nodes: ExampleNode[];
}

const EXAMPLES = join(__dirname, '../../../../examples');

export interface Changes {
	/** Values of the node Settings, by name: what a user changes before the first run. */
	settings?: Record<string, unknown>;
	/** Ids of credentials beside Odin's, by their type. */
	credentials?: Record<string, string>;
	/** Has n8n save the executions of an example that saves none, so that a test can look at them. */
	saved?: boolean;
	/** Keeps the pinned data, which runs by hand would otherwise take in place of what the test gives them. */
	pinned?: boolean;
}

async function readExample(file: string, settings: Record<string, unknown>): Promise<Example> {
	const example = JSON.parse(await readFile(join(EXAMPLES, file), 'utf8')) as Example;
	const node = example.nodes.find(({ name }) => name === 'Settings');
	const assignments = node?.parameters.assignments?.assignments ?? [];
	for (const [name, value] of Object.entries(settings)) {
		const assignment = assignments.find((candidate) => candidate.name === name);
		if (assignment === undefined) throw new Error(`${file} has no setting ${name}`);
		assignment.value = value;
	}
	return example;
}

/** Imports an example as it is but for credentials and settings. Returns the workflow's id. */
export async function importExample(
	n8n: RealN8n,
	file: string,
	{ settings = {}, credentials = {}, pinned = false, saved = false }: Changes = {},
): Promise<string> {
	const { pinData, ...rest } = await readExample(file, settings);
	const example = {
		...rest,
		...(pinned && { pinData }),
		...(saved && { settings: { executionOrder: 'v1' } }),
	};
	return await importWorkflow(n8n.api, example, n8n.credentialId, credentials);
}

/** Imports an example and publishes it, so that its triggers answer. Returns the workflow's id. */
export async function publishExample(
	n8n: RealN8n,
	file: string,
	changes?: Changes,
): Promise<string> {
	const id = await importExample(n8n, file, changes);
	await publishWorkflow(n8n.api, id);
	return id;
}
