import type { IDataObject } from 'n8n-workflow';
import { isSameName } from '../../model/equivalence';
import { isObject, type JsonObject, type JsonValue } from '../../values/json';
import { nameOf, wireText } from '../../values/wireValues';
import { find } from '../../provisioning/read';
import { shownRequest } from '../../provisioning/preview';
import type { Provisioned, ReferenceWatch } from '../../provisioning/resource';
import {
	changedSince,
	stay,
	unlessReferred,
	type Back,
	type Stay,
} from '../../provisioning/takeBack';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { provisionedDevice } from '../device';
import { readDeviceUsers } from '../device/users';
import type { ServiceChange } from '../groupService/plan';
import { isServiceType } from '../groupService/services';
import { rangeIn } from '../number/read';
import type { BegunStep } from '../sipTrunk/carryOut';
import { AUTHENTICATION, holderOf } from '../sipTrunk/state';
import type { Action, StepName } from '../sipTrunk/step';
import { planBack } from '../sipTrunk/undo';
import type { Place } from '../sipTrunk/undoNumbers';
import { provisionedTrunkGroup } from '../trunkGroup';
import { provisionedUser } from '../user';
import type { ServiceKind } from '../user/services';
import { Departures } from './departures';
import type { LeftStep, LeftTrunk } from './left';

/** A step of a turn-up, and how it is taken back. */
export interface StepBack {
	step: string;
	subject: string;
	back: Back;
	/** Undefined where the item does not tell what was done */
	begun?: BegunStep;
}

const RECORDS: Readonly<Record<string, Provisioned>> = {
	device: provisionedDevice,
	trunkGroup: provisionedTrunkGroup,
	user: provisionedUser,
};

export const placeOf = ({ key }: LeftTrunk): Place => {
	const { serviceProviderId, groupId } = key;
	return { group: { serviceProviderId, groupId }, key, countryCode: undefined };
};

/** All that was done, the last first: how each step is taken back once those after it are. Nothing is written. */
export async function planTrunk(
	odin: OdinClient,
	left: LeftTrunk,
	watch: ReferenceWatch,
): Promise<{ steps: StepBack[]; users: ReadonlySet<string> }> {
	const gone = new Departures(left);
	const backs = new Map<LeftStep, StepBack>();
	const plan = async (one: LeftStep) =>
		backs.set(one, await planStep(odin, left, one, { gone, watch }));
	// Whose numbers they are decides what becomes of these.
	for (const one of left.steps) if (one.step === 'user') await plan(one);
	for (const one of [...left.steps].reverse()) if (one.step !== 'user') await plan(one);
	const unknown: StepBack[] = left.unknown
		// A user who goes takes all along.
		.filter(({ body }) => !wasCreated(left, wireText(body.userId)))
		.map(({ step, subject }) => ({
			...{ step, subject },
			back: stay({ reason: 'its outcome was unknown, so nobody can tell whose it is' }),
		}));
	const steps = [...left.steps].reverse().map((one) => backs.get(one)!);
	return { steps: [...unknown, ...steps], users: gone.users };
}

/** What a step is taken back beside */
interface Around {
	gone: Departures;
	watch: ReferenceWatch;
}

async function planStep(
	odin: OdinClient,
	left: LeftTrunk,
	one: LeftStep,
	around: Around,
): Promise<StepBack> {
	const { gone } = around;
	const { step, subject } = one;
	const action = actionOf(one, left);
	if (!action) return { step, subject, back: stay({ reason: "can't be read from the item" }) };
	const begun = begunOf(one, action);
	const planned = await planBack(odin, placeOf(left), begun, { gone });
	const back = await unlessUsed(odin, left, { action, back: planned }, around);
	gone.note(action, back);
	return { step, subject, back, begun };
}

/**
 * A record that was created is deleted only while it is as it was left, and nothing uses it that stays. Odin changes no device
 * that has users.
 */
async function unlessUsed(
	odin: OdinClient,
	left: LeftTrunk,
	{ action, back }: { action: Action; back: Back },
	{ gone, watch }: Around,
): Promise<Back> {
	if (action.do !== 'write' || back.outcome === 'unchanged') return back;
	const { model, key } = action;
	if (back.outcome === 'updated') {
		if (model !== provisionedDevice || gone.leavesDevice) return back;
		const users = gone.usersAmong((await readDeviceUsers(odin, key)).map(({ userId }) => userId));
		return users.length === 0 ? back : stay(...back.stays, inUseBy(users));
	}
	const profile = await find(odin, model, key);
	if (!profile) return stay();
	const shown = left.trunk[model.value];
	const isOfThis = isObject(shown) && isSameName(key.id, shown[model.id]);
	const changed = changedSince(model, key, isOfThis ? shown : {}, profile)
		// The pilot user is a step of its own.
		.filter(({ field }) => field !== 'pilotUserId');
	if (changed.length > 0) return stay(...changed);
	const uses = await Promise.resolve(
		model.deletion?.plan(odin, key, profile, { flags: {}, earlier: undefined }),
	).then(
		() => [],
		(error: unknown) => usesThatStay(error, gone),
	);
	if (uses.length > 0) return stay(inUseBy(uses));
	return await unlessReferred(odin, model.references && watch, key, back);
}

const inUseBy = (uses: readonly string[]): Stay => ({
	reason: `it is in use by ${uses.join(', ')}`,
});

