import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../engine/harness';
import { readStopped } from '../claims';
import { Dice } from '../dice';
import { anyEnd, Interruption, type End } from '../interruption';
import { itemIndex } from '../paired';
import { RequestFaults } from '../requestFaults';
import { CALM, inTimelessWorld, WEATHER, type World } from '../world';
import {
	isRefusedPlan,
	isWrite,
	leaks,
	metOwnConflict,
	untrueFailure,
	untrueSteps,
	untrueSuccess,
	wrongUndo,
	wrongWrites,
	type Approval,
	type Attempt,
	type Meddled,
} from './checks';
import { copyOf, stateOf, type Json, type State } from './state';
import { arrangeTasks, isUndoable, parametersOf, type Meddling, type Task } from './tasks';

export interface ChangeOptions {
	seed: number;
	changes: number;
}

export interface ChangeResult {
	violations: string[];
	met: Map<string, number>;
	executions: number;
	killed: number;
	stopped: number;
	errorItems: number;
	requests: number;
	/** How many items were written, and how many of them undone */
	written: number;
	undone: number;
	/** How many plans were approved, and how many of these refused since Odin had changed */
	approved: number;
	refused: number;
	/** How many executions were tried again by n8n */
	retried: number;
}

const MOST_ROUNDS = 40;
const AT_ONCE = 24;

/** A node that stops at an error names so many items. */
const RETRIED_AT_ONCE = 4;

/** Writes that are previewed, approved, carried out and undone through every kind of fault, while others change Odin too. */
export async function runChangeCampaign(options: ChangeOptions): Promise<ChangeResult> {
	return await inTimelessWorld(async (world) => await new ChangeCampaign(options, world).run());
}

/** How a write ended that is to be undone. */
interface Written {
	before: State;
	item: Json;
	/** It counts as somebody else's, since Odin told a conflict for what it did */
	isDisputed: boolean;
}

type Phase = 'write' | 'undo';
type Step = 'preview' | Phase;

/** What somebody else may do before a write or an undo. */
const MEDDLINGS: Readonly<Record<Phase, readonly Meddling[]>> = {
	write: ['written', 'other', 'gone', 'there', 'done'],
	undo: ['written', 'other', 'gone', 'used'],
};

class ChangeCampaign {
	private readonly tasks: Task[];

	private readonly faults: RequestFaults;

	private readonly dice: Dice;

	private readonly interruption = new Interruption();

	private readonly violations: string[] = [];

	private readonly counts = {
		...{ executions: 0, errorItems: 0, requests: 0, retried: 0 },
		...{ written: 0, undone: 0, approved: 0, refused: 0 },
	};

	private phase: Phase = 'write';

	private readonly approvals = new Map<Task, Approval>();

	private readonly meddled = new Map<Task, Meddled>();

	private readonly written = new Map<Task, Written>();

	constructor(
		{ seed, changes }: ChangeOptions,
		private readonly world: World,
	) {
		this.tasks = arrangeTasks(world.odin.network, seed, changes);
		this.dice = new Dice(seed, 'changes');
		this.faults = new RequestFaults(seed, world.otherHost.url);
	}

	async run(): Promise<ChangeResult> {
		const { odin, otherHost } = this.world;
		for (let from = 0; from < this.tasks.length; from += AT_ONCE) {
			const tasks = this.tasks.slice(from, from + AT_ONCE);
			odin.configure({ ...CALM, ...WEATHER[(from / AT_ONCE) % WEATHER.length] });
			odin.injectFault(
				(request) => this.interruption.decide(request) ?? this.faults.decide(request),
			);
			await this.finish('write', tasks);
			await this.finish(
				'undo',
				tasks.filter((task) => this.written.has(task)),
			);
			odin.configure(CALM);
			odin.clearFaults();
			await this.undoAgain(tasks.filter((task) => this.written.has(task)));
		}
		if (otherHost.received.length > 0) {
			this.violations.push(`Another host was asked: ${otherHost.received[0]}`);
		}
		const { met } = this.faults;
		const counts = { ...this.counts, ...this.interruption.counts };
		return { violations: this.violations, met, ...counts };
	}

	/** Until all of them are done. */
	private async finish(phase: Phase, tasks: readonly Task[]): Promise<void> {
		this.phase = phase;
		this.faults.enter(phase, { refusesTakingBack: phase === 'undo' });
		this.approvals.clear();
		this.meddled.clear();
		const open = new Set(tasks);
		const met = new Set<Task>();
		for (let round = 1; open.size > 0; round += 1) {
			if (round > MOST_ROUNDS) {
				const names = [...open].map(({ index, action }) => `${index} ${action}`);
				this.violations.push(`Not done (${phase}): ${names.join(', ')}`);
				return;
			}
			const isLate = round > 12;
			const isOpen = (task: Task): boolean => task.isPlanned && !this.approvals.has(task);
			await this.execute('preview', [...open].filter(isOpen), 'whole');
			const ready = [...open].filter((task) => !isOpen(task));
			for (const task of ready) if (!met.has(task)) this.meddle(task);
			for (const task of ready) met.add(task);
			const end = isLate ? 'whole' : anyEnd(this.dice);
			for (const task of await this.execute(phase, ready, end)) open.delete(task);
		}
	}

