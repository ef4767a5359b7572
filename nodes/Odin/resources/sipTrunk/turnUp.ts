import type { IDataObject } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { isSameName } from '../../model/equivalence';
import { groupText, keyText, outputKey, recordText } from '../../model/key';
import { readApproval } from '../../provisioning/approval';
import type { Hint } from '../../provisioning/input';
import { secretsIn } from '../../secrets/redact';
import type { OdinClient } from '../../transport/odinClient';
import { CHECK_FIRST, OdinError } from '../../transport/odinError';
import { provisionedTrunkGroup } from '../trunkGroup';
import { provisionedUser } from '../user';
import { begin, carryOutStep, stepOutput } from './carryOut';
import { CAPACITY_LABELS, askedOf, lostPassword, readOrder, type TrunkOrder } from './order';
import { planTurnUp } from './plan';
import { properties } from './properties';
import {
	blockedPlan,
	failed,
	tellBlocked,
	isBlocked,
	isChange,
	planOf,
	stepsDone,
	type TurnUp,
	withoutPasswords,
	withPasswords,
} from './report';
import { readState, unlessService } from './state';
import type { PlannedStep } from './step';
import { readTrunk } from './trunk';
import { TurnUps } from './turnUps';
import { lookAfterYes } from '../../provisioning/settle';

export const turnUp: Operation = {
	name: 'Turn Up',
	value: 'turnUp',
	action: 'Turn up SIP trunk',
	description:
		'Bring a trunk to where it carries calls: capacity, service, device, trunk group, numbers, users, pilot user, services and SIP passwords',
	builderHint:
		'One item is one trunk. Preview with options.previewOnly first. A second run goes on where the first stood, and writes nothing once all is done. It only adds.',
	properties,
	prepare,
};

function prepare(parameters: ItemParameters): PreparedItem {
	const order = readOrder(parameters);
	const batch = parameters.shared(() => new TurnUps());
	const { itemIndex } = parameters;
	for (const reason of batch.claims.users(order.users, itemIndex)) {
		parameters.issues.push({ label: 'Users', reason });
	}
	batch.orders.push(order);
	const approval = readApproval(parameters, askedOf(order));
	const { previewOnly } = approval;
	const lost = lostPassword(parameters, order);
	if (lost !== undefined) {
		if (previewOnly) order.hints.push(`Without Preview Only this is refused: ${lost}`);
		else parameters.refuse(lost);
	}
	const item: TurnUp = { order, batch, approval, begun: new Map() };
	const { key, group } = order;
	const subject = recordText(provisionedTrunkGroup, key);
	return {
		subject,
		creates: { key: keyText(provisionedTrunkGroup, key), text: subject, label: 'Name' },
		// What one row does to the group, the next must see.
		orderKey: JSON.stringify(['sipTrunk', group.serviceProviderId, group.groupId]),
		hints: order.hints,
		check: async (odin) => await batch.check(odin, order, itemIndex),
		run: async (odin, hint) => [
			previewOnly ? await preview(odin, item, hint) : await carryOut(odin, item, hint),
		],
	};
}

async function plan(odin: OdinClient, { order, batch }: TurnUp): Promise<PlannedStep[]> {
	for (const { wanted } of order.users) keepSecrets(odin, wanted.desired.fields);
	keepSecrets(odin, order.trunkGroup.desired.fields);
	if (order.device) keepSecrets(odin, order.device.desired.fields);
	return planTurnUp(order, await readState(odin, order, batch.readsOf(order.group)));
}

function keepSecrets(odin: OdinClient, fields: ReadonlyMap<string, { value: unknown }>): void {
	for (const [name, { value }] of fields) {
		for (const secret of secretsIn({ [name]: value })) odin.keepSecret(secret);
	}
}

const outcomeOf = (steps: readonly PlannedStep[]): string => {
	if (steps.some(({ step, outcome }) => step === 'trunkGroup' && outcome === 'created')) {
		return 'created';
	}
	return steps.some(isChange) ? 'updated' : 'unchanged';
};

async function preview(odin: OdinClient, item: TurnUp, hint: Hint): Promise<IDataObject> {
	const { order, approval } = item;
	const steps = await plan(odin, item);
	const blocked = tellBlocked(order.key, steps, hint);
	hintAtCapacity(order, steps, hint);
	return {
		...outputKey(provisionedTrunkGroup, order.key),
		preview: true,
		planId: await approval.planIdOf(odin, planOf(outcomeOf(steps), steps)),
		outcome: steps.some(isBlocked) ? 'unchanged' : outcomeOf(steps),
		...blocked,
		steps: steps.map(stepOutput),
		trunk: (await unlessService(readTrunk(odin, order.key))) ?? null,
	};
}

