import type { IDataObject } from 'n8n-workflow';
import type { Key } from '../../model/key';
import { isShown } from '../../provisioning/confirm';
import { deleteRecord } from '../../provisioning/operations/delete';
import { put } from '../../provisioning/put';
import { find, type Profile } from '../../provisioning/read';
import { readRows } from '../../provisioning/rows';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import type { JsonObject, JsonValue } from '../../values/json';
import { listed } from '../../values/text';
import { countOf, nameOf } from '../../values/wireValues';
import { isUnlimited, readCapacity, type CapacityHolder } from '../callCapacity/capacity';
import {
	isHigher,
	setCapacity,
	type SentCapacity,
	type WantedCapacity,
} from '../callCapacity/update';
import { switchGroupServices } from '../groupService/assign';
import { applyNumbers } from '../number/change';
import { notYetChanged } from '../number/plan';
import { split, type NumberRange } from '../number/range';
import { readGroupNumbers } from '../number/read';
import { trunkGroupModel } from '../trunkGroup/model';
import { userModel } from '../user/model';
import { type ServiceKind, updateUserServices } from '../user/services';
import { readSipUserName } from '../user/sipAuthentication';
import { OFF_TRUNK, connectionOf } from '../user/trunk';
import { stepOutput, type BegunStep } from './carryOut';
import type { TrunkOrder } from './order';
import type { Action } from './step';
import { awaitShown } from './undoLook';

/** What became of a step that was to be taken back. */
interface TakenBack {
	/** Undefined: it is as it was before */
	stays?: string;
}

const BACK: TakenBack = {};

/** Takes back what this run did, the last first, and says what stays and why. */
export async function takeBack(
	odin: OdinClient,
	order: TrunkOrder,
	begun: readonly BegunStep[],
	others: readonly TrunkOrder[],
): Promise<{ undone: IDataObject[]; stays: IDataObject[] }> {
	const undone: IDataObject[] = [];
	const stays: IDataObject[] = [];
	for (const one of [...begun].reverse().filter(mayBeDone)) {
		if (one.isDone || one.attempt.unknown) await awaitShown(odin, order, one);
		const { stays: reason } = await takeBackStep(odin, order, ofOwnUser(one, begun), others).catch(
			(error: unknown): TakenBack => {
				if (error instanceof OdinError) return { stays: error.message };
				throw error;
			},
		);
		const shown = stepOutput(one.planned);
		if (reason === undefined) undone.push(shown);
		else stays.push({ ...shown, reason });
	}
	return { undone, stays };
}

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

async function takeBackStep(
	odin: OdinClient,
	order: TrunkOrder,
	begun: BegunStep,
	others: readonly TrunkOrder[],
): Promise<TakenBack> {
	const { action } = begun;
	switch (action.do) {
		case 'raise':
			return await lower(odin, order, { ...action, ...begun.attempt.capacity }, others);
		case 'assignService':
			return await unassignService(odin, order, action);
		case 'write':
			return action.plan.outcome === 'created'
				? await deleteCreated(odin, action)
				: await restore(odin, action);
		case 'numbers':
			return await returnNumbers(odin, order, action, rangesDone(begun, action));
		case 'pilot':
			return await restorePilot(odin, order.key, action);
		case 'services':
			return await returnServices(odin, begun, action);
		default:
			return await sipAuthenticationLeft(odin, action);
	}
}

/** It goes with the service, and the service with a user that this run created. */
async function sipAuthenticationLeft(
	odin: OdinClient,
	{ userId, before, hadService }: Extract<Action, { do: 'sipAuthentication' }>,
): Promise<TakenBack> {
	if (!hadService) return BACK;
	if (before !== '') {
		return { stays: 'Odin never returns a password, so the one before is not known' };
	}
	return (await readSipUserName(odin, userId)) === ''
		? BACK
		: { stays: 'Odin has no way to take a SIP password away' };
}

/** Lowers only what is as this run set it, and what nobody else needs. */
async function lower(
	odin: OdinClient,
	order: TrunkOrder,
	{ holder, sent = {}, before }: { holder: CapacityHolder } & Partial<SentCapacity>,
	others: readonly TrunkOrder[],
): Promise<TakenBack> {
	// It was as high as wanted by then.
	if (Object.keys(sent).length === 0) return BACK;
	if (!before) return { stays: 'the value before is not known' };
	const now = await readCapacity(odin, holder);
	const { serviceProviderId, groupId } = order.group;
	const ofGroup = holder.level === 'group';
	const needs = others.flatMap((other) => {
		const isOfHolder =
			other.group.serviceProviderId === serviceProviderId &&
			(!ofGroup || other.group.groupId === groupId);
		return isOfHolder ? [ofGroup ? other.groupCapacity : other.serviceProviderCapacity] : [];
	});
	const body: WantedCapacity = {};
	for (const [name, set] of Object.entries(sent) as Array<[keyof WantedCapacity, number]>) {
		const value = countOf(before[name]);
		if (value === null) return { stays: `the value of ${name} before is not known` };
		const present = countOf(now[name]);
		if (present === value) continue;
		if (present !== set) return { stays: `${name} is ${present} by now, not ${set}` };
		if (needs.some((need) => need[name] !== undefined && isHigher(need[name], value))) {
			return { stays: `another row needs ${name} above ${value}` };
		}
		body[name] = value;
	}
	if (Object.keys(body).length === 0) return BACK;
	const user = ofGroup ? await needingTrunkGroup(odin, order, body) : undefined;
	if (user !== undefined) return { stays: `trunk group '${user}' needs it` };
	await setCapacity(odin, holder, body);
	return BACK;
}

