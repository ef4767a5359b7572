/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';

import type { InternalLogger, N8n } from './mainRealm';

/** n8n has one logger for all executions, so a line finds its run by the asynchronous context it was logged in. */
const linesOfThisRun = new AsyncLocalStorage<string[]>();

const capture: InternalLogger = {
	log(level, message, metadata) {
		linesOfThisRun.getStore()?.push(`${level}: ${message} ${printed(metadata)}`);
	},
	// n8n's `scoped()` loggers.
	child: () => capture,
};

/** Everything, however deep or long: what is looked for here are secrets. */
function printed(metadata: object): string {
	return inspect(metadata, {
		depth: Infinity,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
		breakLength: Infinity,
	});
}

/** From now on n8n prints nothing; what is logged inside `collectLogs` is kept. */
export function captureLogs({ logger }: N8n): void {
	logger.setInternalLogger(capture);
}

/** Runs `work` and adds what n8n and the node log meanwhile, at any level, to `lines`. */
export async function collectLogs<T>(lines: string[], work: () => Promise<T>): Promise<T> {
	return await linesOfThisRun.run(lines, work);
}
