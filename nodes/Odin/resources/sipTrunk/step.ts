import type { IDataObject } from 'n8n-workflow';
import { recordText, type Key } from '../../model/key';
import { reconcile, type Plan, type Wanted } from '../../model/reconcile';
import { changesOf, type PreviewedRequest } from '../../provisioning/preview';
import type { Profile } from '../../provisioning/read';
import type { Provisioned } from '../../provisioning/resource';
import { issuesText } from '../../values/issues';
import type { Capacity, CapacityHolder } from '../callCapacity/capacity';
import type { WantedCapacity } from '../callCapacity/update';
import type { ServiceChange } from '../groupService/plan';
import { rangesText, type NumberRange } from '../number/range';
import type { WantedServices } from '../user/services';

export type StepName =
	| 'serviceProviderCapacity'
	| 'groupService'
	| 'groupCapacity'
	| 'device'
	| 'trunkGroup'
	| 'numbers'
	| 'user'
	| 'pilot'
	| 'activation'
	| 'userServices'
	| 'userSipAuthentication';

/** What carries a step of a turn-up out. It holds what was there before, from which it is taken back. */
export type Action =
	| { do: 'raise'; holder: CapacityHolder; wanted: WantedCapacity; before: Capacity | undefined }
	| { do: 'assignService'; changes: ServiceChange[] }
	| { do: 'write'; model: Provisioned; key: Key; plan: Plan; before: Profile | undefined }
	| { do: 'numbers'; change: 'assign' | 'activate'; ranges: NumberRange[] }
	| { do: 'pilot'; to: string; before: string | null }
	| { do: 'services'; userId: string; wanted: WantedServices; isNew: boolean }
	| {
			do: 'sipAuthentication';
			userId: string;
			userName: string;
			/** The SIP user name that was there; empty for none */
			before: string;
			/** Whether the user had the service for it: it goes with a service that this run has assigned */
			hadService: boolean;
	  };

/** What carries a step of a take-down out. */
export type Removal =
	| { do: 'clearPilot' }
	| { do: 'takeOff'; userId: string }
	| { do: 'unassign'; ranges: NumberRange[] }
	| { do: 'delete'; model: Provisioned; key: Key; hasHostedUsers?: boolean };

/** Why a step was skipped, in an output item: Undo tells by it that nothing of the step was sent. */
export const NOT_BEGUN = 'a step before it was not carried out';

/** One step of a plan. A preview shows it, a run carries its action out. */
export interface PlannedStep<Does = Action> {
	step: StepName;
	subject: string;
	outcome: 'created' | 'updated' | 'unchanged' | 'removed' | 'blocked' | 'skipped';
	changes?: IDataObject[];
	reason?: string;
	/** Only of steps that change something */
	action?: Does;
	/** What the action sends, with its passwords */
	request?: PreviewedRequest | null;
}

/**
 * The subject of a step of numbers: those that it is about, not those that are left of them, since it is the same in every
 * try of the node. Of many ranges only the first few are named.
 */
export const numbersText = (ranges: readonly NumberRange[], owner: string): string =>
	ranges.length === 0 ? `numbers of ${owner}` : `numbers ${rangesText(ranges)} of ${owner}`;

/** The step of a record that is created or brought to what is wanted. */
export function planRecord(
	step: StepName,
	model: Provisioned,
	wanted: Wanted,
	before: Profile | undefined,
	blocked: (plan: Plan) => string | undefined,
): PlannedStep {
	const { key } = wanted;
	const subject = recordText(model, key);
	const reconciled = reconcile(model, wanted, before);
	if ('issues' in reconciled) {
		return { step, subject, outcome: 'blocked', reason: issuesText(reconciled.issues) };
	}
	const { plan } = reconciled;
	const changes = changesOf(plan.changes);
	const shown = changes.length > 0 ? { changes } : {};
	const reason = blocked(plan);
	if (reason !== undefined) return { step, subject, outcome: 'blocked', ...shown, reason };
	if (plan.outcome === 'unchanged') return { step, subject, outcome: 'unchanged' };
	return {
		step,
		subject,
		outcome: plan.outcome,
		...shown,
		action: { do: 'write', model, key, plan, before },
	};
}
