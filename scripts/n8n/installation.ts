/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../processes/failure';
import { runNpm } from '../processes/npm';
import type { Session } from '../processes/session';
import type { Report } from '../demo/steps';
import { prepareCachedFolder } from './cachedFolder';
import { cacheFolder } from './cacheFolder';
import { explainBuild, explainDownload } from './installationFailure';
import { prepareNode } from './node';

export const N8N_VERSION = '2.41.1';
const NEEDED_BYTES = 5e9;
/** Less than this is npm's notes on packages, not yet packages. */
const FIRST_BYTES = 50e6;
const EXPECTED_BYTES = 3.2e9;

export interface Installation {
	folder: string;
	node: string;
	n8n: string;
}

const programIn = (folder: string): string => join(folder, 'node_modules', 'n8n', 'bin', 'n8n');

const databaseIn = (folder: string): string =>
	join(folder, 'node_modules/sqlite3/build/Release/node_sqlite3.node');

const isComplete = (folder: string): boolean =>
	[programIn(folder), databaseIn(folder)].every((file) => existsSync(file));

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
	report: Report,
	{ folder, version, node }: { folder: string; version: string; node: string },
): Promise<void> {
	await requireSpace(folder);
	const dependencies = { n8n: version };
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	const PATH = [dirname(node), process.env.PATH].join(delimiter);
	// Without scripts: one of n8n's modules would fetch a binary that the demo never loads.
	const stopReporting = await reportBytesWritten(folder, report);
	await runNpm(session, {
		args: ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		cwd: folder,
		explain: (lines) => explainDownload('n8n', lines),
	}).finally(stopReporting);
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

const folderOf = (version: string): string => join(cacheFolder(), `n8n-${version}`);

/** What to expect of the first start on a machine; undefined on later ones. */
export function downloadNotice(version = N8N_VERSION): string | undefined {
	const folder = folderOf(version);
	if (isComplete(folder)) return undefined;
	return `n8n is not on this machine yet: about 3 GB go to ${folder}, once, in 5 to 10 minutes`;
}

/** Finds n8n and Node 24 in the cache, or installs them there. */
export async function prepareInstallation(
	session: Session,
	report: Report,
	version = N8N_VERSION,
): Promise<Installation> {
	const node = await prepareNode(session, report);
	const folder = folderOf(version);
	await prepareCachedFolder(session, report, {
		folder,
		isComplete,
		fill: async (place) => await install(session, report, { folder: place, version, node }),
	});
	return { folder, node, n8n: programIn(folder) };
}
