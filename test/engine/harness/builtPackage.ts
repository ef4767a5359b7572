/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

import { modulesFolder, otherEngine, userFolder } from './mainRealm';

const CHECKOUT = resolve(__dirname, '../../..');
/** Here a build resolves n8n-workflow, and neither git nor a linter sees it. */
const BUILDS = join(CHECKOUT, 'node_modules/.cache/n8n-nodes-odin/builds');
const GULP = join(CHECKOUT, 'node_modules/gulp/bin/gulp.js');
/** All that a build depends on. */
const SOURCES = ['credentials', 'nodes', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * The folder of a package that is built as for npm, from the sources as they are at this moment. It is named by their
 * hash and never changed, so a test can neither meet a stale build nor one that another run replaces. Beside another n8n
 * it is a copy, which gets that one's n8n-workflow as in n8n.
 */
export function builtPackage(): string {
	const build = buildOf();
	if (otherEngine === undefined) return build;
	const copy = join(userFolder, 'package');
	if (existsSync(copy)) return copy;
	cpSync(build, copy, { recursive: true });
	symlinkSync(modulesFolder, join(copy, 'node_modules'));
	return copy;
}

/** @param checkout with sources like those of this one */
export function buildOf(checkout = CHECKOUT): string {
	const hash = hashOfSources(checkout);
	const folder = join(BUILDS, hash);
	if (existsSync(folder)) {
		const now = new Date();
		utimesSync(folder, now, now);
		return folder;
	}
	const part = join(BUILDS, `part-${process.pid}-${hash}`);
	try {
		compile(checkout, part);
		if (hashOfSources(checkout) === hash) publish(part, folder);
	} finally {
		rmSync(part, { recursive: true, force: true });
	}
	// A source that was changed meanwhile is in one half of the build only.
	return existsSync(folder) ? folder : buildOf(checkout);
}

function hashOfSources(checkout: string): string {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesIn(checkout, source))) {
		const content = readFileSync(join(checkout, file));
		hash.update(`${file}\0${content.length}\0`).update(content);
	}
	return hash.digest('hex').slice(0, 16);
}

function filesIn(checkout: string, source: string): string[] {
	const path = join(checkout, source);
	if (!statSync(path).isDirectory()) return [source];
	return readdirSync(path, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name).slice(checkout.length + 1))
		.sort();
}

function compile(checkout: string, folder: string): void {
	removeOldBuilds();
	const { status, stdout } = spawnSync(process.execPath, [GULP, 'build', '--silent'], {
		cwd: checkout,
		env: { ...process.env, BUILD_FOLDER: join(folder, 'dist') },
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`The node does not build:\n${stdout}`);
	cpSync(join(checkout, 'package.json'), join(folder, 'package.json'));
}

/** Leaves the build of another process alone that was quicker. */
function publish(part: string, folder: string): void {
	try {
		renameSync(part, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}

function removeOldBuilds(): void {
	mkdirSync(BUILDS, { recursive: true });
	for (const name of readdirSync(BUILDS)) {
		const folder = join(BUILDS, name);
		const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
		if (age > KEPT_MS) rmSync(folder, { recursive: true, force: true });
	}
}
