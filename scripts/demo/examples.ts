/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { importWorkflow, type Workflow } from '../n8n/import';
import type { N8nApi } from '../n8n/rest';

interface PinnedItem {
	json: { fileName?: string };
	binary?: { data?: { data: string } };
}

interface Example extends Workflow {
	pinData: Record<string, PinnedItem[]>;
}

export interface ImportedExample {
	/** The name of its file, without .json. */
	file: string;
	name: string;
	id: string;
}

/** Credentials of the examples beside Odin's; what they hold is up to whoever uses them. */
const TOKENS = [
	{ name: 'Odin MCP Token', type: 'httpBearerAuth', dataOf: (token: string) => ({ token }) },
	{
		name: 'Vault Token',
		type: 'httpHeaderAuth',
		dataOf: (value: string) => ({ name: 'X-Vault-Token', value }),
	},
];

/**
 * Imports every example of a folder with its pinned data, as it is but for the credentials, and for the files of the
 * nightly audit and of the port-in day, which go into the one folder that n8n may use.
 */
export async function importExamples(
	api: N8nApi,
	folder: string,
	credentialId: string,
	filesFolder: string,
): Promise<ImportedExample[]> {
	const tokens: Record<string, string> = {};
	for (const { name, type, dataOf } of TOKENS) {
		const data = dataOf(randomBytes(16).toString('hex'));
		const { id } = await api.post<{ id: string }>('/credentials', { name, type, data });
		tokens[type] = id;
	}
	const imported: ImportedExample[] = [];
	for (const file of (await readdir(folder)).sort()) {
		const text = await readFile(join(folder, file), 'utf8');
		const example = JSON.parse(
			text.replace('"/home/node/.n8n-files"', JSON.stringify(filesFolder)),
		) as Example;
		await writePinnedFile(example, filesFolder);
		const id = await importWorkflow(api, example, credentialId, tokens);
		imported.push({ file: basename(file, '.json'), name: example.name, id });
	}
	return imported;
}

/** The file that an example reads, so that the example also runs when its data are no longer pinned. */
async function writePinnedFile({ pinData }: Example, filesFolder: string): Promise<void> {
	const [item] = pinData['Read File'] ?? [];
	const { fileName } = item?.json ?? {};
	const content = item?.binary?.data?.data;
	if (fileName === undefined || content === undefined) return;
	await writeFile(join(filesFolder, basename(fileName)), Buffer.from(content, 'base64'));
}
