/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { MemoryTask, MemoryUse } from './memoryMessages';
import { Workflows, type Measured } from './workflow';

const SAMPLE_MS = 5;
const COLLECTION_MS = 100;
const WARM_UP_ITEMS = 20;

/** Runs a node in a fresh engine and tells the memory it took. */
async function measure({ account, n8nNodesBase, node, items }: MemoryTask): Promise<MemoryUse> {
	const workflows = await Workflows.start(account, n8nNodesBase);
	const run = async (name: string, count: number, look?: () => void, everyMs = SAMPLE_MS) =>
		await runLooking(workflows, node, { name, count, look, everyMs });

	await run('warm-up', WARM_UP_ITEMS);
	const first = new Peak(() => process.memoryUsage.rss());
	await run('first', items, first.look);
	const again = new Peak(() => process.memoryUsage.rss());
	await run('again', items, again.look);
	const live = new Peak(() => {
		global.gc?.();
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	});
	await run('live', items, live.look, COLLECTION_MS);
	await workflows.stop();
	return { first: first.highest, again: again.highest, live: live.highest };
}

/** The highest of several values above the first one. */
class Peak {
	highest = 0;

	private before: number | undefined;

	constructor(private readonly value: () => number) {}

	look = (): void => {
		const value = this.value();
		this.before ??= value;
		this.highest = Math.max(this.highest, value - this.before);
	};
}

/** Looks once before the node begins, then again and again until it is done. */
async function runLooking(
	workflows: Workflows,
	node: Measured,
	{
		name,
		count,
		look,
		everyMs,
	}: { name: string; count: number; look?: () => void; everyMs: number },
): Promise<void> {
	const items = Array.from({ length: count }, (_, index) => ({ name: `${name}-${index}` }));
	workflows.onReady = () => {
		global.gc?.();
		look?.();
	};
	const looking = setInterval(() => look?.(), everyMs);
	await workflows.run(node, items);
	clearInterval(looking);
}

process.once('message', (task: MemoryTask) => {
	void measure(task).then((use) => {
		process.send?.(use);
		process.disconnect();
	});
});
