/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../processes/childProcess';
import { Failure } from '../processes/failure';
import type { Session } from '../processes/session';
import { n8nEnvironment, type N8nSettings } from './environment';
import type { Installation } from './installation';

const READY_LINE = 'Editor is now accessible via';
const WORKER_READY_LINE = 'n8n worker is now ready';
const REFUSAL_LINE = 'Failed to load package "n8n-nodes-odin"';
const READY_PATIENCE_MS = 180_000;

export interface RunningPart {
	pid: number | undefined;
	logFile: string;
	lastLines: () => string[];
	/** Ends it before the session does. */
	stop: () => Promise<void>;
}

export interface RunningN8n extends RunningPart {
	url: string;
}

/** n8n goes on without a package it cannot load, and says so in the middle of some 400 lines. */
function requirePackageLoaded(output: string): void {
	const [, refusal] = output.split(REFUSAL_LINE);
	if (refusal === undefined) return;
	const [reason = ''] = refusal.trim().split('\n');
	throw new Failure('n8n does not load the package n8n-nodes-odin. Its reason:', [reason]);
}

interface Part {
	/** What messages call it. */
	title: string;
	args: string[];
	readyLine: string;
}

const SERVER: Part = { title: 'n8n', args: ['start'], readyLine: READY_LINE };

const workerOf = (concurrency: number): Part => ({
	title: 'An n8n worker',
	args: ['worker', `--concurrency=${concurrency}`],
	readyLine: WORKER_READY_LINE,
});

/** Starts n8n and waits until it is ready. If n8n ends by itself, then or later, the session fails with its last lines. */
export async function startN8n(
	session: Session,
	installation: Installation,
	settings: N8nSettings,
): Promise<RunningN8n> {
	const running = await startPart(session, installation, settings, SERVER);
	return { ...running, url: `http://127.0.0.1:${settings.port}` };
}

/**
 * Starts a worker of an n8n in queue mode, with a user folder of its own, and waits until it takes executions.
 * @param concurrency how many executions it works on at once
 */
export async function startWorker(
	session: Session,
	installation: Installation,
	settings: N8nSettings,
	concurrency: number,
): Promise<RunningPart> {
	return await startPart(session, installation, settings, workerOf(concurrency));
}

async function startPart(
	session: Session,
	{ node, n8n }: Installation,
	settings: N8nSettings,
	{ title, args, readyLine }: Part,
): Promise<RunningPart> {
	const logFile = join(settings.userFolder, 'n8n.log');
	const log = createWriteStream(logFile);
	session.onEnd(() => log.end());

	let startOutput = '';
	let setReady = () => {};
	const ready = new Promise<void>((resolve) => {
		setReady = resolve;
	});
	let ending = false;
	const { pid, ended, lastLines, stop } = startProcess(session, {
		file: node,
		args: ['--require', join(__dirname, 'stopWithParent.js'), n8n, ...args],
		cwd: settings.userFolder,
		env: n8nEnvironment(settings),
		lifeline: true,
		onOutput: (text) => {
			if (!log.writableEnded) log.write(text);
			if (startOutput.includes(readyLine)) return;
			startOutput += text;
			if (startOutput.includes(readyLine)) setReady();
		},
	});
	session.onEnd(() => {
		ending = true;
	});
	void ended.then((status) => {
		if (!ending)
			session.fail(
				new Failure(`${title} ended by itself (${status}). Its last lines:`, lastLines()),
			);
	});

	const late = delay(READY_PATIENCE_MS, 'late', { ref: false });
	if ((await Promise.race([ready, late])) === 'late') {
		const limit = `${READY_PATIENCE_MS / 60_000} minutes`;
		throw new Failure(`${title} was not ready within ${limit}. Its last lines:`, lastLines());
	}
	requirePackageLoaded(startOutput);
	const end = async () => {
		ending = true;
		await stop();
	};
	return { pid, logFile, lastLines, stop: end };
}
