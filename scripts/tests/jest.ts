/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, resolve } from 'node:path';
import { satisfies } from 'semver';
import { engines } from '../../package.json';
import { prepareNode } from '../n8n/node';
import { Failure, Interruption } from '../processes/failure';
import { Session } from '../processes/session';

const JEST = resolve(__dirname, '../../node_modules/jest/bin/jest.js');

/** This Node where n8n runs on it, else Node 24 from the cache: the engine is tested on what carries it in production. */
async function suitableNode(session: Session): Promise<string> {
	if (satisfies(process.versions.node, engines.node)) return process.execPath;
	const node = await prepareNode(session, () => {});
	process.stderr.write(
		`Node.js ${process.versions.node} is older than what n8n runs on: the tests run under ${node}\n`,
	);
	return node;
}

async function runJest(session: Session): Promise<number> {
	const node = await suitableNode(session);
	const child = spawn(node, [JEST, ...process.argv.slice(2)], {
		stdio: 'inherit',
		// Programs that a test starts by name run under the same Node.
		env: { ...process.env, PATH: [dirname(node), process.env.PATH].join(delimiter) },
	});
	session.onEnd(() => child.kill());
	const [status] = (await once(child, 'exit')) as [number | null];
	return status ?? 1;
}

const session = new Session();
void session
	.within(runJest(session))
	.catch((reason: unknown) => {
		if (reason instanceof Interruption) return reason.exitCode;
		const { message, stack } = reason as Error;
		const lines = reason instanceof Failure ? [message, ...reason.lastLines] : [stack ?? message];
		process.stderr.write(`${lines.join('\n')}\n`);
		return 1;
	})
	.then(async (exitCode) => {
		await session.end();
		process.exit(exitCode);
	});
