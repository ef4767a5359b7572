import type { IDataObject } from 'n8n-workflow';
import { isSameName } from '../../model/equivalence';
import { lookupKey, type Key } from '../../model/key';
import { isShown } from '../../provisioning/confirm';
import { put } from '../../provisioning/put';
import { find } from '../../provisioning/read';
import { readRows } from '../../provisioning/rows';
import { planRemoval, planRestore, stay, type Back, type Stay } from '../../provisioning/takeBack';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import type { JsonObject } from '../../values/json';
import { listed } from '../../values/text';
import { countOf, nameOf } from '../../values/wireValues';
import {
	capacityPath,
	isUnlimited,
	readCapacity,
	type CapacityHolder,
} from '../callCapacity/capacity';
import {
	isHigher,
	setCapacity,
	type SentCapacity,
	type WantedCapacity,
} from '../callCapacity/update';
import { servicesBody, switchGroupServices } from '../groupService/assign';
import type { ServiceChange } from '../groupService/plan';
import { readGroupServices, serviceNamed, SERVICES_PATH } from '../groupService/services';
import type { NumberRange } from '../number/range';
import { trunkGroupModel } from '../trunkGroup/model';
import { stepOutput, type BegunStep, type BegunSteps } from './carryOut';
import type { TrunkOrder } from './order';
import { unlessService } from './state';
import { returnNumbers, type Gone, type Place } from './undoNumbers';
import { returnServices, sipAuthenticationLeft } from './undoUsers';
import type { Action } from './step';
import { awaitShown } from './undoLook';

/**
 * Takes back what this run did, the last first, and says what stays and why. Only what stays is left in `begun`: it is this
 * run's still, so that a next try of the node does not take it for somebody else's.
 */
export async function takeBack(
	odin: OdinClient,
	order: TrunkOrder,
	begun: BegunSteps<Action>,
	others: readonly TrunkOrder[],
): Promise<{ undone: IDataObject[]; stays: IDataObject[] }> {
	const undone: IDataObject[] = [];
	const stays: IDataObject[] = [];
	const all = [...begun.values()];
	// Lists may still show a trunk group that was just deleted, which needs nothing any more.
	let gone: Gone | undefined;
	for (const [key, one] of [...begun].reverse()) {
		if (!mayBeDone(one)) {
			begun.delete(key);
			continue;
		}
		if (one.isDone || one.attempt.unknown) await awaitShown(odin, order, one);
		const reasons = await takeBackStep(odin, order, ofOwnUser(one, all), { others, gone }).then(
			(back) => {
				if (isDeletedTrunkGroup(one, back)) gone = { users: new Set(), trunkGroup: true };
				return back.stays.map(stayText);
			},
			(error: unknown): string[] => {
				if (error instanceof OdinError) return [error.message];
				throw error;
			},
		);
		const shown = stepOutput(one.planned);
		if (reasons.length > 0) {
			stays.push({ ...shown, reason: reasons.join('; ') });
			continue;
		}
		undone.push(shown);
		begun.delete(key);
	}
	return { undone, stays };
}

const isDeletedTrunkGroup = ({ action }: BegunStep, { outcome }: Back): boolean =>
	outcome === 'deleted' && action.do === 'write' && action.model.value === trunkGroupModel.value;

/** What may need what a step did, or is gone with it. */
interface Surroundings {
	others?: readonly TrunkOrder[];
	gone?: Gone;
}

/** Takes one step back, from what Odin shows now, and says how. Throws OdinError. */
export async function takeBackStep(
	odin: OdinClient,
	order: Place,
	begun: BegunStep,
	surroundings: Surroundings,
): Promise<Back> {
	const back = await planBack(odin, order, begun, surroundings);
	if (back.outcome !== 'unchanged') await back.run(odin);
	return back;
}

export const stayText = ({ field, reason }: Stay): string =>
	field === undefined ? reason : `${field} ${reason}`;

/** What Odin refused, or what another execution did, was not done by this run: it is somebody else's. */
const mayBeDone = ({ planned, action, attempt, isDone, ofService }: BegunStep): boolean =>
	planned.outcome !== 'unchanged' &&
	(isDone ||
		attempt.unknown !== undefined ||
		attempt.begun !== undefined ||
		ofService?.unknown !== undefined ||
		ofService?.begun !== undefined ||
		action.do === 'services');

