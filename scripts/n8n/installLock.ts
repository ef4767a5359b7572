/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error */
import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '../processes/session';

const HEARTBEAT_MS = 2_000;
const STALE_MS = 20_000;

async function take(lock: string): Promise<boolean> {
	try {
		await writeFile(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		return false;
	}
}

/** A process id would say nothing where the cache is shared between containers, so age decides. */
async function removeIfStale(lock: string): Promise<void> {
	const age = await stat(lock).then(
		({ mtimeMs }) => Date.now() - mtimeMs,
		() => 0,
	);
	if (age > STALE_MS) await rm(lock, { force: true });
}

/** Waits until no other start holds the lock, takes it, and returns what gives it back. */
export async function takeLock(
	session: Session,
	lock: string,
	onWait: () => void,
): Promise<() => Promise<void>> {
	while (!(await take(lock))) {
		session.throwIfEnding();
		onWait();
		await removeIfStale(lock);
		await delay(1_000);
	}
	const heartbeat = setInterval(() => {
		const now = new Date();
		utimes(lock, now, now).catch(() => {});
	}, HEARTBEAT_MS);
	let held = true;
	const release = async () => {
		if (!held) return;
		held = false;
		clearInterval(heartbeat);
		await rm(lock, { force: true });
	};
	session.onEnd(release);
	return release;
}
