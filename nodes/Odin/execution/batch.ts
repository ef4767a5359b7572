import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ItemOutcome, Preparation, PreparedItem, Step } from './operation';
import { issuesText } from '../values/issues';
import { OdinError } from '../transport/odinError';
import { OdinClient } from '../transport/odinClient';
import { attempt } from './attempt';
import { EventLoop } from './eventLoop';
import {
	cancelledBatch,
	failedItem,
	nounOf,
	refusedBatch,
	stoppedBatch,
	unusableCredential,
} from './failures';
import { Hints } from './hints';
import { RetryMemory } from './memory';
import { ItemParameters, ParameterSource } from './parameters';
import { readSettings } from './settings';

/**
 * Runs an operation over all input items: prepare all, send with bounded concurrency, collect in input order.
 * The only loop over items in the package; pairing, error items and item numbers are decided here.
 */
export async function runBatch(
	context: IExecuteFunctions,
	operation: Preparation,
): Promise<INodeExecutionData[][]> {
	return await new Batch(context).run(operation);
}

/** One run of the node. */
class Batch {
	private readonly eventLoop = new EventLoop();

	private readonly hints = new Hints();

	private readonly memory: RetryMemory;

	private readonly source: ParameterSource;

	private readonly continues: boolean;

	private readonly signal: AbortSignal | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		this.memory = RetryMemory.of(context);
		this.source = new ParameterSource(context);
		this.continues = context.continueOnFail();
		this.signal = context.getExecutionCancelSignal();
	}

	private get isCancelled(): boolean {
		return this.signal?.aborted === true;
	}

	async run(operation: Preparation): Promise<INodeExecutionData[][]> {
		const node = this.context.getNode();
		const count = this.context.getInputData().length;
		const steps = await this.prepareAll(operation, count);
		this.refuseWrong(steps, 'No request was sent for any item');
		const outcomes = this.isCancelled ? [] : await this.carryOut(steps);
		for (let item = 0; item < count; item += 1) {
			outcomes[item] ??= this.memory.outcomeOf(item, steps[item], undefined);
			await this.eventLoop.giveWay();
		}
		if (this.isCancelled && this.memory.shouldLogStop()) {
			this.context.logger.warn(cancelledBatch(node, outcomes));
		}
		const isStopped = outcomes.some(({ result }) => result && 'failure' in result);
		if (!this.continues && isStopped) throw stoppedBatch(node, outcomes);
		return [await this.collect(outcomes)];
	}

	/**
	 * Without a usable credential no item can be done, which each item says for itself: an error thrown with On Error =
	 * Continue would send the input items on as if they had been done (n8n-core 2.40).
	 */
	private async carryOut(steps: Step[]): Promise<ItemOutcome[]> {
		const odin = await this.open();
		if (odin instanceof OdinError) return steps.map((step) => refusalOf(step, odin));
		await this.checkAll(odin, steps);
		this.refuseWrong(steps, 'Nothing was written for any item');
		return await this.send(odin, steps);
	}

	/** Where items stop, one that can't be carried out keeps all others from it. */
	private refuseWrong(steps: Step[], effect: string): void {
		if (this.continues || this.isCancelled || !steps.some((step) => 'failure' in step)) return;
		const outcomes = steps.map((step) => refusalOf(step));
		throw refusedBatch(this.context.getNode(), outcomes, effect);
	}

	private async open(): Promise<OdinClient | OdinError> {
		const settings = readSettings(new ItemParameters(this.source, 0));
		try {
			const options = { ...settings, signal: this.signal };
			return await OdinClient.open(this.context, options, this.memory.secrets);
		} catch (error) {
			return unusableCredential(error as Error);
		}
	}

	/** What only Odin can tell, once all items are prepared. */
	private async checkAll(odin: OdinClient, steps: Step[]): Promise<void> {
		for (const [item, step] of steps.entries()) {
			if (this.isCancelled) return;
			if ('failure' in step || !step.prepared.check) continue;
			const { prepared } = step;
			try {
				await prepared.check?.(odin.forItem(this.memory.secretsOf(item)));
			} catch (error) {
				// Whatever else is wrong, the item says when its turn comes.
				if (error instanceof OdinError && error.kind === 'parameter') {
					steps[item] = { failure: error, subject: prepared.subject };
				}
			}
			await this.eventLoop.giveWay();
		}
	}

	/** Ends early where the execution is cancelled. */
	private async prepareAll(operation: Preparation, count: number): Promise<Step[]> {
		const steps: Step[] = [];
		/** By the key of what it creates, the first item that does */
		const creators = new Map<string, number>();
		for (let item = 0; item < count && !this.isCancelled; item += 1) {
			const step = this.prepare(operation, new ItemParameters(this.source, item));
			steps.push(withoutDuplicate(this.memory.stepOf(item, step), item, creators));
			await this.eventLoop.giveWay();
		}
		return steps;
	}

	private prepare(operation: Preparation, parameters: ItemParameters): Step {
		try {
			const prepared = operation.prepare(parameters);
			readSettings(parameters);
			if (parameters.issues.length > 0) {
				return { failure: unusable(issuesText(parameters.issues)) };
			}
			for (const hint of prepared.hints ?? []) this.hints.add(parameters.itemIndex, hint);
			return { prepared };
		} catch (error) {
			// An expression that throws concerns this item only.
			return { failure: error instanceof OdinError ? error : unusable((error as Error).message) };
		}
	}

	/** Sends what was prepared, and lets go of it: it may be large. */
	private async send(odin: OdinClient, steps: Array<Step | undefined>): Promise<ItemOutcome[]> {
		const { memory } = this;
		const outcomes: ItemOutcome[] = [];
		/** The last item for the same thing: what it does must be over before the next begins. */
		const last = new Map<string, Promise<void>>();
		let next = 0;
		let isStopped = false;

		const sendOne = async (item: number): Promise<void> => {
			const step = steps[item]!;
			if ('failure' in step) {
				outcomes[item] = refusalOf(step);
				await this.eventLoop.giveWay();
				return;
			}
			const { prepared } = step;
			const keys = keysOf(prepared);
			const before = keys.map((key) => last.get(key));
			const turn = (async () => {
				await Promise.all(before);
				if (isStopped || this.isCancelled) return;
				const earlier = memory.resultOf(item, prepared);
				if (earlier) await this.eventLoop.giveWay();
				const result =
					earlier ??
					(await attempt(prepared, odin.forItem(memory.secretsOf(item)), this.eventLoop));
				memory.keep(item, prepared, result);
				outcomes[item] = memory.outcomeOf(item, step, result);
				steps[item] = undefined;
				if ('failure' in result && !this.continues) isStopped = true;
			})();
			for (const key of keys) last.set(key, turn);
			await turn;
		};

		const worker = async (): Promise<void> => {
			// After Stop, n8n's Retry On Fail still calls the node again (n8n-core 2.40): nothing may be sent then.
			while (next < steps.length && !isStopped && !this.isCancelled) await sendOne(next++);
		};
		const workers = Math.min(odin.concurrency, steps.length);
		await Promise.all(Array.from({ length: workers }, worker));
		return outcomes;
	}

	private async collect(outcomes: ItemOutcome[]): Promise<INodeExecutionData[]> {
		const output: INodeExecutionData[] = [];
		const isOnly = outcomes.length === 1;
		for (const [item, { result }] of outcomes.entries()) {
			if (result && 'json' in result) {
				for (const hint of result.hints) this.hints.add(item, hint);
				for (const json of result.json) output.push({ json, pairedItem: { item } });
			} else if (result) {
				const json = failedItem(result.failure, { item, isOnly });
				output.push({ json, pairedItem: { item } });
			}
			await this.eventLoop.giveWay();
		}
		this.hints.show(this.context);
		return output;
	}
}

