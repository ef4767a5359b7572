/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from '../../../scripts/processes/session';

/** Makes an empty folder that goes with the session. */
export async function makeFolder(session: Session, name: string): Promise<string> {
	session.throwIfEnding();
	const folder = await mkdtemp(join(await realpath(tmpdir()), `n8n-nodes-odin-${name}-`));
	session.onEnd(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}
