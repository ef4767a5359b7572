/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { MemoryTask, MemoryUse } from './memoryMessages';

/** Measures in a process of its own: elsewhere, the memory of earlier runs would be used again. */
export async function measureMemory(task: MemoryTask): Promise<MemoryUse> {
	const child = fork(join(__dirname, 'memoryProcess.ts'), {
		execArgv: ['--expose-gc', '--import', 'tsx'],
	});
	child.send(task);
	const ended = once(child, 'exit').then(() => undefined);
	const message = await Promise.race([once(child, 'message'), ended]);
	if (!message) throw new Error('The memory could not be measured.');
	await ended;
	return message[0] as MemoryUse;
}
