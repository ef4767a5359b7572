/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Steps } from '../demo/steps';
import { Failure, Interruption } from '../processes/failure';
import { Session } from '../processes/session';
import { downloadNotice, N8N_VERSION, prepareInstallation } from './installation';

/** Puts n8n into the cache, so that the tests that need it find it there. */
async function main(session: Session): Promise<number> {
	const steps = new Steps(session, process.stdout);
	steps.say(downloadNotice());
	await steps.run(`Prepare n8n ${N8N_VERSION}`, async (report) => {
		await prepareInstallation(session, report);
	});
	return 0;
}

const session = new Session();
void session
	.within(main(session))
	.catch((reason: unknown) => {
		if (reason instanceof Interruption) return reason.exitCode;
		const lines = reason instanceof Failure ? reason.lastLines : [];
		process.stderr.write(`\n${(reason as Error).message}\n${lines.join('\n')}\n`);
		return 1;
	})
	.then(async (exitCode) => {
		await session.end();
		process.exit(exitCode);
	});
