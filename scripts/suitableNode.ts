/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, resolve } from 'node:path';
import { satisfies } from 'semver';
import { engines } from '../package.json';
import { cacheFolder } from './n8n/cacheFolder';
import { hasNode, prepareNode } from './n8n/node';
import { Failure, Interruption } from './processes/failure';
import { Session } from './processes/session';

const IN_CHECKOUT = resolve(__dirname, '../node_modules/.cache/n8n-nodes-odin');

/** This Node where n8n runs on it, else Node 24: from the cache, which --no-install does not add to. */
async function suitableNode(session: Session, args: string[]): Promise<string> {
	const { node: version } = process.versions;
	if (satisfies(version, engines.node)) return process.execPath;
	const place = args.includes('--no-install') && !hasNode() ? IN_CHECKOUT : cacheFolder();
	const node = await prepareNode(session, () => {}, place);
	process.stderr.write(
		`n8n needs Node.js ${engines.node}, and this is ${version}: using ${node}\n`,
	);
	return node;
}

/** Runs Node with the given arguments, in a version that n8n runs on. Programs it starts by name find the same one. */
async function runNode(session: Session): Promise<number> {
	const args = process.argv.slice(2);
	const node = await suitableNode(session, args);
	const PATH = [dirname(node), process.env.PATH].join(delimiter);
	const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH } });
	session.onEnd(() => child.kill());
	const [status] = (await once(child, 'exit')) as [number | null];
	return status ?? 1;
}

const session = new Session();
void session
	.within(runNode(session))
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
