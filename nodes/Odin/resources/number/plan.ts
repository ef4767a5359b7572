import type { GroupKey } from '../../model/key';
import type { KnownRange } from './match';
import { disjoint, joined, split, type NumberRange } from './range';

export type NumberChange = 'assign' | 'unassign' | 'activate' | 'deactivate';

/** Numbers with what Odin shows of them. */
export interface OwnedRange extends KnownRange {
	serviceProviderId: string;
	/** Null: the service provider has given them to no group */
	groupId: string | null;
	/** Whether a user has them */
	isUsed: boolean;
	activated: boolean;
}

export interface NumberPlan {
	toChange: NumberRange[];
	unchanged: NumberRange[];
	/** Those of somebody else, and for a change inside the group those of no group. They are never touched */
	foreign: OwnedRange[];
	/** To be taken from the group while a user has them */
	inUse: OwnedRange[];
}

type Place = keyof NumberPlan;

function placeOf(change: NumberChange, { groupId }: GroupKey, owned: OwnedRange): Place {
	const isOurs = owned.groupId === groupId;
	if (!isOurs && owned.groupId !== null) return 'foreign';
	switch (change) {
		case 'assign':
			return isOurs ? 'unchanged' : 'toChange';
		case 'unassign':
			if (!isOurs) return 'unchanged';
			return owned.isUsed ? 'inUse' : 'toChange';
		default:
			if (!isOurs) return 'foreign';
			return owned.activated === (change === 'activate') ? 'unchanged' : 'toChange';
	}
}

/**
 * What a change comes to: ranges are cut where a part is there already, and joined again. `requested` must be numbers that
 * are owned by somebody, as they were matched.
 */
export function planNumbers(
	change: NumberChange,
	group: GroupKey,
	requested: readonly NumberRange[],
	owned: readonly OwnedRange[],
): NumberPlan {
	const parts: Record<Place, OwnedRange[]> = {
		toChange: [],
		unchanged: [],
		foreign: [],
		inUse: [],
	};
	const { inside } = split(joined(requested), disjoint(owned));
	for (const { part, other } of inside) {
		parts[placeOf(change, group, other)].push({ ...other, ...part });
	}
	return { ...parts, toChange: joined(parts.toChange), unchanged: joined(parts.unchanged) };
}

/** The numbers of the service provider and of the group: what the group itself shows counts. */
export function combined(
	ofServiceProvider: readonly OwnedRange[],
	ofGroup: readonly OwnedRange[],
): OwnedRange[] {
	const group = disjoint(ofGroup);
	return disjoint([...split(disjoint(ofServiceProvider), group).outside, ...group]);
}

/** Those of the requested numbers of which the group does not show the change. */
export function notYetChanged(
	change: NumberChange,
	group: GroupKey,
	requested: readonly NumberRange[],
	ofGroup: readonly OwnedRange[],
): NumberRange[] {
	const { inside, outside } = split(joined(requested), disjoint(ofGroup));
	if (change === 'assign') return outside;
	if (change === 'unassign') return joined(inside.map(({ part }) => part));
	const others = inside.filter(({ other }) => placeOf(change, group, other) !== 'unchanged');
	return joined([...outside, ...others.map(({ part }) => part)]);
}