/** The services of a user that another execution was faster to create do not go with the user. */
function ofOwnUser(one: BegunStep, begun: readonly BegunStep[]): BegunStep {
	const { action } = one;
	if (action.do !== 'services' || !action.isNew) return one;
	const isNew = begun.some(
		({ action: other, planned }) =>
			other.do === 'write' && other.key.id === action.userId && planned.outcome === 'created',
	);
	return { ...one, action: { ...action, isNew } };
}

/** How one step is taken back, from what Odin shows now. Throws OdinError. */
export async function planBack(
	odin: OdinClient,
	order: Place,
	begun: BegunStep,
	{ others = [], gone }: Surroundings,
): Promise<Back> {
	const { action } = begun;
	switch (action.do) {
		case 'raise':
			return await lower(odin, order, { ...action, ...begun.attempt.capacity }, { others, gone });
		case 'assignService':
			return await unassignService(odin, order, action, gone);
		case 'write':
			return action.plan.outcome === 'created'
				? await removeCreated(odin, action)
				: await restore(odin, action);
		case 'numbers':
			return await returnNumbers(odin, order, action.change, {
				ranges: rangesDone(begun, action),
				gone,
			});
		case 'pilot':
			return await restorePilot(odin, order.key, action);
		case 'services':
			return await returnServices(odin, begun, action);
		default:
			return await sipAuthenticationLeft(odin, action);
	}
}

/** Lowers only what is as this run set it, and what nobody else needs. */
async function lower(
	odin: OdinClient,
	order: Place,
	{ holder, sent = {}, before }: { holder: CapacityHolder } & Partial<SentCapacity>,
	{ others, gone }: { others: readonly TrunkOrder[]; gone: Gone | undefined },
): Promise<Back> {
	// It was as high as wanted by then.
	if (Object.keys(sent).length === 0) return stay();
	if (!before) return stay({ reason: 'the value before is not known' });
	const now = await unlessService(readCapacity(odin, holder));
	if (!now) return stay({ reason: "Odin does not report it without the service 'Trunk Group'" });
	const { serviceProviderId, groupId } = order.group;
	const ofGroup = holder.level === 'group';
	const needs = others.flatMap((other) => {
		const isOfHolder =
			other.group.serviceProviderId === serviceProviderId &&
			(!ofGroup || other.group.groupId === groupId);
		return isOfHolder ? [ofGroup ? other.groupCapacity : other.serviceProviderCapacity] : [];
	});
	const body: WantedCapacity = {};
	const changes: IDataObject[] = [];
	for (const [name, set] of Object.entries(sent) as Array<[keyof WantedCapacity, number]>) {
		const value = countOf(before[name]);
		if (value === null) return stay({ reason: `the previous value of ${name} is unknown` });
		const present = countOf(now[name]);
		if (present === value) continue;
		if (present !== set) return stay({ reason: `${name} is now ${present}, not ${set}` });
		if (needs.some((need) => need[name] !== undefined && isHigher(need[name], value))) {
			return stay({ reason: `another item needs ${name} above ${value}` });
		}
		body[name] = value;
		changes.push({ field: name, from: present, to: value });
	}
	if (changes.length === 0) return stay();
	const user = ofGroup ? await needingTrunkGroup(odin, order, body, gone) : undefined;
	if (user !== undefined) return stay({ reason: `trunk group '${user}' needs it` });
	return {
		outcome: 'updated',
		changes,
		request: {
			method: 'PUT',
			path: capacityPath(holder.level),
			body: { ...holder.key, ...body } as JsonObject,
		},
		stays: [],
		run: async () => void (await setCapacity(odin, holder, body)),
	};
}

/** A trunk group of the group that would be above the lower value. */
async function needingTrunkGroup(
	odin: OdinClient,
	{ group, key }: Place,
	lowered: WantedCapacity,
	gone: Gone | undefined,
): Promise<string | undefined> {
	for (const name of await trunkGroupsOf(odin, key, gone)) {
		const profile = await find(odin, trunkGroupModel, { ...group, id: name });
		for (const [field, value] of Object.entries(lowered)) {
			const calls = countOf(profile?.[field]);
			if (calls !== null && !isUnlimited(value) && calls > value) return name;
		}
	}
	return undefined;
}

