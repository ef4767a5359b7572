/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from '../processes/failure';

const run = promisify(execFile);

const WINDOWS = process.platform === 'win32';

/** Runs a program to its end; what it printed, or a Failure with its words. */
export async function runProgram(file: 'git' | 'npm', args: string[], cwd: string) {
	try {
		// On Windows npm is a script, which only a shell can start.
		const { stdout } = await run(file, args, { cwd, shell: WINDOWS && file === 'npm' });
		return stdout.trim();
	} catch (error) {
		const { stderr, message } = error as Error & { stderr?: string };
		const lines = (stderr || message).trim().split('\n');
		throw new Failure(`${[file, ...args].join(' ')} did not succeed`, lines);
	}
}
