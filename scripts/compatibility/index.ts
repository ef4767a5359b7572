/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import { resolve } from 'node:path';
import { Steps } from '../demo/steps';
import { downloadNotice } from '../n8n/installation';
import { buildPackage } from '../n8n/package';
import { Failure, Interruption } from '../processes/failure';
import { Session } from '../processes/session';
import { describeOutcomes, type Outcome } from './table';
import { tryVersion } from './tryVersion';
import { PROMISED_VERSIONS } from './versions';

const CHECKOUT = resolve(__dirname, '../..');

const USAGE = `npm run test:versions                    the oldest and the newest n8n of docs/compatibility.md
npm run test:versions -- 2.35.3 2.39.10  these versions of n8n instead
`;

/** Each version has a session of its own, so that its n8n has ended before the next one starts. */
async function inSession<T>(work: (session: Session, steps: Steps) => Promise<T>): Promise<T> {
	const session = new Session();
	try {
		return await session.within(work(session, new Steps(session, process.stdout)));
	} finally {
		await session.end();
	}
}

async function outcomeOf(version: string): Promise<Outcome> {
	try {
		return await inSession(async (session, steps) => {
			steps.say(downloadNotice(version));
			return await steps.run(`Try n8n ${version}`, async (report) => {
				return await tryVersion(session, version, CHECKOUT, report);
			});
		});
	} catch (reason) {
		if (!(reason instanceof Failure)) throw reason;
		return [reason.message, ...reason.lastLines].join('\n    ');
	}
}

const isComplete = (outcome: Outcome) => typeof outcome !== 'string' && outcome.size === 0;

async function main(): Promise<number> {
	const given = process.argv.slice(2);
	if (given.some((argument) => !/^\d+\.\d+\.\d+$/.test(argument))) {
		process.stdout.write(USAGE);
		return given.includes('--help') ? 0 : 2;
	}
	await inSession(async (session, steps) => {
		await steps.run('Build the node', async () => await buildPackage(session, CHECKOUT));
	});
	const outcomes = new Map<string, Outcome>();
	for (const version of given.length > 0 ? given : PROMISED_VERSIONS) {
		outcomes.set(version, await outcomeOf(version));
	}
	process.stdout.write(`\n${describeOutcomes(outcomes)}\n`);
	return [...outcomes.values()].every(isComplete) ? 0 : 1;
}

function explain(reason: unknown): number {
	if (reason instanceof Interruption) return reason.exitCode;
	const text = reason instanceof Failure ? reason.message : (reason as Error).stack;
	process.stderr.write(`\n${text ?? String(reason)}\n`);
	return 1;
}

void main()
	.catch(explain)
	.then((status) => process.exit(status));
