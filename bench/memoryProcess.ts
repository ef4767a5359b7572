/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { MemoryTask, MemoryUse } from './memoryMessages';
import { Workflows } from './workflow';

const SAMPLE_MS = 5;
const WARM_UP_ITEMS = 20;

/** Runs a node once in a fresh engine and tells the memory it took. */
async function run({ account, n8nNodesBase, node, items }: MemoryTask): Promise<MemoryUse> {
	const workflows = await Workflows.start(account, n8nNodesBase);
	const named = (prefix: string, count: number) =>
		Array.from({ length: count }, (_, index) => ({ name: `${prefix}-${index}` }));
	await workflows.run(node, named('first', WARM_UP_ITEMS));

	let idle = process.memoryUsage();
	let peak = 0;
	const sample = () => {
		peak = Math.max(peak, process.memoryUsage.rss() - idle.rss);
	};
	const sampling = setInterval(sample, SAMPLE_MS);
	workflows.onReady = () => {
		global.gc?.();
		idle = process.memoryUsage();
		peak = 0;
	};
	const { output } = await workflows.run(node, named('sbc', items));
	clearInterval(sampling);
	global.gc?.();
	const held = process.memoryUsage().heapUsed - idle.heapUsed;
	// The output is a part of what is held.
	if (output.length === 0) throw new RangeError('Nothing was put out');
	await workflows.stop();
	return { peak, held };
}

process.once('message', (task: MemoryTask) => {
	void run(task).then((use) => {
		process.send?.(use);
		process.disconnect();
	});
});
