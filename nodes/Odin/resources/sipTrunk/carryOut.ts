import type { IDataObject } from 'n8n-workflow';
import { shownRequest } from '../../provisioning/preview';
import { post } from '../../provisioning/post';
import { put } from '../../provisioning/put';
import type { Profile } from '../../provisioning/read';
import type { Attempt } from '../../provisioning/settle';
import type { OdinClient } from '../../transport/odinClient';
import type { JsonObject } from '../../values/json';
import { countOf } from '../../values/wireValues';
import { readCapacity } from '../callCapacity/capacity';
import { raiseCapacity } from '../callCapacity/update';
import { assignGroupServices, type ServicesAttempt } from '../groupService/assign';
import { applyNumbers } from '../number/change';
import type { NumberRange } from '../number/range';
import { trunkGroupModel } from '../trunkGroup/model';
import { carryOut as carryOutServices, planServices, type ServicesPlan } from '../user/services';
import { setSipAuthentication } from '../user/sipAuthentication';
import type { TrunkOrder } from './order';
import { TRUNK_GROUP_SERVICE } from './state';
import type { Action, PlannedStep } from './step';

/** Kept for the next try of n8n's Retry On Fail. */
type StepAttempt = Attempt & {
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
			// It could not be read while the service was missing.
			if (!action.before) begun.planned = await withBefore(odin, begun.planned, action);
			await raiseCapacity(odin, action.holder, action.wanted, attempt);
			break;
		case 'assignService':
			await assignGroupServices(
				odin,
				group,
				{
					services: [TRUNK_GROUP_SERVICE],
					servicePacks: [],
					removeServices: [],
					removeServicePacks: [],
				},
				(begun.ofService ??= {}),
			);
			break;
		case 'write':
			begun.profile = await writeRecord(odin, action, attempt);
			break;
		case 'numbers':
			await applyNumbers(
				odin,
				action.change,
				{ group, entries: [], countryCode },
				{ toChange: action.ranges, attempt },
			);
			break;
		case 'pilot':
			await put(odin, trunkGroupModel, { key, body: { pilotUserId: action.to }, attempt });
			break;
		case 'services': {
			const plan = await planServices(odin, action.userId, action.wanted, attempt);
			begun.services ??= plan;
			await carryOutServices(odin, plan, attempt);
			break;
		}
		default: {
			const { sipAuthenticationPassword } = await setSipAuthentication(odin, action, attempt);
			begun.sipPassword = sipAuthenticationPassword;
		}
	}
	begun.isDone = true;
}

async function withBefore(
	odin: OdinClient,
	planned: PlannedStep,
	action: Extract<Action, { do: 'raise' }>,
): Promise<PlannedStep> {
	const before = (action.before = await readCapacity(odin, action.holder));
	const changes = (planned.changes ?? []).map((change) => ({
		...change,
		from: countOf(before[String(change.field)]),
	}));
	return { ...planned, changes };
}

async function writeRecord(
	odin: OdinClient,
	{ model, key, plan }: Extract<Action, { do: 'write' }>,
	attempt: BegunStep['attempt'],
): Promise<Profile> {
	const { body, generates } = plan;
	if (plan.outcome === 'created') {
		const result = await post(odin, model, {
			key,
			body,
			generatePassword: generates !== undefined,
			attempt,
		});
		if ('seen' in result) return result.seen;
		throw result.refused;
	}
	if (generates !== undefined && model.password?.generate) {
		attempt.body ??= { ...body, [generates]: await model.password.generate(odin, key, body) };
	}
	return await put(odin, model, { key, body: attempt.body ?? body, attempt });
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