/** Without the service Odin shows no capacity of the group, and a new group often has none. */
function hintAtCapacity(order: TrunkOrder, steps: readonly PlannedStep[], hint: Hint): void {
	const assigns = steps.some((one) => one.step === 'groupService' && isChange(one));
	if (!assigns || order.groupCapacity.maxActiveCalls !== undefined) return;
	hint(
		`The call capacity of ${groupText(order.group)} was not checked: Odin shows it only once the service Trunk Group is assigned. '${CAPACITY_LABELS.group.maxActiveCalls}' in 'Capacity' sets it`,
	);
}

async function carryOut(odin: OdinClient, item: TurnUp, hint: Hint): Promise<IDataObject> {
	const { order, batch, approval, begun } = item;
	const reads = batch.readsOf(order.group);
	const steps = await plan(odin, item);
	if (steps.some(isBlocked)) {
		// The next try of the node reads anew.
		reads.forget();
		throw blockedPlan(order.key, steps, begun, 'turned up');
	}
	await approval.admit(
		odin,
		recordText(provisionedTrunkGroup, order.key),
		planOf(outcomeOf(steps), steps),
	);
	hintOnKept(stepsDone(steps, begun), hint);
	await carryOutAll(odin, item, steps).catch(async (error: unknown) => {
		reads.forget();
		throw error instanceof OdinError ? await failed(odin, item, steps, error) : error;
	});
	if (steps.some(({ action }) => action)) reads.forget();
	const done = stepsDone(steps, begun);
	const outcome = outcomeOf(done);
	const shown = done.map(stepOutput);
	const told = (error: unknown): never => {
		throw error instanceof OdinError ? withoutPasswords(error, item) : error;
	};
	return {
		...outputKey(provisionedTrunkGroup, order.key),
		outcome,
		steps: shown,
		trunk: withPasswords(await readResult(odin, item, { outcome, steps: shown }).catch(told), item),
	};
}

/** The trunk after all steps, as soon as it shows them. That it can't be read takes nothing back. */
async function readResult(
	odin: OdinClient,
	{ order: { key }, begun }: TurnUp,
	{ outcome, steps }: { outcome: string; steps: IDataObject[] },
): Promise<IDataObject> {
	const verb = outcome === 'created' ? 'creating' : 'updating';
	const done = `${verb} ${recordText(provisionedTrunkGroup, key)}`;
	const details = { ...outputKey(provisionedTrunkGroup, key), steps };
	let latest: IDataObject | undefined;
	const trunk = await lookAfterYes(odin, { done, details }, async () => {
		latest = (await readTrunk(odin, key)) ?? latest;
		return latest && showsUsers(latest, begun) ? latest : undefined;
	});
	if (trunk ?? latest) return (trunk ?? latest)!;
	throw new OdinError({
		kind: 'lost',
		message: `Odin confirmed ${done}, but the trunk group cannot be found`,
		description: CHECK_FIRST,
		details,
	});
}

/** Whether a trunk has the users and the pilot user that this run gave it. */
function showsUsers(trunk: IDataObject, begun: TurnUp['begun']): boolean {
	const users = (Array.isArray(trunk.users) ? trunk.users : []) as IDataObject[];
	const isUser = (id: string): boolean => users.some(({ userId }) => isSameName(id, userId));
	return [...begun.values()].every(({ action }) => {
		if (action.do === 'pilot') return isSameName(action.to, trunk.pilotUserId);
		return action.do !== 'write' || action.model !== provisionedUser || isUser(action.key.id);
	});
}

async function carryOutAll(
	odin: OdinClient,
	{ order, batch, begun }: TurnUp,
	steps: readonly PlannedStep[],
): Promise<void> {
	for (const planned of asSent(steps)) {
		const { action } = planned;
		if (!action) continue;
		const one = begin(begun, planned, action);
		const run = async () => await carryOutStep(odin, order, one);
		await (planned.step === 'serviceProviderCapacity' ? batch.alone(run) : run());
	}
}

/** A capacity that can't be read before the service is assigned can't be set before it either. */
const asSent = (steps: readonly PlannedStep[]): PlannedStep[] => {
	const isLate = ({ action, step }: PlannedStep): boolean =>
		step === 'serviceProviderCapacity' && action?.do === 'raise' && action.before === undefined;
	const late = steps.filter(isLate);
	return steps
		.filter((one) => !isLate(one))
		.flatMap((one) => (one.step === 'groupService' ? [one, ...late] : [one]));
};

function hintOnKept(steps: readonly PlannedStep[], hint: Hint): void {
	const kept = steps.filter(
		({ step, outcome }) => step === 'userSipAuthentication' && outcome === 'unchanged',
	);
	if (kept.length > 0) {
		hint(
			`Users with a SIP user name keep their SIP password (${kept.length}); 'Set SIP Password' gives them a new one`,
		);
	}
}
