import type { IDataObject } from 'n8n-workflow';
import { shownRequest } from '../../provisioning/preview';
import { isShown } from '../../provisioning/confirm';
import { findConflicting, isConflict, refuseOther } from '../../provisioning/conflict';
import { withPassword } from '../../provisioning/password';
import { post } from '../../provisioning/post';
import { put } from '../../provisioning/put';
import type { Profile } from '../../provisioning/read';
import { lookPatiently } from '../../provisioning/settle';
import { secretsIn } from '../../secrets/redact';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import type { JsonObject } from '../../values/json';
import { countOf } from '../../values/wireValues';
import { raiseCapacity, type CapacityAttempt } from '../callCapacity/update';
import { assignGroupServices, type ServicesAttempt } from '../groupService/assign';
import { applyNumbers } from '../number/change';
import { count, type NumberRange } from '../number/range';
import { trunkGroupModel } from '../trunkGroup/model';
import { userModel } from '../user/model';
import { carryOut as carryOutServices, planServices, type ServicesPlan } from '../user/services';
import { setSipAuthentication } from '../user/sipAuthentication';
import type { TrunkOrder } from './order';
import type { Action, PlannedStep } from './step';
import { TRUNK_GROUP_SERVICE_ASKED } from '../groupService/trunkGroupService';

/** Kept for the next try of n8n's Retry On Fail. */
type StepAttempt = CapacityAttempt & {
	/** What was sent of a record, with the password that was made for it */
	body?: JsonObject;
	/** The part that Odin carried out of what it refused as a whole */
	begun?: NumberRange[];
};

/** A step that this run began, with what it takes to go on with it or to take it back. */
export interface BegunStep<Does = Action> {
	planned: PlannedStep<Does>;
	action: Does;
	attempt: StepAttempt;
	/** Odin shows it as done; otherwise its outcome is unknown */
	isDone: boolean;
	/** The attempt to assign the group service, which has two requests */
	ofService?: ServicesAttempt;
	/** Of a record that was written, as Odin shows it */
	profile?: Profile;
	/** What it did to the services of a user */
	services?: ServicesPlan;
	/** For an output that was asked to have it */
	sipPassword?: string;
}

/** Carries out one step, as it was planned. Throws OdinError. */
export async function carryOutStep(
	odin: OdinClient,
	order: TrunkOrder,
	begun: BegunStep,
): Promise<void> {
	const { action, attempt } = begun;
	const { group, key, countryCode } = order;
	switch (action.do) {
		case 'raise':
			await raiseCapacity(odin, action.holder, action.wanted, attempt);
			begun.planned = raised(begun);
			break;
		case 'assignService': {
			const { changes } = await assignGroupServices(
				odin,
				group,
				TRUNK_GROUP_SERVICE_ASKED,
				(begun.ofService ??= {}),
			);
			action.changes = changes;
			if (changes.length === 0) begun.planned = unchanged(begun.planned);
			break;
		}
		case 'write':
			begun.profile = await writeRecord(odin, action, begun);
			break;
		case 'numbers':
			await applyNumbers(
				odin,
				action.change,
				{ group, entries: [], countryCode },
				{ toChange: action.ranges, attempt },
			).catch((error: unknown) => {
				// Another execution was faster with all of them.
				if (attempt.unknown || count(attempt.begun ?? []) < count(action.ranges)) throw error;
				begun.planned = unchanged(begun.planned);
			});
			break;
		case 'pilot':
			await put(odin, trunkGroupModel, { key, body: { pilotUserId: action.to }, attempt });
			break;
		case 'services': {
			const plan = await servicesPlan(odin, action, attempt);
			begun.services ??= plan;
			await carryOutServices(odin, plan, attempt);
			if (begun.services.changes.length === 0) begun.planned = unchanged(begun.planned);
			break;
		}
		default: {
			const { sipAuthenticationPassword } = await setSipAuthentication(odin, action, attempt);
			begun.sipPassword = sipAuthenticationPassword;
		}
	}
	begun.isDone = true;
}