	/** Somebody else changes something, perhaps. */
	private meddle(task: Task): void {
		if (!this.dice.chance(0.35)) return;
		const kinds = MEDDLINGS[this.phase];
		const how = kinds[this.dice.between(0, kinds.length - 1)]!;
		const { network } = this.world.odin;
		// An error item shows nothing of what was not asked for.
		if (how === 'other' && this.written.get(task)?.item.details !== undefined) return;
		const what = task.meddle(network, how);
		if (!what) return;
		const meddled = { ...what, left: copyOf(what.part.find(network)) };
		this.meddled.set(task, meddled);
		const approval = this.approvals.get(task);
		if (approval) approval.meddled = meddled;
	}

	/** Runs the tasks, in executions at the same time. Returns those that are done. */
	private async execute(step: Step, tasks: readonly Task[], end: End): Promise<Task[]> {
		if (tasks.length === 0) return [];
		const { odin } = this.world;
		odin.clearRequests();
		const isRetried = step !== 'preview' && this.dice.chance(0.4);
		const groups = this.grouped(tasks, isRetried ? RETRIED_AT_ONCE : AT_ONCE);
		const starts = this.statesOf(tasks);
		const within = this.dice.between(1, 10 * tasks.length);
		const { result: runs, isCutOff } = await this.interruption.during(
			{ end, within },
			async (signal) =>
				await Promise.all(
					groups.map(async (group) => ({
						group,
						...(await this.runGroup(step, group, { isRetried, signal })),
					})),
				),
		);
		const requests = [...odin.requests];
		this.counts.requests += requests.length;
		const ends = this.statesOf(tasks);
		const attemptOf = (task: Task): Attempt => ({
			task,
			isUndo: this.phase === 'undo',
			approval: step === 'preview' ? undefined : this.approvals.get(task),
			start: starts.get(task)!,
			end: ends.get(task)!,
			requests,
			...(this.phase === 'undo' && { write: this.written.get(task)! }),
		});
		for (const task of tasks) {
			this.tell(task, wrongWrites(attemptOf(task), step === 'preview'), {});
		}
		if (isCutOff) return [];
		return runs.flatMap(({ group, run, items }) => {
			const mayShow = step !== 'undo' && group[0]!.action === 'sipTrunk.turnUp';
			const shown = leaks(
				group,
				{ run, items, requests },
				{ odinPassword: odin.password, mayShow },
			);
			this.violations.push(...shown);
			return this.read(step, run, group.map(attemptOf));
		});
	}

	private statesOf(tasks: readonly Task[]): Map<Task, State> {
		return new Map(tasks.map((task) => [task, stateOf(this.world.odin.network, task)]));
	}

	/** The tasks of one execution have one operation, and all of them a plan ID or none. */
	private grouped(tasks: readonly Task[], most: number): Task[][] {
		const groups = new Map<string, Task[]>();
		for (const task of tasks) {
			const key = `${this.phase === 'undo' ? '' : task.action} ${task.isPlanned}`;
			groups.set(key, [...(groups.get(key) ?? []), task]);
		}
		return [...groups.values()].flatMap((group) =>
			Array.from({ length: Math.ceil(group.length / most) }, (_, part) =>
				group.slice(part * most, (part + 1) * most),
			),
		);
	}

	private async runGroup(
		step: Step,
		group: readonly Task[],
		{ isRetried, signal }: { isRetried: boolean; signal: AbortSignal },
	): Promise<{ run: RunResult; items: IDataObject[] }> {
		this.counts.executions += 1;
		const [{ action, isPlanned }] = group as [Task];
		const options: IDataObject =
			step === 'preview'
				? { previewOnly: true }
				: isPlanned
					? { planId: '={{ $json.planId }}', requirePlanId: true }
					: {};
		const items = group.map((task): IDataObject => {
			const planId = this.approvals.get(task)?.planId;
			const item = this.written.get(task)?.item as IDataObject | undefined;
			return this.phase === 'undo'
				? { index: task.index, planId, before: item }
				: { ...task.item, planId };
		});
		const run = await this.world.engine.run({
			items,
			parameters: parametersOf(this.phase === 'undo' ? 'change.undo' : action, options),
			node: isRetried
				? { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 }
				: { onError: 'continueErrorOutput' },
			signal,
		});
		if (isRetried) this.counts.retried += 1;
		return { run, items };
	}

