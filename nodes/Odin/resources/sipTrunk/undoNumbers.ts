import { stay, type Back } from '../../provisioning/takeBack';
import type { OdinClient } from '../../transport/odinClient';
import { applyNumbers, planOf } from '../number/change';
import { notYetChanged } from '../number/plan';
import { disjoint, joined, rangeText, split, type NumberRange } from '../number/range';
import { readGroupNumbers, readNumberDetails } from '../number/read';
import type { TrunkOrder } from './order';

/** What a step is taken back in. */
export type Place = Pick<TrunkOrder, 'group' | 'key' | 'countryCode'>;

/** What is no longer there, or about to go, when a step is taken back. */
export interface Gone {
	/** User ids in lower case */
	users: ReadonlySet<string>;
	trunkGroup: boolean;
}

/** Takes numbers back that were assigned or activated, but for those of others. Throws OdinError. */
export async function returnNumbers(
	odin: OdinClient,
	place: Place,
	change: 'assign' | 'activate',
	{ ranges, gone }: { ranges: readonly NumberRange[]; gone: Gone | undefined },
): Promise<Back> {
	const { group, countryCode } = place;
	const back = change === 'assign' ? 'unassign' : 'deactivate';
	const ofGroup = await readGroupNumbers(odin, group, countryCode);
	const open = notYetChanged(back, group, ranges, ofGroup);
	// Those that the group no longer has are somebody else's.
	const still = joined(split(open, disjoint(ofGroup)).inside.map(({ part }) => part));
	const used = gone ? await usedByOthers(odin, place, still, gone) : [];
	const toChange = split(still, disjoint(used)).outside;
	const stays = used.map((range) => ({
		field: rangeText(range),
		reason: `is used by user '${range.userId}'`,
	}));
	if (toChange.length === 0) return stay(...stays);
	const { changes, request } = planOf(back, group, toChange);
	return {
		...{ outcome: 'updated', changes, request, stays },
		run: async () =>
			void (await applyNumbers(
				odin,
				back,
				{ group, entries: [], countryCode },
				{ toChange, attempt: {} },
			)),
	};
}

/** The parts of the ranges that belong to users who stay. */
async function usedByOthers(
	odin: OdinClient,
	{ group, countryCode }: Place,
	ranges: readonly NumberRange[],
	gone: Gone,
): Promise<Array<NumberRange & { userId: string }>> {
	if (ranges.length === 0) return [];
	const details = await readNumberDetails(odin, group, countryCode);
	const used = details.flatMap(({ user: { userId }, ...range }) =>
		userId === null || gone.users.has(userId.toLowerCase()) ? [] : [{ ...range, userId }],
	);
	return split(ranges, disjoint(used)).inside.map(({ part, other }) => ({
		...part,
		userId: other.userId,
	}));
}
