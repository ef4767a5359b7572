/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import { Steps } from '../../scripts/demo/steps';
import { downloadNotice, N8N_VERSION, prepareInstallation } from '../../scripts/n8n/installation';
import { Failure } from '../../scripts/processes/failure';
import { Session } from '../../scripts/processes/session';
import { requireProgram } from '../../scripts/system/programs';
import { INITDB, NGINX, POSTGRES, REDIS } from './support/programs';

/** Everything the tests with several n8n need that takes long or may be missing, before they begin. */
async function prepare(session: Session): Promise<void> {
	const steps = new Steps(session, process.stdout);
	await steps.run('Find Redis, PostgreSQL and nginx', async () => {
		for (const program of [REDIS, INITDB, POSTGRES, NGINX]) await requireProgram(program);
	});
	steps.say(downloadNotice());
	await steps.run(`Prepare n8n ${N8N_VERSION} and Node 24`, async (report) => {
		await prepareInstallation(session, report);
	});
}

async function main(): Promise<void> {
	const session = new Session();
	let status = 0;
	try {
		await session.within(prepare(session));
	} catch (reason) {
		if (!(reason instanceof Failure)) throw reason;
		const lines = reason.lastLines.map((line) => `    ${line}\n`).join('');
		process.stderr.write(`\n${reason.message}\n${lines && `\n${lines}`}`);
		status = 1;
	} finally {
		await session.end();
	}
	process.exit(status);
}

void main();
