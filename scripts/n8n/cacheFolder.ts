/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Machine {
	platform: NodeJS.Platform;
	env: NodeJS.ProcessEnv;
	home: string;
}

const thisMachine = (): Machine => ({
	platform: process.platform,
	env: process.env,
	home: homedir(),
});

/** Where n8n is kept between starts: outside the checkout, where the system keeps what can be fetched again. */
export function cacheFolder({ platform, env, home }: Machine = thisMachine()): string {
	if (env.N8N_NODES_ODIN_CACHE) return resolve(env.N8N_NODES_ODIN_CACHE);
	return join(systemCache(platform, env, home), 'n8n-nodes-odin');
}

function systemCache(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
	if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
	if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
	if (platform === 'darwin') return join(home, 'Library', 'Caches');
	return join(home, '.cache');
}