/** Those that stay. */
async function trunkGroupsOf(
	odin: OdinClient,
	{ serviceProviderId, groupId, id }: Key,
	gone: Gone | undefined,
): Promise<string[]> {
	const rows = await readRows(
		odin,
		{
			path: trunkGroupModel.path,
			query: { serviceProviderId, groupId },
			purpose: `list the trunk groups of group '${groupId}'`,
		},
		trunkGroupModel.id,
	);
	return rows
		.flatMap((row) => nameOf(row[trunkGroupModel.id]) ?? [])
		.filter((name) => !(gone?.trunkGroup && isSameName(id, name)));
}

async function unassignService(
	odin: OdinClient,
	order: Place,
	{ changes }: Extract<Action, { do: 'assignService' }>,
	gone: Gone | undefined,
): Promise<Back> {
	const names = await trunkGroupsOf(odin, order.key, gone).catch((error: unknown) => {
		// Without the service there are none to list.
		if (error instanceof OdinError && error.kind === 'refused') return [];
		throw error;
	});
	if (names.length > 0) return stay({ reason: `the group has trunk groups: ${listed(names)}` });
	const services = await readGroupServices(odin, order.group);
	const isLeft = ({ serviceName, type, field }: ServiceChange): boolean =>
		serviceNamed(services, serviceName, [type])?.[field] === true;
	const back = [...changes]
		.reverse()
		.filter(isLeft)
		.map((change) => ({ ...change, from: true, to: false }));
	if (back.length === 0) return stay();
	return {
		outcome: 'updated',
		changes: back.map((change) => ({ ...change })),
		request: { method: 'PUT', path: SERVICES_PATH, body: servicesBody(order.group, back) },
		stays: [],
		run: async () => void (await switchGroupServices(odin, order.group, back)),
	};
}

async function removeCreated(
	odin: OdinClient,
	{ model, key, plan }: Extract<Action, { do: 'write' }>,
): Promise<Back> {
	const profile = await unlessService(find(odin, model, key));
	if (!profile) return stay();
	// The pilot user, set by a later step, was taken back before.
	const changed = isShown({ model, body: plan.body }, profile)
		? []
		: [{ reason: 'it is no longer as it was created' }];
	return planRemoval(model, key, { changed, isUsed: undefined });
}

async function restore(
	odin: OdinClient,
	{ model, key, plan, before }: Extract<Action, { do: 'write' }>,
): Promise<Back> {
	const profile = await unlessService(find(odin, model, key));
	if (!profile || !before) return stay({ reason: 'it is no longer there' });
	const changes = plan.changes.map(({ field, wanted: to, stored: from }) => ({ field, from, to }));
	return planRestore(model, key, changes, profile);
}

/** Of a request that was refused, Odin may have carried out a part. */
const rangesDone = (
	{ attempt, isDone }: BegunStep,
	{ ranges }: Extract<Action, { do: 'numbers' }>,
): NumberRange[] => (isDone || attempt.unknown ? ranges : (attempt.begun ?? []));

async function restorePilot(
	odin: OdinClient,
	key: Key,
	{ to, before }: Extract<Action, { do: 'pilot' }>,
): Promise<Back> {
	const profile = await unlessService(find(odin, trunkGroupModel, key));
	if (!profile) return stay();
	const now = nameOf(profile.pilotUserId);
	if (now === before) return stay();
	if (now?.toLowerCase() !== to.toLowerCase()) {
		return stay({ reason: `the pilot user is now '${now ?? ''}'` });
	}
	const body = { pilotUserId: before };
	return {
		outcome: 'updated',
		changes: [{ field: 'pilotUserId', from: now, to: before }],
		request: {
			method: 'PUT',
			path: trunkGroupModel.path,
			body: { ...lookupKey(trunkGroupModel, key), ...body },
		},
		stays: [],
		run: async () => await put(odin, trunkGroupModel, { key, body, attempt: {} }),
	};
}
