/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';

export const CHECKOUT = resolve(__dirname, '..', '..');

const run = promisify(execFile);

/** Runs a program to its end and returns what it printed. Rejects with its output when it fails. */
export async function execute(file: string, args: string[], cwd = CHECKOUT): Promise<string> {
	// Jest sets it to "test", where n8n's lint rules take every file for a node.
	const env = { ...process.env };
	delete env.NODE_ENV;
	const { stdout } = await run(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
	return stdout;
}

export const executeNode = async (args: string[], cwd = CHECKOUT): Promise<string> =>
	await execute(process.execPath, args, cwd);

/** Paths of all files in a folder and below it, relative to `root`, with slashes, sorted. */
export function filesIn(folder: string, root = CHECKOUT): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.sort();
}

/**
 * Makes a checkout with a node of one line, which builds as this one does, and quickly. A test of the build touches
 * neither this checkout nor its dist/.
 */
export function makeSmallCheckout(to: string): void {
	for (const folder of ['nodes/Odin', 'credentials', 'icons']) {
		mkdirSync(join(to, folder), { recursive: true });
	}
	for (const file of ['package.json', 'tsconfig.json', 'gulpfile.js', 'icons/odin.svg']) {
		cpSync(join(CHECKOUT, file), join(to, file));
	}
	writeFileSync(join(to, 'nodes/Odin/Odin.node.ts'), 'export class Odin {}\n');
	symlinkSync(join(CHECKOUT, 'node_modules'), join(to, 'node_modules'), 'junction');
}
