/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../../../scripts/processes/childProcess';
import { Failure } from '../../../scripts/processes/failure';
import type { Session } from '../../../scripts/processes/session';

const READY_PATIENCE_MS = 60_000;

export interface Service {
	title: string;
	command: string[];
	/** The user it runs as, where this process is root */
	account?: string;
	folder: string;
	readyLine: string;
}

/** Runs a command as another user, where this process is root. */
export const asAccount = (account: string): string[] =>
	process.getuid?.() === 0
		? ['setpriv', `--reuid=${account}`, `--regid=${account}`, '--init-groups']
		: [];

/** Linux ends it also when this process is killed and cannot clean up. The last change of user would undo that. */
const ENDING_WITH_PARENT = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'INT'] : [];

/**
 * Starts a program that runs until the session ends, and waits until it says that it is ready.
 * @returns its process id
 */
export async function startService(session: Session, service: Service): Promise<number> {
	const change = service.account === undefined ? [] : asAccount(service.account);
	const [file = '', ...args] = [...change, ...ENDING_WITH_PARENT, ...service.command];
	let output = '';
	let setReady = () => {};
	const ready = new Promise<void>((resolve) => {
		setReady = resolve;
	});
	const { pid, ended, lastLines } = startProcess(session, {
		file,
		args,
		cwd: service.folder,
		env: process.env,
		onOutput: (text) => {
			if (output.includes(service.readyLine)) return;
			output += text;
			if (output.includes(service.readyLine)) setReady();
		},
	});
	const outcome = await Promise.race([
		ready.then(() => 'ready'),
		ended.then((status) => `ended by itself (${status})`),
		delay(READY_PATIENCE_MS, `was not ready within ${READY_PATIENCE_MS / 1_000} s`, { ref: false }),
	]);
	if (outcome !== 'ready' || pid === undefined) {
		throw new Failure(`${service.title} ${outcome}. Its last lines:`, lastLines());
	}
	return pid;
}
