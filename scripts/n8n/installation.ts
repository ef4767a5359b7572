/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { runProcess } from '../processes/childProcess';
import { Failure } from '../processes/failure';
import { runNpm } from '../processes/npm';
import type { Session } from '../processes/session';
import type { Report } from '../demo/steps';
import { cacheFolder } from './cacheFolder';
import { explainBuild, explainDownload } from './installationFailure';
import { takeLock } from './installLock';
import { nodePackage } from './nodePackage';

export const N8N_VERSION = '2.40.7';
const NODE_RANGE = '24';
const NEEDED_BYTES = 5e9;
/** Less than this is npm's notes on packages, not yet packages. */
const FIRST_BYTES = 50e6;
const EXPECTED_BYTES = 3.2e9;

export interface Installation {
	folder: string;
	node: string;
	n8n: string;
}

const platformNode = () => nodePackage(process.platform, process.arch);

function layout(folder: string): Installation {
	const modules = join(folder, 'node_modules');
	return {
		folder,
		node: join(modules, platformNode().name, platformNode().binary),
		n8n: join(modules, 'n8n', 'bin', 'n8n'),
	};
}

function isComplete({ folder, node, n8n }: Installation): boolean {
	const database = join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node');
	return [node, n8n, database].every((file) => existsSync(file));
}

const freeBytes = async (folder: string) => {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
};

/** How far npm is, in words. Beside the packages it writes copies of them into its own cache, a third as much. */
export function downloadProgress(written: number): string {
	if (written <= FIRST_BYTES) return 'npm chooses the packages';
	const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
	return written < EXPECTED_BYTES
		? `${megabytes(written)} of about ${megabytes(EXPECTED_BYTES)}`
		: 'npm puts the last packages in their places';
}

/** Free space is cheap to ask for; adding up 200,000 files would slow the download down. */
async function reportBytesWritten(folder: string, report: Report): Promise<() => void> {
	const before = await freeBytes(folder);
	report(downloadProgress(0));
	const ticker = setInterval(async () => {
		report(downloadProgress(before - (await freeBytes(folder).catch(() => before))));
	}, 1_000);
	return () => clearInterval(ticker);
}

async function requireSpace(folder: string): Promise<void> {
	const free = await freeBytes(folder);
	if (free >= NEEDED_BYTES) return;
	throw new Failure(
		`n8n needs ${NEEDED_BYTES / 1e9} GB in ${folder}, and ${(free / 1e9).toFixed(1)} GB are free. ` +
			'Free some space, or set N8N_NODES_ODIN_CACHE to a folder on another disk.',
	);
}

async function install(
	session: Session,
	folder: string,
	version: string,
	report: Report,
): Promise<void> {
	const { node } = layout(folder);
	const dependencies = { n8n: version, [platformNode().name]: NODE_RANGE };
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	// Without scripts: one of n8n's modules would fetch a binary that the demo never loads.
	const stopReporting = await reportBytesWritten(folder, report);
	await runNpm(session, {
		args: ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		cwd: folder,
		explain: explainDownload,
	}).finally(stopReporting);
	const runsHere = { file: node, args: ['--version'], cwd: folder, env: {} };
	await runProcess(
		session,
		runsHere,
		() => `The Node 24 of the package ${platformNode().name} does not run on this system`,
	);
	const PATH = [dirname(node), process.env.PATH].join(delimiter);
	report('its database module is fetched or compiled');
	// The headers beside this Node 24 spare node-gyp their download.
	const npm_config_nodedir = dirname(dirname(node));
	await runNpm(session, {
		args: ['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'],
		cwd: folder,
		env: { PATH, npm_config_nodedir },
		explain: explainBuild,
	});
}

async function removeUnfinished(folder: string): Promise<void> {
	const prefix = `${basename(folder)}.part`;
	const names = await readdir(dirname(folder));
	const unfinished = names.filter((name) => name.startsWith(prefix));
	for (const name of unfinished) {
		await rm(join(dirname(folder), name), { recursive: true, force: true });
	}
}

const finishedInstallation = (version: string) => layout(join(cacheFolder(), `n8n-${version}`));

/** What to expect of the first start on a machine; undefined on later ones. */
export function downloadNotice(version = N8N_VERSION): string | undefined {
	const finished = finishedInstallation(version);
	if (isComplete(finished)) return undefined;
	return `n8n is not on this machine yet: about 3 GB go to ${finished.folder}, once, in 5 to 10 minutes`;
}

/**
 * Finds n8n and its Node 24 in the cache, or installs them there: beside their final place, so that an interrupted
 * download is never taken for a finished one, and under a lock, so that two starts at once download once.
 */
export async function prepareInstallation(
	session: Session,
	report: Report,
	version = N8N_VERSION,
): Promise<Installation> {
	const finished = finishedInstallation(version);
	if (isComplete(finished)) return finished;

	const cache = dirname(finished.folder);
	await mkdir(cache, { recursive: true });
	const release = await takeLock(session, `${finished.folder}.lock`, () =>
		report('another start is preparing it'),
	);
	if (isComplete(finished)) {
		await release();
		return finished;
	}

	await removeUnfinished(finished.folder);
	await requireSpace(cache);
	const part = `${finished.folder}.part-${process.pid}`;
	session.onEnd(async () => await rm(part, { recursive: true, force: true }));
	await mkdir(part);
	await install(session, part, version, report);
	await rm(finished.folder, { recursive: true, force: true });
	await rename(part, finished.folder);
	await release();
	return finished;
}