	/** Holds what an execution says against what Odin has. Returns the tasks that are done. */
	private read(step: Step, run: RunResult, attempts: readonly Attempt[]): Task[] {
		if (run.error) {
			const stopped =
				attempts.length === 1
					? [{ item: 0, message: run.error.message }]
					: readStopped(run.error.message, String(run.error.description)).failures;
			if (stopped.length === 0) this.violations.push(`No item is named: ${run.error.message}`);
			for (const { item, message } of stopped) this.failed(attempts[item]!, message);
			return [];
		}
		const [done = [], errors = []] = run.output;
		const indexes = [...done, ...errors].map(itemIndex).sort((one, other) => one - other);
		if (indexes.join(' ') !== [...attempts.keys()].join(' ')) {
			this.violations.push(`${attempts.length} items went in, and out came ${indexes.join(' ')}`);
		}
		return [
			...done.flatMap((item) => {
				const attempt = attempts[itemIndex(item)]!;
				return this.succeeded(step, attempt, item.json) ? [attempt.task] : [];
			}),
			...errors.flatMap((item) => {
				this.counts.errorItems += 1;
				const attempt = attempts[itemIndex(item)]!;
				const message = String(item.json.error).replace(/^Item \d+: /, '');
				this.failed(attempt, message);
				this.tell(
					attempt.task,
					untrueSteps(attempt, item.json, this.meddled.get(attempt.task)),
					item.json,
				);
				return this.keepsFailed(step, attempt, item.json) ? [attempt.task] : [];
			}),
		];
	}

	private failed(attempt: Attempt, message: string): void {
		this.tell(attempt.task, untrueFailure(attempt, message), { message });
		if (!isRefusedPlan(message)) return;
		this.counts.refused += 1;
		this.approvals.delete(attempt.task);
	}

	private succeeded(step: Step, attempt: Attempt, json: Json): boolean {
		const { task, start } = attempt;
		const { network } = this.world.odin;
		if (step === 'preview') {
			this.counts.approved += 1;
			const planId = String(json.planId);
			this.approvals.set(task, { planId, preview: json, seen: start });
			return false;
		}
		this.tell(task, untrueSuccess(attempt, json), json);
		if (step === 'undo') {
			this.counts.undone += 1;
			if (!this.written.get(task)!.isDisputed) {
				const meddled = this.meddled.get(task);
				const wrong = wrongUndo(attempt, json, meddled, network);
				const { item: written } = this.written.get(task)!;
				this.tell(task, wrong, {
					...json,
					meddled: [meddled?.part.name, meddled?.fields],
					written,
				});
			}
			return true;
		}
		this.counts.written += 1;
		if (isUndoable(task)) this.keep(attempt, json);
		return true;
	}

	/** A turn-up that was not completed is undone from its error item, now and then, and else run again. */
	private keepsFailed(step: Step, attempt: Attempt, json: Json): boolean {
		const { steps } = (json.details ?? {}) as { steps?: unknown };
		if (step !== 'write' || !Array.isArray(steps) || !this.dice.chance(0.5)) return false;
		this.keep(attempt, json);
		return true;
	}

	private keep(attempt: Attempt, item: Json): void {
		const { task, start: before } = attempt;
		this.written.set(task, { before, item, isDisputed: metOwnConflict(attempt) });
	}

	/** What is undone is undone: another run writes nothing, but to a group that others have left since. */
	private async undoAgain(tasks: readonly Task[]): Promise<void> {
		if (tasks.length === 0) return;
		const { engine, odin } = this.world;
		odin.clearRequests();
		const run = await engine.run({
			items: tasks.map((task) => ({ before: this.written.get(task)!.item }) as IDataObject),
			parameters: parametersOf('change.undo', {}),
		});
		if (run.error) this.violations.push(`Undo again: ${run.error.message}`);
		for (const [at, task] of tasks.entries()) {
			if (task.row && !task.row.isAlone) continue;
			const json = run.output[0]?.[at]?.json ?? {};
			if (json.outcome !== 'unchanged') this.tell(task, ['is undone again'], json);
			const writes = odin.requests.filter((request) => isWrite(request) && task.isAbout(request));
			if (writes.length > 0) this.tell(task, ['an undo again writes'], json);
		}
	}

	private tell(task: Task, wrongs: readonly string[], json: Json): void {
		for (const wrong of wrongs) {
			const { outcome, stays, message, error, meddled, written } = json;
			const text = JSON.stringify({ outcome, stays, message, error, meddled, written });
			this.violations.push(`${this.phase} of ${task.index} ${task.action}: ${wrong} in ${text}`);
		}
	}
}
