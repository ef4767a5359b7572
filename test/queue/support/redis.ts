/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePorts } from '../../../scripts/processes/ports';
import type { Session } from '../../../scripts/processes/session';
import { requireProgram } from '../../../scripts/system/programs';
import { REDIS } from './programs';
import { startService } from './service';
import { makeFolder } from './temporaryFolder';

export interface RunningRedis {
	pid: number;
	port: number;
	password: string;
}

/** Starts a Redis that keeps nothing on disk, on 127.0.0.1 and a free port, until the session ends. */
export async function startRedis(session: Session): Promise<RunningRedis> {
	const program = await requireProgram(REDIS);
	const folder = await makeFolder(session, 'redis');
	const [port = 0] = await findFreePorts(1);
	const password = randomBytes(16).toString('hex');
	const settings = {
		bind: '127.0.0.1',
		port,
		dir: folder,
		requirepass: password,
		save: '""',
		appendonly: 'no',
	};
	const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
	// In a file: other users of the machine see a command line.
	const file = join(folder, 'redis.conf');
	await writeFile(file, lines.join(''), { mode: 0o600 });
	const pid = await startService(session, {
		title: 'Redis',
		command: [program, file],
		folder,
		readyLine: 'Ready to accept connections',
	});
	return { pid, port, password };
}
