/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { AUDIT_PAGE, auditPage } from './auditRules';
import { DECLARED } from './declared';
import { fieldReference } from './fieldReference';
import { withMessages } from './messages';
import { outputSchemas, triggerSchema } from './schemas/outputs';

const README = 'README.md';

/** n8n looks for `__schema__/v<version>/<resource>/<operation>.json` beside the compiled node. */
const SCHEMAS = 'nodes/Odin/__schema__';

/** The same for a node without resources. */
const TRIGGER_SCHEMA = 'nodes/OdinTrigger/__schema__/v1.0.0.json';

/** Text of a file by its path in the checkout; undefined for one that is to go. */
type Files = Map<string, string | undefined>;

async function generatedFiles(checkout: string): Promise<Files> {
	const readme = await readFile(join(checkout, README), 'utf8');
	const files: Files = new Map([[README, withMessages(readme)]]);
	files.set(AUDIT_PAGE, auditPage());
	for (const declared of DECLARED) files.set(declared.page, fieldReference(declared));
	for (const [operation, schema] of Object.entries(outputSchemas())) {
		files.set(`${SCHEMAS}/v1.0.0/${operation}.json`, JSON.stringify(schema));
	}
	files.set(TRIGGER_SCHEMA, JSON.stringify(triggerSchema()));
	for (const [path, text] of files) {
		const filepath = join(checkout, path);
		files.set(path, await format(text!, { ...(await resolveConfig(filepath)), filepath }));
	}
	return files;
}

async function filesBelow(folder: string): Promise<string[]> {
	if (!existsSync(folder)) return [];
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}

/** The generated files that are not in the checkout as they should be, and schemas that nothing generates any more. */
export async function staleFiles(checkout: string): Promise<Files> {
	const stale = await generatedFiles(checkout);
	const paths = [...stale.keys()];
	for (const path of paths) {
		const present = await readFile(join(checkout, path), 'utf8').catch(() => undefined);
		if (present === stale.get(path)) stale.delete(path);
	}
	for (const file of await filesBelow(join(checkout, SCHEMAS))) {
		const path = relative(checkout, file).split(sep).join('/');
		if (!paths.includes(path)) stale.set(path, undefined);
	}
	return stale;
}

export async function writeFiles(checkout: string, files: Files): Promise<void> {
	for (const [path, text] of files) {
		const file = join(checkout, path);
		if (text === undefined) {
			await rm(file);
			continue;
		}
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
}
