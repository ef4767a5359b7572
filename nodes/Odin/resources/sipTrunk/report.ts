import type { IDataObject } from 'n8n-workflow';
import { groupText, outputKey, recordText, type Key } from '../../model/key';
import type { Approval } from '../../provisioning/approval';
import type { Hint } from '../../provisioning/input';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError, sentences } from '../../transport/odinError';
import { capitalised, someOf } from '../../values/text';
import { changesOf as numberChanges } from '../number/change';
import { provisionedTrunkGroup } from '../trunkGroup';
import { userModel } from '../user/model';
import { keyOfStep, stepOutput, type BegunStep, type BegunSteps } from './carryOut';
import type { TrunkOrder } from './order';
import { NOT_BEGUN, type Action, type PlannedStep } from './step';
import type { TurnUps } from './turnUps';
import { takeBack } from './undo';

/** One row, with what it has begun, also in an earlier try of the node. */
export interface TurnUp {
	order: TrunkOrder;
	batch: TurnUps;
	approval: Approval;
	begun: BegunSteps<Action>;
}

/** The SIP passwords that this run set, where the output is to have them. */
export function withPasswords(trunk: IDataObject, { order, begun }: TurnUp): IDataObject {
	if (!order.includesPassword) return trunk;
	const set = new Map<string, IDataObject>();
	let ofTrunkGroup: unknown;
	for (const { action, attempt, sipPassword } of begun.values()) {
		if (action.do === 'sipAuthentication' && sipPassword !== undefined) {
			set.set(action.userId.toLowerCase(), {
				[userModel.id]: action.userId,
				sipAuthenticationUserName: action.userName,
				sipAuthenticationPassword: sipPassword,
			});
		}
		if (action.do === 'write' && action.model === provisionedTrunkGroup) {
			const sent = attempt.body ?? action.plan.body;
			ofTrunkGroup = sent.sipAuthenticationPassword;
		}
	}
	const idOf = (user: IDataObject): string => String(user[userModel.id]).toLowerCase();
	const users = Array.isArray(trunk.users) ? (trunk.users as IDataObject[]) : [];
	const shown = new Set(users.map(idOf));
	// A list that lags behind must not lose a password.
	const unshown = [...set].flatMap(([id, user]) => (shown.has(id) ? [] : [user]));
	return {
		...trunk,
		...(ofTrunkGroup !== undefined && {
			trunkGroup: {
				...(trunk.trunkGroup as IDataObject),
				sipAuthenticationPassword: ofTrunkGroup as string,
			},
		}),
		users: [...users, ...unshown].map((user) => ({
			...user,
			...set.get(idOf(user)),
			[userModel.id]: user[userModel.id],
		})),
	};
}

/**
 * The steps with what became of them; first those of an earlier try that nothing is left of to plan. `stoppedBy`: what kept
 * the others from being carried out, a step that did not work out or a plan with a blocked one.
 */
export function stepsDone<Does>(
	steps: ReadonlyArray<PlannedStep<Does>>,
	begun: BegunSteps<Does>,
	stoppedBy?: OdinError | 'blocked',
): Array<PlannedStep<Does>> {
	const planned = new Set(steps.map(keyOfStep));
	const earlier = [...begun].filter(
		([key, { isDone, attempt }]) => !planned.has(key) && (isDone || attempt.unknown),
	);
	return [
		...earlier.map(([, one]) => one.planned),
		...steps.map((step): PlannedStep<Does> => {
			const one = begun.get(keyOfStep(step));
			// Done by an earlier try of the node, perhaps with an answer that was lost.
			if (one && (one.isDone || (!step.action && one.attempt.unknown))) return one.planned;
			if (!step.action || !stoppedBy) return step;
			if (stoppedBy === 'blocked') {
				return { ...step, outcome: 'skipped', reason: 'another step is blocked' };
			}
			const reason = one ? stoppedBy.message : NOT_BEGUN;
			return { ...step, outcome: 'skipped', reason };
		}),
	];
}

export const isBlocked = ({ outcome }: PlannedStep<unknown>): boolean => outcome === 'blocked';

export const isChange = ({ outcome }: PlannedStep<unknown>): boolean =>
	['created', 'updated', 'removed'].includes(outcome);

/** Of more blocked steps only the number is said. */
const MAX_BLOCKED = 10;

/** What is blocked, and why, after words that name the trunk group; empty where nothing is. */
function blockedText(key: Key, steps: ReadonlyArray<PlannedStep<unknown>>): string {
	const trunkGroup = recordText(provisionedTrunkGroup, key);
	const group = groupText(key);
	const texts = steps.filter(isBlocked).map(({ subject, reason = '' }) => {
		const short = subject.replace(` in ${group}`, '').replace(group, 'the group');
		return subject === trunkGroup ? reason : `${short}: ${reason}`;
	});
	return someOf(texts, '; ', MAX_BLOCKED);
}

