import { type NumbersForDigits, profileIn, TRUNK_GROUP } from '../contract/resourceContract';
import type { TrunkGroup } from '../network/records';

/** Every key a profile can have, in the order Odin answers them. */
export const PROFILE_KEYS = TRUNK_GROUP.profile;

/** A trunk group as Odin stores it when only these fields were sent. */
export function newTrunkGroup(
	fields: Pick<TrunkGroup, 'serviceProviderId' | 'groupId' | 'name'> & Partial<TrunkGroup>,
): TrunkGroup {
	return { ...TRUNK_GROUP.defaults, maxActiveCalls: 1, users: [], ...fields };
}

/** The profile that is sent for a trunk group. */
export function profileOf(
	trunkGroup: TrunkGroup,
	{ numbersForDigits }: { numbersForDigits: NumbersForDigits },
): Record<string, unknown> {
	return profileIn(TRUNK_GROUP, trunkGroup, numbersForDigits);
}
