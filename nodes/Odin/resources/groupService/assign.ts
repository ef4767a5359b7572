import type { IDataObject } from 'n8n-workflow';
import { groupText, type GroupKey } from '../../model/key';
import type { Plan } from '../../provisioning/preview';
import { settleParts, whileUnknown, type Attempt } from '../../provisioning/settle';
import { CHECK_FIRST, OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { doing } from '../../transport/subject';
import type { JsonObject } from '../../values/json';
import { listed, quoted } from '../../values/text';
import {
	notYetSwitched,
	planServices,
	requestsOf,
	type ServiceChange,
	type ServicePlan,
	type ServicesAsked,
} from './plan';
import { LISTS, readGroupServices, SERVICES_PATH } from './services';

/** Kept for the next try of n8n's Retry On Fail. */
export interface ServicesAttempt extends Attempt {
	/** What an earlier try switched */
	begun?: ServiceChange[];
	/** What it may have switched */
	open?: ServiceChange[];
}

export interface ServicesChanged {
	changes: ServiceChange[];
	unchanged: string[];
}

/** Throws OdinError for services that can't be had or given up. */
export async function readPlan(
	odin: OdinClient,
	group: GroupKey,
	asked: ServicesAsked,
): Promise<ServicePlan> {
	const plan = planServices(asked, await readGroupServices(odin, group));
	if (plan.refused.length === 0) return plan;
	throw new OdinError({
		kind: 'refused',
		message: `The services of ${groupText(group)} can't be changed: ${plan.refused.join('; ')}`,
		effect: 'Nothing was sent',
		description:
			"Group Service → Get Many shows which services the group may have. Enter each name as Odin writes it, those of service packs in 'Service Packs' or 'Remove Service Packs'",
		details: { ...group, refused: plan.refused },
	});
}

/** The body of a request: the named switches of the named services, and nothing else. */
export function servicesBody(group: GroupKey, changes: readonly ServiceChange[]): JsonObject {
	const body: Record<string, JsonObject[]> = {};
	for (const { serviceName, type, field, to } of changes) {
		(body[LISTS[type]] ??= []).push({ serviceName, [field]: to });
	}
	return { ...group, ...body };
}

const namesOf = (changes: readonly ServiceChange[]): string =>
	listed([...new Set(changes.map(({ serviceName }) => serviceName))]);

/** Sends one step, and returns once Odin shows it. Throws OdinError. */
async function carryOut(
	odin: OdinClient,
	group: GroupKey,
	{ step, attempt }: { step: ServiceChange[]; attempt: ServicesAttempt },
): Promise<void> {
	const purpose = `change the services ${namesOf(step)} of ${groupText(group)}`;
	const settled = await settleParts(odin, {
		request: { method: 'PUT', path: SERVICES_PATH, body: servicesBody(group, step), purpose },
		attempt,
		notSeen: 'Odin did not show the change',
		details: { ...group },
		left: async () => notYetSwitched(step, await readGroupServices(odin, group)),
		notApplied: (left) => notApplied(group, doing(purpose), left),
	});
	if ('refused' in settled) throw settled.refused;
}

function notApplied(group: GroupKey, done: string, changes: ServiceChange[]): OdinError {
	const texts = changes.map(
		({ serviceName, field, to }) => `${quoted(serviceName)} is ${to ? 'not ' : 'still '}${field}`,
	);
	return new OdinError({
		kind: 'notApplied',
		message: `Odin confirmed ${done}, but does not show the change: ${texts.join('; ')}`,
		description: CHECK_FIRST,
		details: {
			...group,
			fields: changes.map(({ serviceName, field, from, to }) => ({
				serviceName,
				field,
				asked: to,
				shown: from,
			})),
		},
	});
}

/** A step was done before another one was not. */
const withDone = (error: OdinError, done: readonly ServiceChange[]): OdinError =>
	done.length === 0
		? error
		: error.with({
				message: sentences(error.message, `Already done: ${namesOf(done)}`),
				effect: '',
				description: sentences(error.description, 'A second run goes on from here'),
				details: {
					...error.furtherDetails,
					changes: done.map((change) => ({ ...change })) as IDataObject[],
				},
			});

/**
 * Authorizes and assigns what is to be there, takes what is not to be there, and leaves all else. Safe to repeat. Throws
 * OdinError.
 */
export async function assignGroupServices(
	odin: OdinClient,
	group: GroupKey,
	asked: ServicesAsked,
	attempt: ServicesAttempt = {},
	/** Throws OdinError for a plan that is not to be carried out */
	admit: (plan: Plan) => Promise<void> = async () => {},
): Promise<ServicesChanged> {
	const { changes, unchanged } = await whileUnknown(
		attempt,
		async () => await readPlan(odin, group, asked),
	);
	await admit(planOf(group, changes));
	const done: ServiceChange[] = [];
	for (const step of requestsOf(changes)) {
		try {
			await carryOut(odin, group, { step, attempt });
		} catch (error) {
			if (done.length > 0) attempt.begun = [...(attempt.begun ?? []), ...done];
			if (attempt.unknown) attempt.open = step;
			throw error instanceof OdinError ? withDone(error, done) : error;
		}
		delete attempt.unknown;
		done.push(...step);
	}
	const again = new Set(done.map(keyOf));
	const earlier = [...(attempt.begun ?? []), ...(attempt.open ?? [])];
	const begun = earlier.filter((change) => !again.has(keyOf(change)));
	const names = new Set([...begun, ...done].map(({ serviceName }) => serviceName));
	return {
		changes: [...begun, ...done],
		unchanged: unchanged.filter((name) => !names.has(name)),
	};
}

/** Sets switches one after the other, each once Odin shows the one before. Throws OdinError. */
export async function switchGroupServices(
	odin: OdinClient,
	group: GroupKey,
	changes: readonly ServiceChange[],
): Promise<void> {
	for (const change of changes) await carryOut(odin, group, { step: [change], attempt: {} });
}

const keyOf = ({ type, serviceName, field }: ServiceChange): string =>
	JSON.stringify([type, serviceName, field]);

/** What is sent first; `secondStep` says what a second request then sends. */
export function planOf(group: GroupKey, changes: readonly ServiceChange[]): Plan {
	const [first] = requestsOf(changes);
	return {
		outcome: changes.length > 0 ? 'updated' : 'unchanged',
		changes: changes.map((change) => ({ ...change })),
		request: first
			? { method: 'PUT', path: SERVICES_PATH, body: servicesBody(group, first) }
			: null,
	};
}

export function secondStep(changes: readonly ServiceChange[]): string[] {
	const [, second] = requestsOf(changes);
	return second ? [`A second request then assigns ${namesOf(second)}`] : [];
}
