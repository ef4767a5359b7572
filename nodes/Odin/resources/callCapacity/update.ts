import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { optionsCollection, previewOnlyOption } from '../../provisioning/options';
import { preview } from '../../provisioning/preview';
import { lookPatiently, settle, whileUnknown, type Attempt } from '../../provisioning/settle';
import type { OdinClient } from '../../transport/odinClient';
import { CHECK_FIRST, OdinError } from '../../transport/odinError';
import { countOf } from '../../values/wireValues';
import {
	CAPACITY_NAMES,
	capacityIn,
	capacityPath,
	holderProperties,
	isUnlimited,
	readCapacity,
	readHolder,
	UNLIMITED,
	withKey,
	type Capacity,
	type CapacityHolder,
	type Level,
} from './capacity';

const LABELS = {
	maxActiveCalls: 'Max Active Calls',
	burstingMaxActiveCalls: 'Bursting Max Active Calls',
};

const NEVER_LOWER = 'Never Lower';

type Name = (typeof CAPACITY_NAMES)[number];
type Wanted = Partial<Record<Name, number>>;

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
		displayName: NEVER_LOWER,
		name: 'raiseOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave a higher value alone, so a repeated or late ticket never lowers it',
	},
	optionsCollection(previewOnlyOption),
];

interface CapacityUpdate {
	holder: CapacityHolder;
	wanted: Wanted;
	raiseOnly: boolean;
	previewOnly: boolean;
	attempt: Attempt;
}

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a call capacity',
	description: 'Set or raise the call capacity of a group or of a service provider',
	builderHint:
		'Values are absolute. With raiseOnly a value is never lowered, which makes a repeated ticket harmless. A group cannot have more than its service provider.',
	properties,
	prepare(parameters) {
		const holder = readHolder(parameters);
		const item: CapacityUpdate = {
			holder,
			wanted: readWanted(parameters, holder.level),
			raiseOnly: parameters.flag('raiseOnly', NEVER_LOWER, parameters.read('raiseOnly')),
			previewOnly: parameters.optionFlag('previewOnly', 'Preview Only'),
			attempt: {},
		};
		return {
			subject: `the call capacity of ${holder.text}`,
			// Two items that raise the same capacity must see each other's result.
			orderKey: JSON.stringify(holder.key),
			run: async (odin) => [await carryOut(odin, item)],
		};
	},
};

function readWanted(parameters: ItemParameters, level: Level): Wanted {
	const wanted: Wanted = {};
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

async function carryOut(odin: OdinClient, item: CapacityUpdate): Promise<IDataObject> {
	const { holder, wanted, raiseOnly, previewOnly, attempt } = item;
	const current =
		raiseOnly || previewOnly
			? await whileUnknown(attempt, async () => await readCapacity(odin, holder))
			: undefined;
	const lower = current && outstanding(item, current);
	if (raiseOnly && current) requireKnown(item, current);
	const body = raiseOnly && lower ? lower : wanted;
	if (previewOnly && current) return previewUpdate(item, body, current);
	const isNothingToDo = Object.keys(body).length === 0;
	return withKey(
		holder,
		current && isNothingToDo ? current : await put(odin, { ...item, wanted: body }),
	);
}

/** What is not as it is wanted. With Never Lower that is what is below it; nothing is higher than unlimited. */
function outstanding({ wanted, raiseOnly }: CapacityUpdate, capacity: Capacity): Wanted {
	const isAsWanted = (present: number | null, value: number): boolean => {
		if (!raiseOnly || present === null) return present === value;
		return isUnlimited(present) || (!isUnlimited(value) && present >= value);
	};
	return Object.fromEntries(
		Object.entries(wanted).filter(([name, value]) => !isAsWanted(countOf(capacity[name]), value)),
	);
}

/** Throws OdinError where nobody can tell whether a value is the lower one. */
function requireKnown({ holder, wanted }: CapacityUpdate, current: Capacity): void {
	const name = CAPACITY_NAMES.find(
		(one) => wanted[one] !== undefined && countOf(current[one]) === null,
	);
	if (!name) return;
	throw new OdinError({
		kind: 'parameter',
		message: `'${LABELS[name]}' of ${holder.text} can't be raised: Odin does not report its current value. Nothing was changed`,
		description: `Check it in Odin, and turn off '${NEVER_LOWER}' to set it whatever it is`,
	});
}

function previewUpdate(item: CapacityUpdate, body: Wanted, current: Capacity): IDataObject {
	const { holder } = item;
	const changes = Object.entries(outstanding(item, current)).map(([field, to]) => ({
		field,
		from: (current[field] ?? null) as IDataObject[string],
		to,
	}));
	const request = {
		method: 'PUT' as const,
		path: capacityPath(holder.level),
		body: { ...holder.key, ...body },
	};
	return preview(holder.key, {
		outcome: changes.length > 0 ? 'updated' : 'unchanged',
		changes,
		request: Object.keys(body).length > 0 ? request : null,
	});
}

/** Sends what is wanted, and returns the capacity that shows it. Throws OdinError. */
async function put(odin: OdinClient, item: CapacityUpdate): Promise<Capacity> {
	const { holder, wanted, attempt } = item;
	const subject = `the call capacity of ${holder.text}`;
	const look = async (): Promise<Capacity | undefined> => {
		const capacity = await readCapacity(odin, holder);
		return Object.keys(outstanding(item, capacity)).length === 0 ? capacity : undefined;
	};
	const settled = await settle(odin, {
		request: {
			method: 'PUT',
			path: capacityPath(holder.level),
			body: { ...holder.key, ...wanted },
			purpose: `update ${subject}`,
		},
		attempt,
		notSeen: 'the change did not show',
		details: holder.key,
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async (response) => await confirm(odin, item, capacityIn(response, holder)),
	});
	if ('refused' in settled) throw settled.refused;
	return settled.seen;
}

/** What Odin shows after its yes. What answers may lag behind what wrote, so it is read for a while. */
async function confirm(
	odin: OdinClient,
	item: CapacityUpdate,
	answered: Capacity | undefined,
): Promise<Capacity> {
	const { holder } = item;
	const done = `Odin confirmed updating the call capacity of ${holder.text}`;
	if (answered && contradictions(item, answered).length === 0) return answered;
	let latest = answered ?? {};
	const unknown = new OdinError({
		kind: 'lost',
		message: done,
		description: CHECK_FIRST,
		details: holder.key,
	});
	const seen = await whileUnknown(
		{ unknown },
		async () =>
			await lookPatiently(odin, async () => {
				latest = await readCapacity(odin, holder);
				return contradictions(item, latest).length === 0 ? latest : undefined;
			}),
	);
	if (seen) return seen;
	const fields = contradictions(item, latest);
	const texts = fields.map(
		({ field, asked, shown }) => `'${LABELS[field]}' is ${shown}, not ${asked}`,
	);
	throw new OdinError({
		kind: 'notApplied',
		message: `${done}, but does not show it: ${texts.join('; ')}`,
		description: `${CHECK_FIRST}. Odin may have ignored or corrected these values`,
		details: { ...holder.key, fields, callCapacity: latest as IDataObject },
	});
}

/** What Odin shows otherwise than it was asked; what it does not show is left out. */
const contradictions = (item: CapacityUpdate, capacity: Capacity) =>
	Object.entries(outstanding(item, capacity)).flatMap(([name, asked]) => {
		const shown = countOf(capacity[name]);
		return shown === null ? [] : [{ field: name as Name, asked, shown }];
	});
