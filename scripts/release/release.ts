/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../processes/failure';
import { releasedSections, unreleasedChanges, withRelease } from './changelog';
import { runProgram } from './program';
import { nextVersion } from './version';

const BRANCH = 'main';
const CHANGED_FILES = ['CHANGELOG.md', 'package.json', 'package-lock.json'];

export interface ReleaseOptions {
	checkout: string;
	/** patch, minor, major, or the version itself */
	wanted: string;
	/** Only say what would be released */
	dryRun: boolean;
	/** The day of the release, YYYY-MM-DD */
	today: string;
	/** Tests the tree that is about to be committed; rejects when it should not be released */
	test: () => Promise<unknown>;
	say: (text: string) => void;
}

export const tagOf = (version: string): string => `v${version}`;

/**
 * Gives the unreleased changes a version and commits and tags it, in this clone only: nothing is pushed. Where the tests
 * do not pass, the tree is as it was before.
 */
export async function release(options: ReleaseOptions): Promise<void> {
	const { checkout, dryRun, today, test, say } = options;
	const git = async (...args: string[]) => await runProgram('git', args, checkout);
	const changelogFile = join(checkout, 'CHANGELOG.md');
	const changelog = await readFile(changelogFile, 'utf8');
	const { version, current, changes } = await planRelease(options, changelog);
	const tag = tagOf(version);
	say(`Release ${version}; package.json says ${current}\n\n${changes}\n`);
	if (dryRun) {
		say(`Nothing was changed: without --dry-run this is tested, committed and tagged ${tag}`);
		return;
	}

	try {
		await writeFile(changelogFile, withRelease(changelog, version, today));
		await setVersion(checkout, version);
		await test();
		await git('add', ...CHANGED_FILES);
		await git('commit', '--quiet', '--message', `Release ${version}`);
	} catch (reason) {
		await git('restore', '--staged', '--worktree', ...CHANGED_FILES);
		throw reason;
	}
	await git('tag', '--annotate', tag, '--message', `Release ${version}`);
	say(`${tag} is committed and tagged in this clone; nothing was pushed`);
	say(`To publish it:    git push --atomic origin ${BRANCH} ${tag}`);
	say(`To take it back:  git tag --delete ${tag} && git reset --hard HEAD~1`);
}

interface Plan {
	version: string;
	current: string;
	changes: string;
}

/** What will be released, or a Failure with every reason against it. */
async function planRelease(options: ReleaseOptions, changelog: string): Promise<Plan> {
	const { checkout, wanted } = options;
	const git = async (...args: string[]) => await runProgram('git', args, checkout);
	const reasons: string[] = [];

	const branch = await git('branch', '--show-current');
	if (branch !== BRANCH) {
		reasons.push(`The branch is ${branch || 'none'}; a release is made from ${BRANCH}`);
	}
	const changed = await git('status', '--porcelain');
	if (changed !== '') reasons.push(`Commit or take back first:\n${changed}`);

	const { version: current } = await readManifest(checkout);
	const changes = unreleasedChanges(changelog);
	if (changes === '') {
		reasons.push("CHANGELOG.md has nothing under 'Unreleased': say there what the release brings");
	}
	const tags = (await git('tag', '--list', 'v*.*.*')).split('\n').filter(Boolean);
	const released = [
		...tags.map((tag) => tag.slice(1)),
		...releasedSections(changelog).map((section) => section.version),
	];
	const version = await attempt(reasons, () => nextVersion(wanted, { current, released }));
	await attempt(reasons, async () => await requireCurrentLock(checkout));

	if (version === undefined || reasons.length > 0) {
		throw new Failure(['Not released:', ...reasons].join('\n- '));
	}
	return { version, current, changes };
}

/** The value, or undefined and one more reason. */
async function attempt<T>(reasons: string[], work: () => T): Promise<Awaited<T> | undefined> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		reasons.push([error.message, ...error.lastLines].join('\n'));
		return undefined;
	}
}

export interface Manifest {
	version: string;
	repository: { url: string };
}

export async function readManifest(checkout: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as Manifest;
}

/** npm's own comparison of package.json and lock file, the one that refuses `npm ci`. */
async function requireCurrentLock(checkout: string): Promise<void> {
	await runProgram('npm', ['ci', '--dry-run', '--ignore-scripts', '--loglevel=error'], checkout);
}

/** npm writes it into package.json and the lock file, and keeps their form. */
async function setVersion(checkout: string, version: string): Promise<void> {
	const only = ['--no-git-tag-version', '--allow-same-version', '--ignore-scripts'];
	await runProgram('npm', ['version', version, ...only], checkout);
}
