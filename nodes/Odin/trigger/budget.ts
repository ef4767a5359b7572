import { Deadline } from '../transport/deadline';

/** Part of the time of a poll after which no list is read any more, so that some is left for the records. */
const LISTS = 0.6;

/** The same for records: what is under way then should have its answer before the time is over. */
const RECORDS = 0.85;

const ALL = 0.95;

/** The time that n8n gives a poll. */
export class Budget {
	private readonly startedAt: number;

	private readonly deadline: Deadline;

	constructor(
		private readonly milliseconds: number,
		private readonly now: () => number,
	) {
		this.startedAt = now();
		this.deadline = new Deadline(milliseconds * ALL, undefined);
	}

	/** Ends what is still under way when there is just enough time left to hand over what was found. */
	get signal(): AbortSignal {
		return this.deadline.signal;
	}

	/** The poll is over. */
	end(): void {
		this.deadline.end();
	}

	readonly hasTimeForLists = (): boolean => this.used < LISTS;

	readonly hasTimeForRecords = (): boolean => this.used < RECORDS;

	private get used(): number {
		return this.signal.aborted ? 1 : (this.now() - this.startedAt) / this.milliseconds;
	}
}

/**
 * Does the work of all tasks in their order, so many at once, and begins none once `mayBegin` says no. Returns the first
 * that was not begun.
 */
export async function doWhile<Task>(
	tasks: readonly Task[],
	atOnce: number,
	mayBegin: () => boolean,
	work: (task: Task) => Promise<void>,
): Promise<Task | undefined> {
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < tasks.length && mayBegin()) await work(tasks[next++]!);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, worker));
	return tasks[next];
}
