/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import type { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';

import type * as Core from 'n8n-core';
import type * as Workflow from 'n8n-workflow';

import { completeForHarness } from './olderEngines';

/**
 * Jest runs a test in a vm context with an `Error`, `Array` and `Object` of its own, where
 * `catch (e) { e instanceof Error }` is false for what Node itself throws (seen: fs.readFileSync, Node 20, jest 30).
 * n8n and the node under test must not see such a world, so they are loaded by Node's own `require` in the context
 * that surrounds jest's. It also loads n8n-core (2,000 modules, 1.7 s) once per jest worker instead of once per file.
 */
const mainProcess = runInThisContext('process') as NodeJS.Process;

const nodeModule = mainProcess.getBuiltinModule('module') as {
	createRequire: typeof createRequire;
};

/** A folder with an n8n-core and n8n-workflow of other versions in it (docs/compatibility.md). */
export const otherEngine = mainProcess.env.ENGINE_FOLDER;

/** Where n8n is taken from, and with it what a node package gets as n8n-workflow. */
export const modulesFolder = join(
	otherEngine === undefined ? resolve(__dirname, '../../..') : resolve(otherEngine),
	'node_modules',
);

/** Node's `require`, outside jest's module registry. */
export const mainRequire = nodeModule.createRequire(join(modulesFolder, 'n8n.js'));

const parseInMainRealm = runInThisContext('JSON.parse') as (text: string) => unknown;

/** A copy of JSON data whose objects belong to the main realm, as data that n8n read from its database does. */
export function toMainRealm<T>(value: T): T {
	return parseInMainRealm(JSON.stringify(value)) as T;
}

export const userFolder = join(tmpdir(), `n8n-nodes-odin-engine-${process.pid}`);

interface Container {
	get<T>(type: new (...args: never[]) => T): T;
}

export interface InternalLogger {
	log(level: string, message: string, metadata: object): void;
	child(): InternalLogger;
}

interface Logger {
	setInternalLogger(logger: InternalLogger): void;
}

export interface N8n {
	core: typeof Core;
	workflow: typeof Workflow;
	logger: Logger;
}

let loaded: N8n | undefined;

/** n8n-core, and the very n8n-workflow and logger that it uses itself. */
export function loadN8n(): N8n {
	if (loaded) return loaded;
	Object.assign(mainProcess.env, {
		// n8n-core reads both on first use and otherwise writes into ~/.n8n.
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: 'engine-harness',
		// Above this level n8n's logger drops a message before it can be captured.
		N8N_LOG_LEVEL: 'debug',
		NO_PROXY: '127.0.0.1,localhost',
	});
	mainRequire('reflect-metadata');
	const core = mainRequire('n8n-core') as typeof Core;
	// n8n-core brings @n8n packages of its own; others of the same name may lie at the top of node_modules.
	const coreRequire = nodeModule.createRequire(mainRequire.resolve('n8n-core'));
	const { Container } = coreRequire('@n8n/di') as { Container: Container };
	const { Logger } = coreRequire('@n8n/backend-common') as { Logger: new () => Logger };
	const workflow = coreRequire('n8n-workflow') as typeof Workflow;
	loaded = {
		core,
		workflow: otherEngine === undefined ? workflow : completeForHarness(core, workflow),
		logger: Container.get(Logger),
	};
	return loaded;
}

/** The protection against forged requests while it is on: n8n before 2.40 gets it with each execution. */
export let ssrfBridge: object | undefined;

/** While `work` runs, n8n's requests go through this proxy, or its protection against forged requests is on. */
export async function withEgress<T>(
	{ proxy, ssrfProtection = false }: { proxy?: string; ssrfProtection?: boolean },
	work: () => Promise<T>,
): Promise<T> {
	loadN8n();
	const coreRequire = nodeModule.createRequire(mainRequire.resolve('n8n-core'));
	const { Container } = coreRequire('@n8n/di') as { Container: Container };
	const { SsrfProtectionConfig } = coreRequire('@n8n/config') as {
		SsrfProtectionConfig: new () => { enabled: boolean };
	};
	const { SsrfProtectionService } = coreRequire('@n8n/backend-network') as {
		SsrfProtectionService: new () => object;
	};
	const config = Container.get(SsrfProtectionConfig);
	const { NO_PROXY } = mainProcess.env;
	config.enabled = ssrfProtection;
	if (ssrfProtection) ssrfBridge = Container.get(SsrfProtectionService);
	if (proxy !== undefined) {
		Object.assign(mainProcess.env, { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' });
	}
	try {
		return await work();
	} finally {
		config.enabled = false;
		ssrfBridge = undefined;
		delete mainProcess.env.HTTP_PROXY;
		delete mainProcess.env.HTTPS_PROXY;
		mainProcess.env.NO_PROXY = NO_PROXY;
	}
}
