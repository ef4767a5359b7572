import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { CHECK_FIRST, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { countOf } from '../../values/wireValues';
import { optionsCollection, planOptions } from '../../provisioning/options';
import { readApproval, type Approval } from '../../provisioning/approval';
import type { Plan } from '../../provisioning/preview';
import {
	lookAfterYes,
	lookPatiently,
	settle,
	whileUnknown,
	type Attempt,
} from '../../provisioning/settle';
import {
	CAPACITY_NAMES,
	capacityIn,
	capacityOutput,
	capacityPath,
	holderProperties,
	isUnlimited,
	readCapacity,
	readHolder,
	UNLIMITED,
	type Capacity,
	type CapacityHolder,
	type Level,
} from './capacity';

const LABELS = {
	maxActiveCalls: 'Max Active Calls',
	burstingMaxActiveCalls: 'Bursting Max Active Calls',
};

export type WantedCapacity = Partial<Record<(typeof CAPACITY_NAMES)[number], number>>;

/** A number that may be left empty: 0 is a capacity, so it can't stand for "not given". */
const optionalNumber = (
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): INodeProperties => ({ ...property, type: 'number', default: '' });

const properties: INodeProperties[] = [
	...holderProperties,
	optionalNumber({
		displayName: LABELS.maxActiveCalls,
		name: 'maxActiveCalls',
		description:
			'How many calls may be active at once. Empty leaves it as it is. 0 or more; -1, for a service provider, means unlimited.',
	}),
	optionalNumber({
		displayName: LABELS.burstingMaxActiveCalls,
		name: 'burstingMaxActiveCalls',
		description:
			'How many more calls may be active while bursting. Empty leaves it as it is. 0 or more; -1 means unlimited.',
	}),
	{
		displayName: 'Never Lower',
		name: 'raiseOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave a higher value as it is, so a repeated or late ticket never lowers it',
	},
	optionsCollection(...planOptions),
];

export interface SentCapacity {
	sent: WantedCapacity;
	/** The capacity right before it, where it was read */
	before: Capacity | undefined;
}

/** Kept for the next try of n8n's Retry On Fail. */
export interface CapacityAttempt extends Attempt {
	/** Once something was sent */
	capacity?: SentCapacity;
}

interface CapacityUpdate {
	holder: CapacityHolder;
	wanted: WantedCapacity;
	raiseOnly: boolean;
	attempt: CapacityAttempt;
	/** Undefined for a step of something larger, whose plan it is a part of */
	approval?: Approval;
}

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update call capacity',
	description: 'Set or raise the call capacity of a group or of a service provider',
	builderHint:
		'Values are absolute. With raiseOnly a value is never lowered, which makes a repeated ticket harmless. A group cannot have more than its service provider.',
	properties,
	prepare(parameters) {
		const holder = readHolder(parameters);
		const raiseOnly = parameters.flag('raiseOnly', 'Never Lower', parameters.read('raiseOnly'));
		const wanted = readWanted(parameters, holder.level);
		const approval = readApproval(parameters, { holder, wanted, raiseOnly });
		const item: CapacityUpdate = { holder, wanted, raiseOnly, approval, attempt: {} };
		return {
			subject: `the call capacity of ${holder.text}`,
			// Two items that raise the same capacity must see each other's result.
			orderKey: JSON.stringify(holder.key),
			run: async (odin) => [
				await (approval.previewOnly ? previewUpdate(odin, item, approval) : carryOut(odin, item)),
			],
		};
	},
};

function readWanted(parameters: ItemParameters, level: Level): WantedCapacity {
	const wanted: WantedCapacity = {};
	for (const name of CAPACITY_NAMES) {
		// BroadWorks knows no unlimited group: only its bursting is unbounded.
		const min = level === 'group' && name === 'maxActiveCalls' ? 0 : UNLIMITED;
		const value = parameters.given(
			{ name, label: LABELS[name], type: 'integer', min },
			parameters.read(name),
		);
		if (typeof value === 'number') wanted[name] = value;
	}
	if (Object.keys(wanted).length === 0 && parameters.issues.length === 0) {
		parameters.refuse(
			`There is nothing to update: give '${LABELS.maxActiveCalls}' or '${LABELS.burstingMaxActiveCalls}'`,
		);
	}
	return wanted;
}

/** What to send, and the capacity before where that decides it. Throws OdinError. */
async function plan(
	odin: OdinClient,
	{ holder, wanted, raiseOnly, approval }: CapacityUpdate,
): Promise<{ current: Capacity | undefined; body: WantedCapacity }> {
	const isRead = raiseOnly || approval?.previewOnly || approval?.isGiven;
	const current = isRead ? await readCapacity(odin, holder) : undefined;
	return { current, body: raiseOnly && current ? raised(holder, wanted, current) : wanted };
}

function planOf(
	{ holder }: CapacityUpdate,
	{ current, body }: { current: Capacity | undefined; body: WantedCapacity },
): Plan {
	const changes = Object.entries(body)
		.map(([field, to]) => ({ field, from: current?.[field] ?? null, to }))
		.filter(({ from, to }) => countOf(from) !== to) as IDataObject[];
	const isSent = Object.keys(body).length > 0;
	return {
		outcome: changes.length > 0 ? 'updated' : 'unchanged',
		changes,
		request: isSent
			? { method: 'PUT', path: capacityPath(holder.level), body: { ...holder.key, ...body } }
			: null,
	};
}