/** The outcome of an item that can't be sent: for a reason of its own, or else the one given. */
function refusalOf(step: Step, failure?: OdinError): ItemOutcome {
	if ('failure' in step) return { subject: step.subject, result: { failure: step.failure } };
	return { subject: step.prepared.subject, result: failure && { failure } };
}

const unusable = (message: string): OdinError =>
	new OdinError({
		kind: 'parameter',
		message,
		effect: 'No request was sent for this item',
		description: 'Correct the value in the node or in the data that reaches it',
	});

/** What an item works on, and what that is called afterwards: the next item may mean it by its new name. */
const keysOf = ({ orderKey, creates }: PreparedItem): string[] =>
	[orderKey, creates?.key].filter((key) => key !== undefined);

/** A name may be asked for once in a batch; the later ones would meet the first. */
function withoutDuplicate(step: Step, item: number, creators: Map<string, number>): Step {
	const created = 'prepared' in step ? step.prepared.creates : undefined;
	if (!created) return step;
	const { key, label, text } = created;
	const earlier = creators.get(key);
	if (earlier === undefined) {
		creators.set(key, item);
		return step;
	}
	return {
		subject: text,
		failure: new OdinError({
			kind: 'parameter',
			message: `'${label}' repeats ${text}, already requested by item ${earlier}`,
			effect: 'No request was sent for this item',
			description: `Use each ${nounOf(text)} once per batch`,
		}),
	};
}
