/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { join, resolve } from 'node:path';

import { downloadNotice, prepareInstallation } from '../scripts/n8n/installation';
import { startProcess } from '../scripts/processes/childProcess';
import { Failure, Interruption } from '../scripts/processes/failure';
import { Session } from '../scripts/processes/session';

const CHECKOUT = resolve(__dirname, '..');

/** Runs the benchmark under the Node that n8n runs on, where its production expression engine loads. */
async function main(session: Session): Promise<number> {
	const notice = downloadNotice();
	if (notice !== undefined) console.log(notice);
	const { node, folder } = await prepareInstallation(session, () => {});
	const base = join(folder, 'node_modules', 'n8n-nodes-base');
	const { ended } = startProcess(session, {
		file: node,
		args: [
			'--import',
			'tsx',
			join(__dirname, 'measure.ts'),
			'--base',
			base,
			...process.argv.slice(2),
		],
		cwd: CHECKOUT,
		env: process.env,
		onOutput: (text) => process.stdout.write(text),
	});
	return Number(await session.within(ended));
}

const session = new Session();
void main(session)
	.catch((reason: unknown) => {
		if (reason instanceof Interruption) return reason.exitCode;
		console.error(reason instanceof Failure ? reason.message : reason);
		return 1;
	})
	.then(async (exitCode) => {
		await session.end();
		process.exit(exitCode);
	});
