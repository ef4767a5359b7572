/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { resolve } from 'node:path';
import { staleFiles, writeFiles } from './generatedFiles';

const USAGE = `npm run generate [-- --check]

Writes what is derived from the code of the nodes: the field reference (docs/*-fields.md), the rules of the audit
(docs/audit.md), the output schemas in nodes/Odin/__schema__/ and nodes/OdinTrigger/__schema__/, and the table of messages
between <!-- messages --> and <!-- /messages --> of README.md. With --check it writes nothing and fails when a file is not up to date.`;

async function main(args: string[]): Promise<number> {
	if (args.some((argument) => argument !== '--check')) {
		console.error(USAGE);
		return 2;
	}
	const checkout = resolve(__dirname, '..', '..');
	const stale = await staleFiles(checkout);
	if (!args.includes('--check')) {
		await writeFiles(checkout, stale);
		return 0;
	}
	if (stale.size > 0) {
		console.error(`Not up to date, run npm run generate:\n${[...stale.keys()].join('\n')}`);
	}
	return stale.size === 0 ? 0 : 1;
}

void main(process.argv.slice(2)).then((status) => {
	process.exitCode = status;
});
