import { countOf } from '../values/wireValues';
import { isUnread } from './memory';
import type { Watch } from './watch';

export interface Limits {
	/** Per cent of the calls that a trunk group may have at once, at or above which it is told */
	threshold: number;
	/** By how many percentage points the use must have been below the threshold before it is told again */
	hysteresis: number;
}

const FIELD = 'callCapacityUsed';

/** The calls of a trunk group at the moment, in per cent of those that it may have, with two decimals. */
function used(profile: Record<string, unknown>): number | undefined {
	const incoming = countOf(profile.totalActiveIncomingCalls);
	const outgoing = countOf(profile.totalActiveOutgoingCalls);
	const most = countOf(profile.maxActiveCalls);
	if (incoming === null || outgoing === null || most === null || most < 0) return undefined;
	const calls = incoming + outgoing;
	if (most === 0) return calls > 0 ? 100 : 0;
	return Math.floor((calls * 10_000) / most) / 100;
}

/** Tells once that the use has come to the threshold, and again only after it was well below it. */
export const watchCapacity = ({ threshold, hysteresis }: Limits): Watch => ({
	event: FIELD,
	columns: [FIELD, 'isHigh'],
	readsProfiles: true,
	tellsCreated: false,
	tellsDeleted: false,
	initial: [0, false],
	read(profile) {
		const value = used(profile);
		return value === undefined ? undefined : [value];
	},
	compare([from, wasHigh], [to]) {
		const value = to as number;
		const isLow = value < threshold - hysteresis || value === 0;
		const isHigh = wasHigh === true ? !isLow : value >= threshold;
		const isTold = isHigh && wasHigh === false && from !== undefined && !isUnread(from);
		return {
			remembered: [value, isHigh],
			changes: isTold ? [{ field: FIELD, from, to: value }] : [],
		};
	},
});