/** A trunk group of the group that would be above the lower value. */
async function needingTrunkGroup(
	odin: OdinClient,
	{ group, key }: TrunkOrder,
	lowered: WantedCapacity,
): Promise<string | undefined> {
	for (const name of await trunkGroupsOf(odin, { ...key })) {
		const profile = await find(odin, trunkGroupModel, { ...group, id: name });
		for (const [field, value] of Object.entries(lowered)) {
			const calls = countOf(profile?.[field]);
			if (calls !== null && !isUnlimited(value) && calls > value) return name;
		}
	}
	return undefined;
}

async function trunkGroupsOf(
	odin: OdinClient,
	{ serviceProviderId, groupId }: Key,
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
	return rows.flatMap((row) => nameOf(row[trunkGroupModel.id]) ?? []);
}

async function unassignService(
	odin: OdinClient,
	order: TrunkOrder,
	{ changes }: Extract<Action, { do: 'assignService' }>,
): Promise<TakenBack> {
	const names = await trunkGroupsOf(odin, order.key).catch((error: unknown) => {
		// Without the service there are none to list.
		if (error instanceof OdinError && error.kind === 'refused') return [];
		throw error;
	});
	if (names.length > 0) return { stays: `the group has trunk groups: ${listed(names)}` };
	const back = [...changes].reverse().map((change) => ({ ...change, from: true, to: false }));
	await switchGroupServices(odin, order.group, back);
	return BACK;
}

async function deleteCreated(
	odin: OdinClient,
	{ model, key, plan }: Extract<Action, { do: 'write' }>,
): Promise<TakenBack> {
	const profile = await find(odin, model, key);
	if (!profile) return BACK;
	// The pilot user, set by a later step, was taken back before.
	if (!isShown({ model, body: plan.body }, profile)) {
		return { stays: 'it is no longer as this run created it' };
	}
	const refused = await deleteRecord(odin, model, { key, attempt: {} });
	return refused ? { stays: refused.message } : BACK;
}

async function restore(
	odin: OdinClient,
	{ model, key, plan, before }: Extract<Action, { do: 'write' }>,
): Promise<TakenBack> {
	const profile = await find(odin, model, key);
	if (!profile || !before) return { stays: 'it is no longer there' };
	const shows = (field: string, value: JsonValue): boolean =>
		isShown({ model, body: { [field]: value } }, profile);
	const body: JsonObject = {};
	const kept: string[] = [];
	for (const { field, wanted, stored } of plan.changes) {
		const known = model.fields.find(field);
		const label = known?.label ?? field;
		if (known && (known.secret || !known.readable)) kept.push(label);
		else if (shows(field, stored)) continue;
		else if (!shows(field, wanted) || (stored === null && !known?.clearable)) kept.push(label);
		else body[field] = stored;
	}
	if (model.value === userModel.value && wasOff(before)) {
		delete body.trunkAddressing;
		if (connectionOf(profile).through !== 'nothing') Object.assign(body, OFF_TRUNK);
	}
	if (Object.keys(body).length > 0) await put(odin, model, { key, body, attempt: {} });
	return kept.length > 0 ? { stays: `not as before: ${listed(kept)}` } : BACK;
}

const wasOff = (before: Profile): boolean => connectionOf(before).through === 'nothing';

/** Of a request that was refused, Odin may have carried out a part. */
const rangesDone = (
	{ attempt, isDone }: BegunStep,
	{ ranges }: Extract<Action, { do: 'numbers' }>,
): NumberRange[] => (isDone || attempt.unknown ? ranges : (attempt.begun ?? []));

async function returnNumbers(
	odin: OdinClient,
	{ group, countryCode }: TrunkOrder,
	{ change }: Extract<Action, { do: 'numbers' }>,
	ranges: readonly NumberRange[],
): Promise<TakenBack> {
	const back = change === 'assign' ? 'unassign' : 'deactivate';
	const ofGroup = await readGroupNumbers(odin, group, countryCode);
	const still = split(ranges, notYetChanged(back, group, ranges, ofGroup)).inside.map(
		({ part }) => part,
	);
	if (still.length === 0) return BACK;
	await applyNumbers(
		odin,
		back,
		{ group, entries: [], countryCode },
		{ toChange: still, attempt: {} },
	);
	return BACK;
}

async function restorePilot(
	odin: OdinClient,
	key: Key,
	{ to, before }: Extract<Action, { do: 'pilot' }>,
): Promise<TakenBack> {
	const profile = await find(odin, trunkGroupModel, key);
	const now = nameOf(profile?.pilotUserId);
	if (now === before) return BACK;
	if (now?.toLowerCase() !== to.toLowerCase()) {
		return { stays: `the pilot user is '${now ?? ''}' by now` };
	}
	await put(odin, trunkGroupModel, { key, body: { pilotUserId: before }, attempt: {} });
	return BACK;
}

async function returnServices(
	odin: OdinClient,
	{ services }: BegunStep,
	{ userId, isNew }: Extract<Action, { do: 'services' }>,
): Promise<TakenBack> {
	// A user that this run created goes with all services.
	if (isNew || !services) return BACK;
	const remove = (kind: ServiceKind) =>
		services.changes.flatMap((change) => (change.kind === kind ? [change.serviceName] : []));
	await updateUserServices(odin, userId, {
		userServices: { add: [], remove: remove('userServices') },
		servicePackServices: { add: [], remove: remove('servicePackServices') },
	});
	return BACK;
}
