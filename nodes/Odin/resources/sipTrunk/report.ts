import type { IDataObject } from 'n8n-workflow';
import { outputKey, recordText, type GroupKey } from '../../model/key';
import type { Approval } from '../../provisioning/approval';
import type { OdinClient } from '../../transport/odinClient';
import { OdinError, sentences } from '../../transport/odinError';
import { changesOf as numberChanges } from '../number/change';
import { provisionedTrunkGroup } from '../trunkGroup';
import { userModel } from '../user/model';
import { stepOutput, type BegunStep } from './carryOut';
import { GroupReads } from './groupReads';
import type { TrunkOrder } from './order';
import type { PlannedStep } from './step';
import { takeBack } from './undo';

/** What the rows of one batch share. */
export class TurnUps {
	readonly orders: TrunkOrder[] = [];

	private readonly reads = new Map<string, GroupReads>();

	/** Users, line ports by what names them, with the item that does */
	readonly claims = new Map<string, number>();

	private last: Promise<unknown> = Promise.resolve();

	readsOf({ serviceProviderId, groupId }: GroupKey): GroupReads {
		const key = JSON.stringify([serviceProviderId, groupId]);
		const reads = this.reads.get(key) ?? new GroupReads();
		this.reads.set(key, reads);
		return reads;
	}

	/** One after the other: the capacity of a service provider belongs to rows of several groups. */
	async alone<Value>(run: () => Promise<Value>): Promise<Value> {
		const turn = this.last.then(run, run);
		this.last = turn;
		return await turn;
	}
}

/** One row, with what it has begun, also in an earlier try of the node. */
export interface TurnUp {
	order: TrunkOrder;
	batch: TurnUps;
	approval: Approval;
	begun: Map<string, BegunStep>;
}

export const keyOfStep = ({ step, subject }: PlannedStep): string =>
	JSON.stringify([step, subject]);

/** The SIP passwords that this run set, where the output is to have them. */
export function withPasswords(trunk: IDataObject, { order, begun }: TurnUp): IDataObject {
	if (!order.includesPassword) return trunk;
	const set = new Map<string, IDataObject>();
	let ofTrunkGroup: unknown;
	for (const { action, attempt, sipPassword } of begun.values()) {
		if (action.do === 'sipAuthentication' && sipPassword !== undefined) {
			set.set(action.userId.toLowerCase(), {
				sipAuthenticationUserName: action.userName,
				sipAuthenticationPassword: sipPassword,
			});
		}
		if (action.do === 'write' && action.model === provisionedTrunkGroup) {
			const sent = attempt.body ?? action.plan.body;
			ofTrunkGroup = sent.sipAuthenticationPassword;
		}
	}
	const users = Array.isArray(trunk.users) ? (trunk.users as IDataObject[]) : [];
	return {
		...trunk,
		...(ofTrunkGroup !== undefined && {
			trunkGroup: {
				...(trunk.trunkGroup as IDataObject),
				sipAuthenticationPassword: ofTrunkGroup as string,
			},
		}),
		users: users.map((user) => ({
			...user,
			...set.get(String(user[userModel.id]).toLowerCase()),
		})),
	};
}

export const isBlocked = (
	order: TrunkOrder,
	steps: readonly PlannedStep[],
	blocked: readonly PlannedStep[],
): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `The ${recordText(provisionedTrunkGroup, order.key)} can't be turned up: ${blocked
			.slice(0, 5)
			.map(({ subject, reason }) => `${subject}: ${reason ?? ''}`)
			.join('; ')}`,
		effect: 'Nothing was sent',
		description: "'Preview Only' in the options shows the whole plan",
		details: {
			...outputKey(provisionedTrunkGroup, order.key),
			steps: steps.map(stepOutput),
		},
	});

/** What a step may have done before it was refused: some are several requests, of others Odin carries out a part. */
function partDone({ action, attempt, ofService }: BegunStep, { group }: TrunkOrder): IDataObject[] {
	if (action.do === 'numbers' && attempt.begun) {
		return numberChanges(action.change, group, attempt.begun);
	}
	return (ofService?.begun ?? []).map((change) => ({ ...change }));
}

/** What was done, what was taken back, and what stands. */
export async function failed(
	odin: OdinClient,
	{ order, batch, begun }: TurnUp,
	steps: readonly PlannedStep[],
	error: OdinError,
): Promise<OdinError> {
	const all = [...begun.values()];
	const undo =
		order.undoes && error.kind !== 'stopped' && all.length > 0
			? await takeBack(
					odin,
					order,
					all,
					batch.orders.filter((other) => other !== order),
				)
			: undefined;
	const shown = steps.map((planned) => {
		const one = begun.get(keyOfStep(planned));
		if (!planned.action || one?.isDone) return stepOutput(one?.planned ?? planned);
		const reason = one ? error.message : 'a step before it was not carried out';
		const part = one ? partDone(one, order) : [];
		return part.length > 0
			? { ...stepOutput(planned), outcome: 'updated', changes: part, reason }
			: { ...stepOutput(planned), outcome: 'skipped', reason };
	});
	if (undo) begun.clear();
	const done = all.filter(({ isDone }) => isDone).length;
	return error.with({
		message: sentences(
			error.message,
			undo ? undoText(undo.stays.length) : `${done} steps were carried out before`,
		),
		effect: '',
		description: sentences(error.description, 'A second run goes on from here'),
		details: {
			...error.furtherDetails,
			...outputKey(provisionedTrunkGroup, order.key),
			steps: shown,
			...(undo && { undone: undo.undone, stays: undo.stays }),
		},
	});
}

const undoText = (stays: number): string =>
	stays === 0
		? 'What this run had done was taken back'
		: `What this run had done was taken back, except ${stays === 1 ? 'one step' : `${stays} steps`}`;
