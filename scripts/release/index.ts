/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error, no-console */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../processes/failure';
import { release } from './release';

const USAGE = `Usage: npm run release -- <patch|minor|major|X.Y.Z> [--dry-run]

Gives the unreleased changes of CHANGELOG.md a version, runs npm test, commits and tags it. Nothing is pushed.

  --dry-run      only say what would be released, and what is in the way of it`;

const CHECKOUT = resolve(__dirname, '..', '..');

/** Runs npm test where its output can be followed. */
async function runTests(): Promise<void> {
	const shell = process.platform === 'win32';
	const tests = spawn('npm', ['test'], { cwd: CHECKOUT, stdio: 'inherit', shell });
	// Ctrl-C reaches the tests as well; they end, and then the tree is given back as it was.
	process.on('SIGINT', () => {});
	const [status] = (await once(tests, 'close')) as [number | null];
	if (status !== 0)
		throw new Failure('Not released: the tests did not pass. The tree is as it was.');
}

function readCommandLine(args: string[]) {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: {
				'dry-run': { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
			},
		});
		return { help: values.help, dryRun: values['dry-run'], positionals };
	} catch (error) {
		throw new Failure(`${(error as Error).message}\n\n${USAGE}`);
	}
}

async function main(args: string[]): Promise<void> {
	const { help, dryRun, positionals } = readCommandLine(args);
	if (help) {
		console.log(USAGE);
		return;
	}
	const [wanted, ...others] = positionals;
	if (wanted === undefined || others.length > 0) throw new Failure(USAGE);
	const today = new Date().toISOString().slice(0, 10);
	const say = (text: string) => console.log(text);
	await release({ checkout: CHECKOUT, wanted, dryRun, today, test: runTests, say });
}

main(process.argv.slice(2)).catch((reason: unknown) => {
	if (!(reason instanceof Failure)) throw reason;
	console.error([reason.message, ...reason.lastLines].join('\n'));
	process.exitCode = 1;
});
