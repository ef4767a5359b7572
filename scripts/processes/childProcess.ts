/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './failure';
import type { Session } from './session';

const KEPT_LINES = 20;
const STOP_PATIENCE_MS = 10_000;

export interface Command {
	file: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** Opens a channel that closes when this process is gone, however it went. */
	lifeline?: boolean;
	onOutput?: (text: string) => void;
}

export interface StartedProcess {
	/** Undefined if it could not be started. */
	pid: number | undefined;
	/** The exit status, or the signal's name, once the process is gone. */
	ended: Promise<number | string>;
	lastLines: () => string[];
	/** Ends it before the session does. */
	stop: () => Promise<void>;
}

const WINDOWS = process.platform === 'win32';

/** Ends at once what is left of a process and its descendants; they share a process group made for them. */
function killTree({ pid }: ChildProcess): void {
	if (pid === undefined) return;
	if (WINDOWS) {
		spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// No member of the group is left.
	}
}

/** Starts a process that ends with the session, together with everything it starts itself. */
export function startProcess(session: Session, command: Command): StartedProcess {
	session.throwIfEnding();
	const child = spawn(command.file, command.args, {
		cwd: command.cwd,
		env: command.env,
		stdio: ['ignore', 'pipe', 'pipe', command.lifeline ? 'ipc' : 'ignore'],
		// A group of its own, so that Ctrl-C reaches this script alone and the script ends the rest in order.
		detached: !WINDOWS,
		shell: WINDOWS && command.file.endsWith('.cmd'),
		windowsHide: true,
	});

	let text = '';
	const collect = (chunk: Buffer) => {
		text = (text + chunk.toString()).split('\n').slice(-KEPT_LINES).join('\n');
		command.onOutput?.(chunk.toString());
	};
	child.stdout?.on('data', collect);
	child.stderr?.on('data', collect);

	const killAtExit = () => killTree(child);
	process.once('exit', killAtExit);
	child.once('exit', () => {
		process.off('exit', killAtExit);
		killTree(child);
	});
	const ended = new Promise<number | string>((resolve) => {
		child.once('error', (error) => {
			collect(Buffer.from(`${error.message}\n`));
			resolve(1);
		});
		child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
	});

	const stop = async () => {
		// Its process id may belong to another process by now.
		if (child.exitCode !== null || child.signalCode !== null) return;
		if (WINDOWS) killTree(child);
		else child.kill('SIGTERM');
		await Promise.race([ended, delay(STOP_PATIENCE_MS, undefined, { ref: false })]);
		killTree(child);
		await ended;
	};
	session.onEnd(stop);

	return {
		pid: child.pid,
		ended,
		stop,
		lastLines: () => text.split('\n').filter((line) => line.trim() !== ''),
	};
}

/** Runs a command to its end; a status other than 0 is a failure with the given words. */
export async function runProcess(
	session: Session,
	command: Command,
	explain: (lastLines: string[]) => string,
): Promise<string[]> {
	const { ended, lastLines } = startProcess(session, command);
	if ((await ended) !== 0) throw new Failure(explain(lastLines()), lastLines());
	return lastLines();
}
