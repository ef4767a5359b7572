/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../../scripts/processes/childProcess';
import { findFreePorts } from '../../../scripts/processes/ports';
import type { Session } from '../../../scripts/processes/session';
import { requireProgram } from '../../../scripts/system/programs';
import { INITDB, POSTGRES } from './programs';
import { asAccount, startService } from './service';
import { makeFolder } from './temporaryFolder';

export interface RunningPostgres {
	pid: number;
	port: number;
	user: string;
	password: string;
	database: string;
}

/** PostgreSQL refuses to run as root, so there it runs as the user that Debian's package made for it. */
const ACCOUNT = 'postgres';

/** Starts PostgreSQL with an empty database, on 127.0.0.1 and a free port, until the session ends. */
export async function startPostgres(session: Session): Promise<RunningPostgres> {
	const [initdb, postgres] = [await requireProgram(INITDB), await requireProgram(POSTGRES)];
	const folder = await makeFolder(session, 'postgres');
	const data = join(folder, 'data');
	const password = randomBytes(16).toString('hex');
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (process.getuid?.() === 0) {
		await run(session, folder, ['chown', '--recursive', `${ACCOUNT}:`, folder]);
	}
	await run(session, folder, [
		...asAccount(ACCOUNT),
		initdb,
		`--pgdata=${data}`,
		`--username=${ACCOUNT}`,
		`--pwfile=${passwordFile}`,
		'--auth=scram-sha-256',
		'--encoding=UTF8',
		'--no-locale',
	]);
	const [port = 0] = await findFreePorts(1);
	const pid = await startService(session, {
		title: 'PostgreSQL',
		command: [
			postgres,
			...['-D', data, '-p', String(port), '-h', '127.0.0.1'],
			// A socket file in the system's folder would be in the way of another PostgreSQL.
			...['-c', 'unix_socket_directories='],
		],
		account: ACCOUNT,
		folder,
		readyLine: 'database system is ready to accept connections',
	});
	return { pid, port, user: ACCOUNT, password, database: 'postgres' };
}

async function run(session: Session, cwd: string, [file = '', ...args]: string[]): Promise<void> {
	await runProcess(
		session,
		{ file, args, cwd, env: process.env },
		() => `PostgreSQL's database could not be made with ${file}. Its last lines:`,
	);
}
