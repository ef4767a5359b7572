/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Report } from '../demo/steps';
import type { Session } from '../processes/session';
import { takeLock } from './installLock';

export interface CachedFolder {
	/** Its final place, which names the version of what is in it. */
	folder: string;
	isComplete: (folder: string) => boolean;
	/** Fills an empty folder. */
	fill: (folder: string) => Promise<void>;
}

async function removeUnfinished(folder: string): Promise<void> {
	const prefix = `${basename(folder)}.part`;
	const names = await readdir(dirname(folder));
	const unfinished = names.filter((name) => name.startsWith(prefix));
	for (const name of unfinished) {
		await rm(join(dirname(folder), name), { recursive: true, force: true });
	}
}

/**
 * Fills a folder of the cache unless it is there: beside its final place, so that an interrupted download is never
 * taken for a finished one, and under a lock, so that two starts at once download once.
 */
export async function prepareCachedFolder(
	session: Session,
	report: Report,
	{ folder, isComplete, fill }: CachedFolder,
): Promise<void> {
	if (isComplete(folder)) return;
	await mkdir(dirname(folder), { recursive: true });
	const release = await takeLock(session, `${folder}.lock`, () =>
		report('another start is preparing it'),
	);
	if (!isComplete(folder)) {
		await removeUnfinished(folder);
		const part = `${folder}.part-${process.pid}`;
		session.onEnd(async () => await rm(part, { recursive: true, force: true }));
		await mkdir(part);
		await fill(part);
		await rm(folder, { recursive: true, force: true });
		await rename(part, folder);
	}
	await release();
}