/** Of a user who was created right before this, what answers may lag behind what wrote. */
async function servicesPlan(
	odin: OdinClient,
	{ userId, wanted, isNew }: Extract<Action, { do: 'services' }>,
	attempt: StepAttempt,
): Promise<ServicesPlan> {
	const plan = async () => await planServices(odin, userId, wanted, attempt);
	if (!isNew) return await plan();
	const isKnown = async () =>
		await plan().catch((error: unknown) => {
			if (error instanceof OdinError && error.kind === 'notFound') return undefined;
			throw error;
		});
	return (await lookPatiently(odin, isKnown)) ?? (await plan());
}

/** What a raise has changed: perhaps less than was planned, since it is read again right before it. */
function raised({ planned, attempt }: BegunStep): PlannedStep {
	const { sent = {}, before } = attempt.capacity ?? {};
	const changes = Object.entries(sent).map(([field, to]) => ({
		field,
		from: countOf(before?.[field]),
		to,
	}));
	return changes.length > 0 ? { ...planned, changes } : unchanged(planned);
}

/** What was planned was there already when its turn came. */
const unchanged = ({ step, subject }: PlannedStep): PlannedStep => ({
	step,
	subject,
	outcome: 'unchanged',
});

async function writeRecord(
	odin: OdinClient,
	{ model, key, plan, before }: Extract<Action, { do: 'write' }>,
	begun: BegunStep,
): Promise<Profile> {
	const { body, generates } = plan;
	const { attempt } = begun;
	if (plan.outcome === 'created') {
		const result = await post(odin, model, {
			key,
			body,
			generatePassword: generates !== undefined,
			attempt,
		});
		if ('seen' in result) return result.seen;
		const other = await createdByAnother(odin, { model, key, plan }, result.refused);
		if (!other) throw result.refused;
		begun.planned = unchanged(begun.planned);
		return other;
	}
	const generate = generates !== undefined;
	const sent = await withPassword(odin, model, { key, body, generate, attempt, stored: before });
	if (generate) attempt.body = sent;
	return await put(odin, model, { key, body: sent, attempt });
}

/**
 * The record as another execution has just created it, where it is as asked. Of one with a SIP or device password nobody
 * could tell which of the two it has.
 */
async function createdByAnother(
	odin: OdinClient,
	{ model, key, plan }: Pick<Extract<Action, { do: 'write' }>, 'model' | 'key' | 'plan'>,
	refused: OdinError,
): Promise<Profile | undefined> {
	const { body, generates } = plan;
	const hasPassword = secretsIn(body).length > 0 || (generates && model.value !== userModel.value);
	if (hasPassword || !isConflict(refused)) return undefined;
	const profile = await findConflicting(odin, model, key, refused);
	if (profile) refuseOther(model, key, profile, refused);
	return profile && isShown({ model, body }, profile) ? profile : undefined;
}

/** What an item has begun by step, also in an earlier try of the node. */
export type BegunSteps<Does> = Map<string, BegunStep<Does>>;

export const keyOfStep = ({ step, subject }: PlannedStep<unknown>): string =>
	JSON.stringify([step, subject]);

/** The step as begun now: what an earlier try left open is looked for before it is sent again. */
export function begin<Does>(
	begun: BegunSteps<Does>,
	planned: PlannedStep<Does>,
	action: Does,
): BegunStep<Does> {
	const key = keyOfStep(planned);
	const earlier = begun.get(key);
	const one: BegunStep<Does> = {
		planned,
		action,
		attempt: earlier?.attempt ?? {},
		isDone: false,
		...(earlier?.services && { services: earlier.services }),
		...(earlier?.ofService && { ofService: earlier.ofService }),
	};
	begun.set(key, one);
	return one;
}

/** A step as the output shows it. */
export const stepOutput = ({
	step,
	subject,
	outcome,
	changes,
	reason,
	request,
}: PlannedStep<unknown>): IDataObject => ({
	step,
	subject,
	outcome,
	...(changes && { changes }),
	...(reason !== undefined && { reason }),
	...(request && { request: shownRequest(request) }),
});
