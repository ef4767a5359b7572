import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { nodeError, unusableCredential } from '../execution/failures';
import { OdinClient } from '../transport/odinClient';
import { OdinError } from '../transport/odinError';
import { advance, RecordMap } from '../watch/advance';
import { Budget } from './budget';
import { exampleOf } from './example';
import { Failures } from './failures';
import { itemOf } from './items';
import { look } from './look';
import { fitted, readMemory, written } from '../watch/memory';
import { readWanted, type Wanted } from './parameters';
import { registrationLost, registrationsOf, trunkOf, type LostTrunk } from './registrations';
import { trunkGroupsOf } from './trunkGroups';
import { watchOf } from './watches';

/** What n8n gives a poll where it does not say so: before 2.37 it sets no end. */
const USUAL_BUDGET_MS = 5 * 60_000;

/** Polls of this process that have not ended. n8n starts the next one all the same. */
const underWay = new Set<string>();

/** @param now the clock, in milliseconds */
export async function poll(
	context: IPollFunctions,
	now: () => number = Date.now,
): Promise<INodeExecutionData[][] | null> {
	const fail = (failure: OdinError) => {
		const { message, explanation: description } = failure;
		return nodeError(context.getNode(), failure, { message, description });
	};
	try {
		const wanted = readWanted(context);
		if (context.getMode() === 'manual') {
			return await withOdin(context, wanted, now, async (opened) => {
				return await exampleOf(opened, wanted, now);
			});
		}
		return await unlessUnderWay(`${context.getWorkflow().id} ${context.getNode().id}`, async () => {
			return await withOdin(context, wanted, now, async (opened) => {
				return await pollOnce(context, { ...opened, wanted }, now, fail);
			});
		});
	} catch (error) {
		throw error instanceof OdinError ? fail(error) : error;
	}
}

/** Of two polls at once both would tell the same. */
async function unlessUnderWay<Result>(
	key: string,
	run: () => Promise<Result>,
): Promise<Result | null> {
	if (underWay.has(key)) return null;
	underWay.add(key);
	try {
		return await run();
	} finally {
		underWay.delete(key);
	}
}

interface Opened {
	odin: OdinClient;
	budget: Budget;
}

/** Throws OdinError for a credential that cannot be used. */
async function withOdin<Result>(
	context: IPollFunctions,
	{ settings }: Wanted,
	now: () => number,
	work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
	const budget = new Budget(context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS, now);
	try {
		const { signal } = budget;
		const odin = await OdinClient.open(context, { ...settings, signal }).catch((error: unknown) => {
			throw unusableCredential(error as Error);
		});
		return await work({ odin, budget });
	} finally {
		budget.end();
	}
}

async function pollOnce(
	context: IPollFunctions,
	{ odin, budget, wanted }: Opened & { wanted: Wanted },
	now: () => number,
	fail: (failure: OdinError) => Error,
): Promise<INodeExecutionData[][] | null> {
	const { event, serviceProviderId, groupId } = wanted;
	const watch = watchOf(wanted);
	const kept = context.getWorkflowStaticData('node');
	const memory = fitted(readMemory(kept.memory), {
		...odin.account,
		event,
		serviceProviderId,
		groupId,
		columns: watch.columns,
	});
	const failures = new Failures();
	/** The trunk groups of users that are not registered any more */
	const trunks = new RecordMap<LostTrunk>();
	const isRegistration = event === 'registrationLost';
	const seen = await look({
		odin,
		wanted,
		memory,
		watch,
		budget,
		failures,
		source: isRegistration ? registrationsOf : trunkGroupsOf(serviceProviderId),
		...(isRegistration && {
			beforeGone: async (ref) => {
				const trunk = await trunkOf(odin, { serviceProviderId, groupId: ref.groupId }, ref.name);
				if (trunk) trunks.set(ref, trunk);
			},
		}),
	});
	const { memory: next, events } = advance(memory, seen, watch);
	const detectedAt = now();
	const items = events.flatMap((one) => {
		const told = { ...one, event, serviceProviderId, detectedAt };
		if (!isRegistration) return [itemOf(odin, told)];
		const trunk = trunks.get(one);
		return trunk ? [itemOf(odin, { ...told, ...registrationLost(one.name), ...trunk })] : [];
	});
	const failure = failures.whole;
	if (failure && seen.lists.size === 0) throw failure;
	const text = written(next);
	// From here to the end nothing waits: what is told and that it was told are handed over together.
	if (text !== kept.memory) kept.memory = text;
	if (failure) showBeside(context, fail(failure), items);
	return items.length > 0 ? [items] : null;
}

/**
 * Shows what could not be read without losing what could: n8n takes nothing from a poll that throws, neither items nor
 * what it remembers.
 */
function showBeside(
	context: IPollFunctions,
	error: Error,
	items: readonly INodeExecutionData[],
): void {
	try {
		context.__emitError(error);
	} catch {
		if (items.length === 0) throw error;
		context.logger.warn(error.message);
	}
}
