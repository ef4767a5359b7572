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
const REFUSAL_LINE = 'Failed to load package "n8n-nodes-odin"';
const READY_PATIENCE_MS = 180_000;

export interface RunningN8n {
	url: string;
	logFile: string;
	lastLines: () => string[];
}

/** n8n goes on without a package it cannot load, and says so in the middle of some 400 lines. */
function requirePackageLoaded(output: string): void {
	const [, refusal] = output.split(REFUSAL_LINE);
	if (refusal === undefined) return;
	const [reason = ''] = refusal.trim().split('\n');
	throw new Failure('n8n does not load the package n8n-nodes-odin. Its reason:', [reason]);
}

/** Starts n8n and waits until it is ready. If n8n ends by itself, then or later, the session fails with its last lines. */
export async function startN8n(
	session: Session,
	{ node, n8n }: Installation,
	settings: N8nSettings,
): Promise<RunningN8n> {
	const logFile = join(settings.userFolder, 'n8n.log');
	const log = createWriteStream(logFile);
	session.onEnd(() => log.end());

	let startOutput = '';
	let setReady = () => {};
	const ready = new Promise<void>((resolve) => {
		setReady = resolve;
	});
	let ending = false;
	const { ended, lastLines } = startProcess(session, {
		file: node,
		args: ['--require', join(__dirname, 'stopWithParent.js'), n8n, 'start'],
		cwd: settings.userFolder,
		env: n8nEnvironment(settings),
		lifeline: true,
		onOutput: (text) => {
			if (!log.writableEnded) log.write(text);
			if (startOutput.includes(READY_LINE)) return;
			startOutput += text;
			if (startOutput.includes(READY_LINE)) setReady();
		},
	});
	session.onEnd(() => {
		ending = true;
	});
	void ended.then((status) => {
		if (!ending)
			session.fail(new Failure(`n8n ended by itself (${status}). Its last lines:`, lastLines()));
	});

	const late = delay(READY_PATIENCE_MS, 'late', { ref: false });
	if ((await Promise.race([ready, late])) === 'late') {
		const limit = `${READY_PATIENCE_MS / 60_000} minutes`;
		throw new Failure(`n8n was not ready within ${limit}. Its last lines:`, lastLines());
	}
	requirePackageLoaded(startOutput);
	return { url: `http://127.0.0.1:${settings.port}`, logFile, lastLines };
}