/** Who a deletion was refused for, but for those who go themselves. Throws any other error. */
function usesThatStay(error: unknown, gone: Departures): string[] {
	if (!(error instanceof OdinError) || error.kind !== 'refused' || error.httpStatus) throw error;
	const { userIds, trunkUserIds, hostedUserIds, trunkGroups } = error.furtherDetails;
	return [
		...[userIds, trunkUserIds, hostedUserIds].flatMap((ids) => gone.usersAmong(ids)),
		...gone.trunkGroupsAmong(trunkGroups),
	];
}

/** What a step did, as the turn-up itself keeps it. */
function begunOf(one: LeftStep, action: Action): BegunStep {
	const { step, subject, outcome, changes } = one;
	const begun: BegunStep = {
		planned: { step: step as StepName, subject, outcome, changes: changes as IDataObject[] },
		action,
		attempt: {},
		isDone: true,
	};
	if (action.do === 'raise') {
		const { wanted: sent, before } = action;
		return { ...begun, attempt: { capacity: { sent, before } } };
	}
	if (action.do !== 'services') return begun;
	const kinds: readonly unknown[] = ['userServices', 'servicePackServices'];
	return {
		...begun,
		services: {
			key: { serviceProviderId: '', groupId: '', id: action.userId },
			assigned: { userServices: new Map(), servicePackServices: new Map() },
			changes: changes.flatMap(({ field, serviceName }) =>
				kinds.includes(field)
					? [{ kind: field as ServiceKind, serviceName: wireText(serviceName), assigned: true }]
					: [],
			),
		},
	};
}

const wasCreated = ({ steps }: LeftTrunk, userId: string): boolean =>
	steps.some(
		({ step, outcome, body }) =>
			step === 'user' && outcome === 'created' && isSameName(userId, body.userId),
	);

const gotAuthentication = ({ steps }: LeftTrunk, userId: string): boolean =>
	steps.some(
		({ step, body, changes }) =>
			step === 'userServices' &&
			isSameName(userId, body.userId) &&
			changes.some(({ serviceName }) => isSameName(AUTHENTICATION, serviceName)),
	);

/** Undefined for what Turn Up does not do to a service of a group. */
function switchedOn({
	serviceName,
	type,
	field,
	from,
	to,
}: LeftStep['changes'][number]): ServiceChange | undefined {
	const name = nameOf(serviceName);
	const isKnown = isServiceType(type) && (field === 'authorized' || field === 'assigned');
	return name !== null && isKnown && from === false && to === true
		? { serviceName: name, type, field, from, to }
		: undefined;
}

/** Undefined where the item does not tell what was done. */
function actionOf(one: LeftStep, left: LeftTrunk): Action | undefined {
	const { step, changes, body } = one;
	const { group } = placeOf(left);
	switch (step) {
		case 'serviceProviderCapacity':
		case 'groupCapacity': {
			const level = step === 'groupCapacity' ? 'group' : 'serviceProvider';
			const valuesAt = (end: 'from' | 'to') =>
				Object.fromEntries(changes.map((change) => [String(change.field), change[end]]));
			const wanted = valuesAt('to') as Record<string, number>;
			return { do: 'raise', holder: holderOf(level, group), wanted, before: valuesAt('from') };
		}
		case 'groupService': {
			const switched = changes.map((change) => switchedOn(change));
			const known = switched.filter((one) => one !== undefined);
			return known.length < switched.length ? undefined : { do: 'assignService', changes: known };
		}
		case 'device':
		case 'trunkGroup':
		case 'user':
			return writeOf(one, left, RECORDS[step]!);
		case 'numbers':
		case 'activation': {
			const ranges = changes.map((change) => rangeIn(change));
			const known = ranges.filter((range) => range !== undefined);
			if (known.length < ranges.length) return undefined;
			return { do: 'numbers', change: step === 'numbers' ? 'assign' : 'activate', ranges: known };
		}
		case 'pilot': {
			const [change] = changes;
			const to = wireText(change?.to);
			return to === '' ? undefined : { do: 'pilot', to, before: wireText(change?.from) || null };
		}
		case 'userServices': {
			const userId = wireText(body.userId);
			const wanted = {
				userServices: { add: [], remove: [] },
				servicePackServices: { add: [], remove: [] },
			};
			return userId === ''
				? undefined
				: { do: 'services', userId, wanted, isNew: wasCreated(left, userId) };
		}
		case 'userSipAuthentication': {
			const userId = wireText(body.userId);
			const userName = wireText(body.userName);
			const change = changes.find(({ field }) => field === 'sipAuthenticationUserName');
			// A user who goes, or a service that goes, takes it along.
			const hadService = !wasCreated(left, userId) && !gotAuthentication(left, userId);
			const before = wireText(change?.from);
			return { do: 'sipAuthentication', userId, userName, before, hadService };
		}
		default:
			return undefined;
	}
}

function writeOf(
	{ outcome, changes, body }: LeftStep,
	left: LeftTrunk,
	model: Provisioned,
): Action | undefined {
	const id = wireText(body[model.id]);
	if (id === '') return undefined;
	const { serviceProviderId, groupId } = left.key;
	return {
		do: 'write',
		model,
		key: { serviceProviderId, groupId, id },
		plan: {
			outcome,
			body: body as JsonObject,
			changes: changes.map(({ field, from, to }) => ({
				field: String(field),
				wanted: (to ?? null) as JsonValue,
				stored: (from ?? null) as JsonValue,
			})),
			...{ generates: undefined, incomparable: [], hints: [] },
		},
		before: {},
	};
}

/** A step as the output shows it. */
export const stepShown = ({ step, subject, back }: StepBack) => ({
	...{ step, subject, outcome: back.outcome },
	...(back.changes.length > 0 && { changes: back.changes }),
	...(back.request && { request: shownRequest(back.request) }),
});
