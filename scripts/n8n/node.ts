/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../demo/steps';
import { runProcess } from '../processes/childProcess';
import { runNpm } from '../processes/npm';
import type { Session } from '../processes/session';
import { cacheFolder } from './cacheFolder';
import { prepareCachedFolder } from './cachedFolder';
import { explainDownload } from './installationFailure';
import { nodePackage } from './nodePackage';

/** What n8n runs on. */
const NODE_MAJOR = '24';

const platformNode = () => nodePackage(process.platform, process.arch);

const binaryIn = (folder: string): string =>
	join(folder, 'node_modules', platformNode().name, platformNode().binary);

async function install(session: Session, folder: string): Promise<void> {
	const { name } = platformNode();
	const dependencies = { [name]: NODE_MAJOR };
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	await runNpm(session, {
		args: ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
		cwd: folder,
		explain: (lines) => explainDownload(`Node ${NODE_MAJOR}`, lines),
	});
	await runProcess(
		session,
		{ file: binaryIn(folder), args: ['--version'], cwd: folder, env: {} },
		() => `The Node ${NODE_MAJOR} of the package ${name} does not run on this system`,
	);
}

const folderIn = (cache: string): string => join(cache, `node-${NODE_MAJOR}`);

/** Whether Node 24 is in the cache. */
export const hasNode = (): boolean => existsSync(binaryIn(folderIn(cacheFolder())));

/** Finds Node 24 in the cache, or installs it there (some 50 MB). Returns the path of the program. */
export async function prepareNode(
	session: Session,
	report: Report,
	cache = cacheFolder(),
): Promise<string> {
	const folder = folderIn(cache);
	await prepareCachedFolder(session, report, {
		folder,
		isComplete: (place) => existsSync(binaryIn(place)),
		fill: async (place) => await install(session, place),
	});
	return binaryIn(folder);
}