/** What a preview tells of a plan that can't be carried out: in a hint, and in its item, which a workflow reads. */
export function tellBlocked(
	key: Key,
	steps: ReadonlyArray<PlannedStep<unknown>>,
	hint: Hint,
): { blocked?: string } {
	const blocked = blockedText(key, steps);
	if (blocked === '') return {};
	hint(
		`The plan for ${recordText(provisionedTrunkGroup, key)} is blocked, so nothing would be sent: ${blocked}`,
	);
	return { blocked };
}

/** A plan with a blocked step: none of it is sent. */
export const blockedPlan = <Does>(
	key: Key,
	steps: ReadonlyArray<PlannedStep<Does>>,
	begun: BegunSteps<Does>,
	participle: 'turned up' | 'taken down',
): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `${capitalised(recordText(provisionedTrunkGroup, key))} can't be ${participle}: ${blockedText(key, steps)}`,
		effect: begun.size === 0 ? 'Nothing was sent' : 'Nothing more was sent',
		description: "'Preview Only' in the options shows the whole plan",
		details: {
			...outputKey(provisionedTrunkGroup, key),
			steps: stepsDone(steps, begun, 'blocked').map(stepOutput),
		},
	});

/** A step that may have done something before it was refused: some are several requests, of others Odin does a part. */
function withPart(
	step: PlannedStep,
	begun: BegunStep | undefined,
	{ group }: TrunkOrder,
): PlannedStep {
	if (step.outcome !== 'skipped' || !begun) return step;
	const { action, attempt, ofService } = begun;
	const changes: IDataObject[] =
		action.do === 'numbers'
			? numberChanges(action.change, group, attempt.begun ?? [])
			: (ofService?.begun ?? []).map((change) => ({ ...change }));
	return changes.length > 0 ? { ...step, outcome: 'updated', changes } : step;
}

/** A failing item shows no password, and Odin never returns one. */
export function withoutPasswords(error: OdinError, { begun }: TurnUp): OdinError {
	const made = [...begun.values()].filter(
		({ action, sipPassword, isDone }) =>
			sipPassword !== undefined ||
			(isDone &&
				action.do === 'write' &&
				action.model === provisionedTrunkGroup &&
				action.plan.generates !== undefined),
	);
	if (made.length === 0) return error;
	const text = `The SIP passwords already set (${made.length}) can't be shown: 'Set SIP Password' makes new ones`;
	return error.with({ description: sentences(error.description, text) });
}

/** What counts of a plan, as `Approval` takes it. */
export const planOf = (outcome: string, steps: ReadonlyArray<PlannedStep<unknown>>) => ({
	outcome,
	changes: steps.flatMap(({ changes = [] }) => changes),
	steps: steps.map(({ step, subject, outcome: ofStep, changes, request }) => ({
		...{ step, subject, outcome: ofStep, changes, request },
	})),
});

/** What was done, what was taken back, and what stands. */
export async function failed(
	odin: OdinClient,
	turnUp: TurnUp,
	steps: readonly PlannedStep[],
	error: OdinError,
): Promise<OdinError> {
	const { order, batch, begun } = turnUp;
	const shown = stepsDone(steps, begun, error).map((step) =>
		withPart(step, begun.get(keyOfStep(step)), order),
	);
	const undo =
		order.undoes && error.kind !== 'stopped' && begun.size > 0
			? await takeBack(
					odin,
					order,
					begun,
					batch.orders.filter((other) => other !== order),
				)
			: undefined;
	const told = undo ? error : withoutPasswords(error, turnUp);
	return stopped(order.key, told, { steps: shown, ...(undo && { undo }) });
}

/** The failure of a run that stopped at a step. */
export const stopped = (
	key: Key,
	error: OdinError,
	{
		steps,
		undo,
		advice = undo ? 'A second run starts from the beginning' : 'A second run goes on from here',
	}: {
		steps: ReadonlyArray<PlannedStep<unknown>>;
		undo?: { undone: IDataObject[]; stays: IDataObject[] };
		advice?: string;
	},
): OdinError =>
	error.with({
		message: sentences(
			error.message,
			undo ? undoText(undo) : doneText(steps.filter(isChange).length),
		),
		effect: '',
		description: sentences(error.description, advice),
		details: {
			...error.furtherDetails,
			...outputKey(provisionedTrunkGroup, key),
			steps: steps.map(stepOutput),
			...(undo && { undone: undo.undone, stays: undo.stays }),
		},
	});

const doneText = (done: number): string =>
	done === 0
		? 'No step had been carried out'
		: `${done} ${done === 1 ? 'step' : 'steps'} had already been carried out`;

function undoText({ undone, stays }: { undone: IDataObject[]; stays: IDataObject[] }): string {
	if (stays.length === 0) return 'What this run had done was taken back';
	const steps = stays.length === 1 ? 'one step' : `${stays.length} steps`;
	return undone.length === 0
		? `Nothing of what this run had done was taken back: ${steps} may stand`
		: `What this run had done was taken back, except ${steps}`;
}
