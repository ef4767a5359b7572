import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ItemResult, Operation, PreparedItem, Step } from './operation';
import { issuesText } from '../values/issues';
import { redactOutput } from '../secrets/output';
import { OdinError } from '../transport/odinError';
import { OdinClient } from '../transport/odinClient';
import { failedItem, refusedBatch, stoppedBatch, stoppedByUser } from './failures';
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
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const continues = context.continueOnFail();
	const source = new ParameterSource(context);
	const hints = new Hints();
	const memory = RetryMemory.of(context);
	const steps = items
		.map((_, index) => prepare(operation, new ItemParameters(source, index), hints))
		.map((step, index) => memory.stepOf(index, step));
	refuseDuplicates(steps);
	if (!continues && steps.some((step) => 'failure' in step)) {
		throw refusedBatch(context.getNode(), steps);
	}
	const results = await send(context, steps, { source, memory, continues });
	const known = results.map((result, item) => memory.knownOf(item, steps[item]!, result));
	if (context.getExecutionCancelSignal()?.aborted && memory.shouldLogStop()) {
		context.logger.warn(stoppedByUser(context.getNode(), steps, known));
	}
	if (!continues && results.some((result) => result && 'failure' in result)) {
		throw stoppedBatch(context.getNode(), steps, known);
	}
	results.forEach((result, item) => {
		if (result && 'json' in result) result.hints.forEach((hint) => hints.add(item, hint));
	});
	hints.show(context);
	return [
		results.flatMap((result, item) => {
			if (!result) return [];
			return 'failure' in result
				? [{ json: failedItem(result.failure, item), pairedItem: { item } }]
				: result.json.map((json) => ({ json, pairedItem: { item } }));
		}),
	];
}

function prepare(operation: Operation, parameters: ItemParameters, hints: Hints): Step {
	try {
		const prepared = operation.prepare(parameters);
		readSettings(parameters);
		if (parameters.issues.length === 0) {
			for (const hint of prepared.hints ?? []) hints.add(parameters.itemIndex, hint);
			return { prepared };
		}
		return { failure: unusable(issuesText(parameters.issues)) };
	} catch (error) {
		// An expression that throws concerns this item only.
		return { failure: unusable((error as Error).message) };
	}
}

const unusable = (message: string): OdinError =>
	new OdinError({
		kind: 'parameter',
		message,
		description:
			'Correct this value in the node or in the data that reaches it. Odin was not asked',
	});

/** A name may be asked for once in a batch; the later ones would meet the first. */
function refuseDuplicates(steps: Step[]): void {
	const first = new Map<string, number>();
	steps.forEach((step, index) => {
		const made = 'prepared' in step ? step.prepared.creates : undefined;
		if (!made) return;
		const earlier = first.get(made.key);
		if (earlier === undefined) {
			first.set(made.key, index);
			return;
		}
		steps[index] = {
			failure: new OdinError({
				kind: 'parameter',
				message: `'${made.label}' asks a second time for ${made.text}, which item ${earlier} asks for already`,
				description: 'Let each trunk group stand in one item only. Odin was not asked for this one',
			}),
		};
	});
}

interface Sending {
	source: ParameterSource;
	memory: RetryMemory;
	continues: boolean;
}

/**
 * Sends what was prepared. Without a usable credential no item can be done, which each item says for itself: an error
 * thrown with On Error = Continue would send the input items on as if they had been done (n8n-core 2.40).
 */
async function send(
	context: IExecuteFunctions,
	steps: Step[],
	{ source, memory, continues }: Sending,
): Promise<Array<ItemResult | undefined>> {
	const signal = context.getExecutionCancelSignal();
	const settings = readSettings(new ItemParameters(source, 0));
	let odin: OdinClient;
	try {
		odin = await OdinClient.open(context, { ...settings, signal }, memory.secrets);
	} catch (error) {
		const failure = unusableCredential(error as Error);
		return steps.map((step) => ('failure' in step ? step : { failure }));
	}
	const results: Array<ItemResult | undefined> = steps.map(() => undefined);
	/** The last item for the same thing: what it does must be over before the next begins. */
	const last = new Map<string, Promise<void>>();
	let next = 0;
	let stopped = false;

	const sendOne = async (index: number): Promise<void> => {
		const step = steps[index]!;
		if ('failure' in step) {
			results[index] = step;
			return;
		}
		const { orderKey, run } = step.prepared;
		const before = orderKey === undefined ? undefined : last.get(orderKey);
		const turn = (async () => {
			await before;
			if (stopped || signal?.aborted) return;
			const result =
				memory.resultOf(index, step.prepared) ??
				(await attempt(run, odin.forItem(memory.secretsOf(index))));
			memory.keep(index, step.prepared, result);
			results[index] = result;
		})();
		if (orderKey !== undefined) last.set(orderKey, turn);
		await turn;
		const result = results[index];
		if (result && 'failure' in result && !continues) stopped = true;
	};

	const worker = async (): Promise<void> => {
		// After Stop, n8n's Retry On Fail still calls the node again (n8n-core 2.40): nothing may be sent then.
		while (next < steps.length && !stopped && !signal?.aborted) await sendOne(next++);
	};
	await Promise.all(Array.from({ length: Math.min(settings.concurrency, steps.length) }, worker));
	return results;
}

const unusableCredential = (error: Error): OdinError =>
	new OdinError({
		kind: 'login',
		message: `The credential can't be used: ${error.message}`,
		description: "Choose a credential of the type 'Odin API' in the node. Odin was not asked",
	});

/** Whatever Odin answers, the secrets that this item has to do with do not reach the output. */
async function attempt(run: PreparedItem['run'], odin: OdinClient): Promise<ItemResult> {
	const hints: string[] = [];
	try {
		const json = await run(odin, (message) => hints.push(message));
		return { json: redactOutput(json, odin.secrets), hints };
	} catch (error) {
		return { failure: error instanceof OdinError ? error : unexpected(error as Error) };
	}
}

const unexpected = (error: Error): OdinError =>
	new OdinError({
		kind: 'parameter',
		message: `The node could not handle this item (${error.name})`,
		description: 'Please report this with the operation and the n8n version',
	});
