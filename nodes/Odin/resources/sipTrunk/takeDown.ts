import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { outputKey, recordText } from '../../model/key';
import { readApproval, type Approval } from '../../provisioning/approval';
import type { Hint } from '../../provisioning/input';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection, planOptions } from '../../provisioning/options';
import type { ReadOnce } from '../../provisioning/readOnce';
import type { ReferenceWatch, Referrers } from '../../provisioning/resource';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError } from '../../transport/odinError';
import { listed } from '../../values/text';
import { countryCodeOption, numbersProperty } from '../number/parameters';
import { provisionedTrunkGroup } from '../trunkGroup';
import { TrunkGroupReferences } from '../trunkGroup/referenceWatch';
import { begin, stepOutput, type BegunSteps } from './carryOut';
import { SharedReads } from './groupReads';
import { carryOutRemoval } from './remove';
import {
	blockedPlan,
	tellBlocked,
	isBlocked,
	isChange,
	planOf,
	stepsDone,
	stopped,
} from './report';
import type { Removal } from './step';
import { readTakeDown, type TakeDownOrder } from './takeDownOrder';
import { planTakeDown, type RemovingStep } from './takeDownPlan';
import { readTakeDownState, type Remembered, type TakeDownState } from './takeDownState';
import { deviceOf, readTrunk } from './trunk';

const properties: INodeProperties[] = [
	serviceProviderLocator,
	groupLocator,
	provisionedTrunkGroup.form.locator,
	{
		displayName: 'Also Remove',
		name: 'alsoRemove',
		type: 'multiOptions',
		options: [
			{
				name: 'Device',
				value: 'device',
				description: 'Unless another trunk group or other users are on it',
			},
			{
				name: 'Numbers',
				value: 'numbers',
				description: "Those of the removed users and those in 'Numbers' go from the group",
			},
			{ name: 'Users', value: 'users', description: 'Delete them, not only take them off' },
		],
		default: [],
		description:
			'What to remove besides the trunk group. Without it users are taken off the trunk and stay in the group, as do device and numbers.',
	},
	{
		displayName: 'Device Name',
		name: 'deviceName',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-pbx-1',
		description:
			'Name of the device of the trunk. With it a run goes on where the trunk group is already gone.',
	},
	{
		...numbersProperty,
		required: false,
		description: `${numbersProperty.description} They are taken from the group if 'Also Remove' has Numbers.`,
	},
	{
		displayName: 'User IDs',
		name: 'userIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 15135550010@example.com',
		description:
			'Users of the trunk, separated by commas, or a list. With them a run goes on where the trunk group is already gone.',
	},
	optionsCollection(countryCodeOption, ...planOptions),
];

export const takeDown: Operation = {
	name: 'Take Down',
	value: 'takeDown',
	action: 'Take down SIP trunk',
	description:
		'Take a trunk out of service: pilot user, users, trunk group and, where asked, their numbers and the device',
	builderHint:
		"One item is one trunk. Preview with options.previewOnly first. Name device, numbers and users as Turn Up did: a run that was cut off then goes on. Nothing of somebody else's is touched.",
	properties,
	prepare,
};

/** One row, with what it has begun, also in an earlier try of the node. */
interface TakeDown {
	order: TakeDownOrder;
	approval: Approval;
	reads: ReadOnce;
	begun: BegunSteps<Removal>;
	remembered: Remembered;
	references: ReferenceWatch;
	/** Who reroutes to the trunk group, once that was looked for */
	referrers?: Referrers;
}

function prepare(parameters: ItemParameters): PreparedItem {
	const order = readTakeDown(parameters);
	const { key, group } = order;
	const item: TakeDown = {
		order,
		approval: readApproval(parameters, order),
		reads: parameters.shared(() => new SharedReads()).readsOf(group),
		begun: new Map(),
		references: parameters.shared(() => new TrunkGroupReferences(), 'references'),
		remembered: { users: new Map(), deviceName: '', trunkGroupSeen: false },
	};
	const { previewOnly } = item.approval;
	return {
		subject: recordText(provisionedTrunkGroup, key),
		// What one row does to the group, the next must see.
		orderKey: JSON.stringify(['sipTrunk', group.serviceProviderId, group.groupId]),
		hints: keptNumbers(order),
		run: async (odin, hint) => [
			previewOnly ? await preview(odin, item, hint) : await carryOut(odin, item, hint),
		],
	};
}

/** Only the numbers of users that go are known to belong to the trunk. */
const keptNumbers = ({ alsoRemove, numbers }: TakeDownOrder): string[] =>
	alsoRemove.has('numbers') && !alsoRemove.has('users') && numbers.length === 0
		? [
				"'Also Remove' names numbers without users, and 'Numbers' is empty: the users stay, and so do their numbers",
			]
		: [];