const previewUpdate = async (
	odin: OdinClient,
	item: CapacityUpdate,
	approval: Approval,
): Promise<IDataObject> =>
	await approval.preview(odin, item.holder.key, planOf(item, await plan(odin, item)));

/** Raises what is below what is wanted, whatever is there by now. Throws OdinError. */
export const raiseCapacity = async (
	odin: OdinClient,
	holder: CapacityHolder,
	wanted: WantedCapacity,
	attempt: CapacityAttempt,
): Promise<IDataObject> => await carryOut(odin, { holder, wanted, raiseOnly: true, attempt });

/** Sets a call capacity, higher or lower. Throws OdinError. */
export const setCapacity = async (
	odin: OdinClient,
	holder: CapacityHolder,
	wanted: WantedCapacity,
): Promise<IDataObject> => await carryOut(odin, { holder, wanted, raiseOnly: false, attempt: {} });

async function carryOut(odin: OdinClient, item: CapacityUpdate): Promise<IDataObject> {
	const { holder, attempt, approval } = item;
	const planned = await whileUnknown(attempt, async () => await plan(odin, item));
	const { current, body } = planned;
	const whole = planOf(item, planned);
	await approval?.admit(odin, `the call capacity of ${holder.text}`, whole);
	const isDone =
		Object.keys(body).length === 0 || (approval?.isGiven && whole.outcome === 'unchanged');
	if (current && isDone) return capacityOutput(holder, current);
	attempt.capacity ??= { sent: body, before: current };
	const look = async () => {
		const capacity = await readCapacity(odin, holder);
		return isShown(item, body, capacity) ? capacity : undefined;
	};
	const settled = await settle(odin, {
		request: {
			method: 'PUT',
			path: capacityPath(holder.level),
			body: { ...holder.key, ...body },
			purpose: `update the call capacity of ${holder.text}`,
		},
		attempt,
		notSeen: 'the change did not show',
		details: { ...holder.key },
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async (response) => await confirm(odin, item, body, capacityIn(response)),
	});
	if ('refused' in settled) throw settled.refused;
	return capacityOutput(holder, settled.seen);
}

/** The capacity that shows what was asked, as the response has it or as it is read. Throws OdinError. */
async function confirm(
	odin: OdinClient,
	item: CapacityUpdate,
	body: WantedCapacity,
	answered: Capacity | undefined,
): Promise<Capacity> {
	if (answered && isShown(item, body, answered)) return answered;
	const { holder } = item;
	const done = `updating the call capacity of ${holder.text}`;
	let latest: Capacity = {};
	const seen = await lookAfterYes(odin, { done, details: { ...holder.key } }, async () => {
		latest = await readCapacity(odin, holder);
		return isShown(item, body, latest) ? latest : undefined;
	});
	if (seen) return seen;
	const fields = notReached(item, body, latest).filter(({ shown }) => shown !== null);
	// What Odin does not report at all can't be compared, and Odin said yes.
	if (fields.length === 0) return latest;
	const texts = fields.map(
		({ field, asked, shown }) => `'${LABELS[field]}' is ${shown}, not ${asked}`,
	);
	throw new OdinError({
		kind: 'notApplied',
		message: `Odin confirmed ${done}, but shows other values: ${texts.join('; ')}`,
		description: `${CHECK_FIRST}. Odin may have ignored or corrected these values`,
		details: { ...holder.key, fields, callCapacity: latest as IDataObject },
	});
}

const isShown = (item: CapacityUpdate, body: WantedCapacity, capacity: Capacity): boolean =>
	notReached(item, body, capacity).length === 0;

/** What is not as asked. One that is never lowered may be higher by now: somebody else raised it further. */
const notReached = ({ raiseOnly }: CapacityUpdate, body: WantedCapacity, capacity: Capacity) =>
	CAPACITY_NAMES.flatMap((field) => {
		const asked = body[field];
		const shown = countOf(capacity[field]);
		if (asked === undefined || shown === asked) return [];
		return raiseOnly && shown !== null && !isHigher(asked, shown) ? [] : [{ field, asked, shown }];
	});

/** Nothing is higher than unlimited. */
export const isHigher = (value: number, present: number): boolean =>
	!isUnlimited(present) && (isUnlimited(value) || value > present);

/** Only what is below what is wanted. Throws OdinError. */
function raised(holder: CapacityHolder, wanted: WantedCapacity, current: Capacity): WantedCapacity {
	const higher: WantedCapacity = {};
	for (const name of CAPACITY_NAMES) {
		const value = wanted[name];
		if (value === undefined) continue;
		const present = countOf(current[name]);
		if (present === null) throw unknownBefore(name, holder);
		if (isHigher(value, present)) higher[name] = value;
	}
	return higher;
}

const unknownBefore = (name: keyof typeof LABELS, { text }: CapacityHolder): OdinError =>
	new OdinError({
		kind: 'parameter',
		message: `'${LABELS[name]}' of ${text} can't be raised: Odin does not report its current value`,
		effect: 'Nothing was changed',
		description: "Look it up in Odin, and turn off 'Never Lower' to set it anyway",
	});
