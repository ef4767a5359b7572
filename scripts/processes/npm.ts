/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { basename } from 'node:path';
import { runProcess } from './childProcess';
import type { Session } from './session';

export interface NpmRun {
	args: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	explain: (lastLines: string[]) => string;
}

/** What `npm start` tells its script about itself would mislead an npm that works in another folder. */
const OF_THE_OUTER_NPM =
	/^(npm_(package|lifecycle)_.*|npm_config_local_prefix|npm_command|INIT_CWD)$/;

function inheritedEnvironment(): NodeJS.ProcessEnv {
	const entries = Object.entries(process.env).filter(([name]) => !OF_THE_OUTER_NPM.test(name));
	return Object.fromEntries(entries);
}

/** Runs the npm that started this script, or the one on PATH. Returns the last lines it printed. */
export async function runNpm(session: Session, { args, cwd, env, explain }: NpmRun) {
	const running = process.env.npm_execpath ?? '';
	const npm = /^npm-cli\.[cm]?js$/.test(basename(running))
		? { file: process.execPath, args: [running, ...args] }
		: { file: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
	// The notifier would ask the registry about npm itself.
	const quiet = { npm_config_update_notifier: 'false' };
	const environment = { ...inheritedEnvironment(), ...quiet, ...env };
	return await runProcess(session, { ...npm, cwd, env: environment }, explain);
}
