import { isSameName } from '../../model/equivalence';
import type { Back } from '../../provisioning/takeBack';
import { wireText } from '../../values/wireValues';
import type { Action } from '../sipTrunk/step';
import type { Gone } from '../sipTrunk/undoNumbers';
import { provisionedTrunkGroup } from '../trunkGroup';
import { provisionedUser } from '../user';
import type { LeftTrunk } from './left';

/** What goes with the steps that are taken back before. */
export class Departures implements Gone {
	readonly users: Set<string>;

	trunkGroup = false;

	/** The trunk group goes back to another device, or to none */
	leavesDevice = false;

	constructor(
		private readonly left: LeftTrunk,
		users: Iterable<string> = [],
	) {
		this.users = new Set(users);
	}

	note(action: Action, { outcome, changes }: Back): void {
		if (action.do !== 'write' || outcome === 'unchanged') return;
		const touches = (name: string) => changes.some(({ field }) => field === name);
		if (action.model === provisionedUser && (outcome === 'deleted' || touches('trunkAddressing'))) {
			this.users.add(action.key.id.toLowerCase());
		}
		if (action.model === provisionedTrunkGroup) {
			this.trunkGroup ||= outcome === 'deleted';
			this.leavesDevice ||= touches('accessDevice');
		}
	}

	/** Those of the names that stay. */
	usersAmong(ids: unknown): string[] {
		return textsOf(ids).filter((id) => !this.users.has(id.toLowerCase()));
	}

	trunkGroupsAmong(names: unknown): string[] {
		const isGone = this.trunkGroup || this.leavesDevice;
		return textsOf(names).filter((name) => !(isGone && isSameName(this.left.key.id, name)));
	}
}

const textsOf = (list: unknown): string[] =>
	(Array.isArray(list) ? (list as unknown[]) : []).map(wireText);