async function plan(
	odin: OdinClient,
	{ order, reads, remembered }: TakeDown,
	hint: Hint,
): Promise<RemovingStep[]> {
	const state = await readTakeDownState(odin, order, { reads, remembered });
	remember(remembered, state);
	if (!remembered.trunkGroupSeen) hintOnUnknown(order, hint);
	return planTakeDown(order, state);
}

/** For the next try of the node, when Odin does not know it any more. */
function remember(remembered: Remembered, { users, trunkGroup }: TakeDownState): void {
	for (const { key, profile, ranges } of users) {
		if (profile) remembered.users.set(key.id.toLowerCase(), { key, ranges });
	}
	if (!trunkGroup) return;
	remembered.trunkGroupSeen = true;
	const device = deviceOf(trunkGroup);
	if (device?.ofGroup) remembered.deviceName = device.deviceName;
}

function hintOnUnknown(
	{ key, alsoRemove, deviceName, numbers, userIds }: TakeDownOrder,
	hint: Hint,
): void {
	const parts = [
		{ name: 'users', label: 'User IDs', isNamed: userIds.length > 0 },
		{ name: 'numbers', label: 'Numbers', isNamed: numbers.length > 0 },
		{ name: 'device', label: 'Device Name', isNamed: deviceName !== '' },
	] as const;
	const namesNothing = !parts.some(({ isNamed }) => isNamed);
	const labels = parts
		.filter(({ name, isNamed }) => !isNamed && (namesNothing || alsoRemove.has(name)))
		.map(({ label }) => label);
	if (labels.length === 0) return;
	hint(
		`Odin has no ${recordText(provisionedTrunkGroup, key)}. What else belonged to it is unknown unless the item names it: ${listed(labels)}`,
	);
}

const isRemoved = (steps: readonly RemovingStep[]): boolean =>
	steps.some(({ step, outcome }) => step === 'trunkGroup' && outcome === 'removed');

/** Who reroutes to the trunk group that is to go. */
async function tellReferrers(odin: OdinClient, item: TakeDown, hint: Hint): Promise<void> {
	item.referrers ??= await item.references.before(odin, item.order.key, 'delete');
	item.referrers.hints.forEach(hint);
}

const outcomeOf = (steps: readonly RemovingStep[]): string =>
	steps.some(isChange) ? 'removed' : 'unchanged';

async function preview(odin: OdinClient, item: TakeDown, hint: Hint): Promise<IDataObject> {
	const { approval } = item;
	const { key } = item.order;
	const steps = await plan(odin, item, hint);
	const blocked = tellBlocked(key, steps, hint);
	const goes = isRemoved(steps);
	if (goes) await tellReferrers(odin, item, hint);
	return {
		...outputKey(provisionedTrunkGroup, key),
		preview: true,
		planId: await approval.planIdOf(odin, planOf(outcomeOf(steps), steps)),
		outcome: steps.some(isBlocked) ? 'unchanged' : outcomeOf(steps),
		...blocked,
		steps: steps.map(stepOutput),
		trunk: goes ? ((await readTrunk(odin, key)) ?? null) : null,
	};
}

async function carryOut(odin: OdinClient, item: TakeDown, hint: Hint): Promise<IDataObject> {
	const { order, approval, reads, begun, references } = item;
	let steps: RemovingStep[] = [];
	try {
		steps = await plan(odin, item, hint);
		if (steps.some(isBlocked)) throw blockedPlan(order.key, steps, begun, 'taken down');
		const subject = recordText(provisionedTrunkGroup, order.key);
		await approval.admit(odin, subject, planOf(outcomeOf(steps), steps));
		// What an earlier try of the node has read is told by the one that ends well.
		if (item.referrers || isRemoved(steps)) await tellReferrers(odin, item, hint);
		for (const planned of steps) {
			const { action } = planned;
			if (action) await carryOutRemoval(odin, order, begin(begun, planned, action));
		}
	} catch (error) {
		reads.forget();
		throw error instanceof OdinError ? explained(item, steps, error) : error;
	}
	if (begun.size > 0) reads.forget();
	const done = stepsDone(steps, begun);
	if (isRemoved(done)) references.deleted(order.key);
	return {
		...outputKey(provisionedTrunkGroup, order.key),
		outcome: outcomeOf(done),
		steps: done.map(stepOutput),
		// That it is gone was seen.
		trunk: null,
	};
}

/** A run that stopped before its first step has nothing to tell of steps. */
function explained(
	{ order, begun }: TakeDown,
	steps: readonly RemovingStep[],
	error: OdinError,
): OdinError {
	if (begun.size === 0 || steps.some(isBlocked)) return error;
	const left = stepsDone(steps, begun, error);
	const losesNumbers =
		order.numbers.length === 0 &&
		left.some(({ step, outcome }) => step === 'numbers' && outcome === 'skipped');
	return stopped(order.key, error, {
		steps: left,
		...(losesNumbers && {
			advice:
				"A second run goes on from here; it finds the numbers of deleted users only in 'Numbers'",
		}),
	});
}
