import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { countOf } from '../../values/wireValues';
import { optionsCollection, previewOnlyOption } from '../../provisioning/options';
import {
	CAPACITY_NAMES,
	capacityIn,
	capacityPath,
	holderProperties,
	isUnlimited,
	readCapacity,
	readHolder,
	UNLIMITED,
	type CapacityHolder,
	type Level,
} from './capacity';

const LABELS = {
	maxActiveCalls: 'Max Active Calls',
	burstingMaxActiveCalls: 'Bursting Max Active Calls',
};

type Wanted = Partial<Record<(typeof CAPACITY_NAMES)[number], number>>;

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
		displayName: 'Raise To At Least',
		name: 'raiseOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave a higher value alone, so that a ticket that comes twice or late takes nothing away',
	},
	optionsCollection(previewOnlyOption),
];

interface CapacityUpdate {
	holder: CapacityHolder;
	wanted: Wanted;
	raiseOnly: boolean;
	previewOnly: boolean;
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
			raiseOnly: parameters.flag('raiseOnly', 'Raise To At Least', parameters.read('raiseOnly')),
			previewOnly: parameters.optionFlag('previewOnly', 'Preview Only'),
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
	const { holder, wanted, raiseOnly, previewOnly } = item;
	const current = raiseOnly || previewOnly ? await readCapacity(odin, holder) : undefined;
	const body = raiseOnly && current ? raised(item, current) : wanted;
	const path = capacityPath(holder.level);
	if (previewOnly) {
		const changes = Object.entries(body)
			.map(([field, to]) => ({ field, from: current?.[field] ?? null, to }))
			.filter(({ from, to }) => countOf(from) !== to);
		const isSent = Object.keys(body).length > 0;
		return {
			preview: true,
			outcome: changes.length > 0 ? 'updated' : 'unchanged',
			changes,
			request: isSent ? { method: 'PUT', path, body: { ...holder.key, ...body } } : null,
		} as IDataObject;
	}
	if (current && Object.keys(body).length === 0) return current as IDataObject;
	const answer = await odin.request({
		method: 'PUT',
		path,
		body: { ...holder.key, ...body },
		purpose: `update the call capacity of ${holder.text}`,
	});
	return (capacityIn(answer) ?? (await readBack(odin, holder))) as IDataObject;
}

/** Odin said yes but did not show the capacity. */
async function readBack(
	odin: OdinClient,
	holder: CapacityHolder,
): Promise<Record<string, unknown>> {
	try {
		return await readCapacity(odin, holder);
	} catch (error) {
		throw error instanceof OdinError
			? error.with({
					kind: 'lost',
					message: `Odin accepted to update the call capacity of ${holder.text}, but it could not be read. ${error.message}`,
				})
			: error;
	}
}

/** Only what is below what is wanted; nothing is higher than unlimited. Throws OdinFailure. */
function raised({ holder, wanted }: CapacityUpdate, current: Record<string, unknown>): Wanted {
	const higher: Wanted = {};
	for (const name of CAPACITY_NAMES) {
		const value = wanted[name];
		if (value === undefined) continue;
		const present = countOf(current[name]);
		if (present === null) throw unknownBefore(name, holder);
		if (!isUnlimited(present) && (isUnlimited(value) || value > present)) higher[name] = value;
	}
	return higher;
}

const unknownBefore = (name: keyof typeof LABELS, { text }: CapacityHolder): OdinError =>
	new OdinError({
		kind: 'parameter',
		message: `'${LABELS[name]}' of ${text} can't be raised: it is not known what it is now, since Odin does not tell it, so it was not changed`,
		effect: 'Nothing was written',
		description:
			"Look in Odin what it is, and turn off 'Raise To At Least' to set it whatever it is",
	});
