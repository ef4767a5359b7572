/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { resolve } from 'node:path';
import { seconds } from '../demo/steps';
import { downloadNotice, N8N_VERSION, prepareInstallation } from '../n8n/installation';
import { startProcess } from '../processes/childProcess';
import { Failure, Interruption } from '../processes/failure';
import { Session } from '../processes/session';
import { PARTS } from './parts';

const CHECKOUT = resolve(__dirname, '../..');
const USAGE = `npm test                   all of it; what is missing for it is installed first
npm test -- --no-install   only what runs without: nothing outside of this folder is changed
`;

/** Without the Odin of somebody who has just shown the demo to it: tests write to the simulated one alone. */
const ENVIRONMENT = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !name.startsWith('ODIN_')),
);

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Runs one command. What it prints comes at once, or in one piece at its end. */
async function run(session: Session, command: string, output: 'live' | 'whole'): Promise<boolean> {
	const start = performance.now();
	const [file = '', ...args] = command.split(' ');
	let text = '';
	const { ended } = startProcess(session, {
		file: process.platform === 'win32' ? `${file}.cmd` : file,
		args,
		cwd: CHECKOUT,
		env: { ...ENVIRONMENT, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
		onOutput: (chunk) => {
			if (output === 'live') process.stdout.write(chunk);
			else text += chunk;
		},
	});
	const hasPassed = (await ended) === 0;
	const verdict = hasPassed ? 'passed' : 'did not pass';
	say(`${text}\n${command} ${verdict} after ${seconds(performance.now() - start)}\n`);
	return hasPassed;
}

/** Puts n8n into the cache, for the demo that needs it. Tells whether it is there. */
async function setUp(session: Session, mayInstall: boolean): Promise<boolean> {
	const notice = downloadNotice();
	if (notice === undefined) return true;
	if (!mayInstall) return false;
	say(`For the demo: ${notice}`);
	await prepareInstallation(session, () => {});
	return true;
}

/** Undefined where it can't be run. */
async function runDemo(session: Session, mayInstall: boolean): Promise<boolean | undefined> {
	return (await setUp(session, mayInstall)) ? await run(session, PARTS.demo, 'whole') : undefined;
}

async function test(session: Session, mayInstall: boolean): Promise<number> {
	const passed = await Promise.all([
		runDemo(session, mayInstall),
		run(session, PARTS.checks, 'whole'),
		run(session, PARTS.tests, 'live'),
	]);
	if (passed.includes(undefined)) {
		say(`Did not run:\n- ${PARTS.demo}: n8n ${N8N_VERSION} is not on this machine`);
	}
	return passed.includes(false) ? 1 : 0;
}

async function main(session: Session): Promise<number> {
	const options = process.argv.slice(2);
	const isKnown = options.every((option) => option === '--no-install');
	if (isKnown) return await test(session, options.length === 0);
	process.stderr.write(USAGE);
	return 1;
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
