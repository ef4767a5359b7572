import type { Simulator, RecordedRequest } from '../../simulator';
import type { Engine, RunResult } from '../engine/harness';
import type { Ledger } from './ledger';
import { isRetried, itemOf, parametersOf, type Share, type Task } from './work';

/** One execution of the node, and what Odin held before and after it. */
export interface Executed {
	share: Share;
	tasks: Task[];
	run: RunResult;
	before: Map<string, string>;
	after: Map<string, string>;
	/** What reached Odin meanwhile, of other executions too */
	requests: RecordedRequest[];
	creationsBefore: Map<string, number>;
}

/** Runs executions at the same time, as several workflows would, with one credential. Their trunk groups differ. */
export async function executeTogether(
	{ engine, odin, ledger }: { engine: Engine; odin: Simulator; ledger: Ledger },
	works: Array<{ share: Share; tasks: Task[] }>,
): Promise<Executed[]> {
	odin.clearRequests();
	const executed = await Promise.all(
		works.map(async ({ share, tasks }) => {
			const names = tasks.flatMap(({ name, newName }) => [name, newName]);
			const before = ledger.snapshot(names);
			const creationsBefore = new Map(names.map((name) => [name, ledger.creations(name)]));
			const run = await engine.run({
				items: tasks.map(itemOf),
				parameters: parametersOf(share),
				node: isRetried(share)
					? { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 }
					: { onError: 'continueErrorOutput' },
			});
			return { share, tasks, run, before, after: ledger.snapshot(names), creationsBefore };
		}),
	);
	const requests = [...odin.requests];
	return executed.map((one) => ({ ...one, requests }));
}
