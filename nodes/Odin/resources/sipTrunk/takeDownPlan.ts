import { isSameName } from '../../model/equivalence';
import { groupText, recordText } from '../../model/key';
import { changesOf } from '../../provisioning/preview';
import { listed, quoted, someOf } from '../../values/text';
import { wireText } from '../../values/wireValues';
import { provisionedDevice } from '../device';
import { isOfGroup } from '../device/users';
import { changesOf as numberChanges } from '../number/change';
import { planNumbers } from '../number/plan';
import { joined, rangesText, rangeText, split, type NumberRange } from '../number/range';
import type { DetailedRange } from '../number/read';
import { foreignText } from '../number/readPlan';
import { provisionedTrunkGroup } from '../trunkGroup';
import { provisionedUser } from '../user';
import { OFF_TRUNK } from '../user/trunk';
import { otherPlace } from './planUsers';
import { removalRequestOf } from './request';
import { numbersText, type PlannedStep, type Removal } from './step';
import type { TakeDownOrder } from './takeDownOrder';
import { isOnTrunk, type LeavingUser, type TakeDownState } from './takeDownState';
import { deviceOf } from './trunk';

export type RemovingStep = PlannedStep<Removal>;

/** The whole take-down, in its order, from what was asked and what Odin shows. Nothing is read or written here. */
export function planTakeDown(order: TakeDownOrder, state: TakeDownState): RemovingStep[] {
	const steps = [
		...planPilot(order, state),
		...state.users.flatMap((user) => {
			const step = planUser(order, user);
			return [step, ...(step.outcome === 'blocked' ? [] : planOwnNumbers(order, state, user))];
		}),
		...planFreeNumbers(order, state),
		planTrunkGroup(order, state),
		...planDevice(order, state),
	];
	return steps.map((one) =>
		one.action ? { ...one, request: removalRequestOf(order, one.action) } : one,
	);
}

function planPilot({ key }: TakeDownOrder, { trunkGroup, usage }: TakeDownState): RemovingStep[] {
	if (!trunkGroup) return [];
	const step = 'pilot';
	const subject = `the pilot user of ${recordText(provisionedTrunkGroup, key)}`;
	const { pilotUserId } = usage;
	if (pilotUserId === '') return [{ step, subject, outcome: 'unchanged' }];
	const changes = [{ field: 'pilotUserId', from: pilotUserId, to: null }];
	return [{ step, subject, outcome: 'updated', changes, action: { do: 'clearPilot' } }];
}

function planUser({ key: trunk, alsoRemove }: TakeDownOrder, user: LeavingUser): RemovingStep {
	const { key, profile } = user;
	const step = 'user';
	const subject = recordText(provisionedUser, key);
	if (!profile) return { step, subject, outcome: 'unchanged' };
	const reason = otherPlace(trunk, key, profile);
	if (reason !== undefined) return { step, subject, outcome: 'blocked', reason };
	if (alsoRemove.has('users')) {
		const action = { do: 'delete' as const, model: provisionedUser, key };
		return { step, subject, outcome: 'removed', action };
	}
	if (!isOnTrunk(trunk, profile)) return { step, subject, outcome: 'unchanged' };
	const changes = changesOf(
		Object.entries(OFF_TRUNK).map(([field, wanted]) => {
			const stored = (profile[field] ?? null) as typeof wanted;
			return { field, wanted, stored };
		}),
	);
	return { step, subject, outcome: 'updated', changes, action: { do: 'takeOff', userId: key.id } };
}

/** Whether the numbers of users go with them. */
const takesOwn = ({ alsoRemove }: TakeDownOrder): boolean =>
	alsoRemove.has('numbers') && alsoRemove.has('users');

/** The numbers of a user that is deleted, also by an earlier try. */
function planOwnNumbers(
	order: TakeDownOrder,
	{ owned, details }: TakeDownState,
	{ key, ranges }: LeavingUser,
): RemovingStep[] {
	if (!takesOwn(order) || ranges.length === 0) return [];
	const step = 'numbers';
	const subject = numbersText(ranges, recordText(provisionedUser, key));
	const [taken] = split(ranges, details).inside.filter(
		({ other: { user } }) => user.userId !== null && !isSameName(key.id, user.userId),
	);
	if (taken) {
		const reason = `${rangeText(taken.part)} belongs to user ${quoted(wireText(taken.other.user.userId))}`;
		return [{ step, subject, outcome: 'blocked', reason }];
	}
	const toChange = split(ranges, owned)
		.inside.filter((one) => one.other.groupId === order.group.groupId)
		.map(({ part }) => part);
	return [unassigned(order, { step, subject }, joined(toChange))];
}

function unassigned(
	{ group }: TakeDownOrder,
	step: Pick<RemovingStep, 'step' | 'subject'>,
	ranges: NumberRange[],
): RemovingStep {
	if (ranges.length === 0) return { ...step, outcome: 'unchanged' };
	const changes = numberChanges('unassign', group, ranges);
	return { ...step, outcome: 'removed', changes, action: { do: 'unassign', ranges } };
}

/** The numbers that the row names and that no user has who is deleted. */
function planFreeNumbers(order: TakeDownOrder, state: TakeDownState): RemovingStep[] {
	const { group, alsoRemove } = order;
	if (!alsoRemove.has('numbers') || order.numbers.length === 0) return [];
	const step = 'numbers';
	const { requested, owned, details, users } = state;
	if (typeof requested === 'string') {
		const subject = numbersText([], groupText(group));
		return [{ step, subject, outcome: 'blocked', reason: requested }];
	}
	const own = takesOwn(order) ? joined(users.flatMap(({ ranges }) => ranges)) : [];
	const others = split(requested, own).outside;
	if (others.length === 0) return [];
	const subject = numbersText(others, groupText(group));
	const { toChange, foreign, inUse } = planNumbers('unassign', group, others, owned);
	const used = split(joined(inUse), details);
	const ofGone = used.inside.filter(({ other: { user } }) => isGone(users, user.userId));
	const reasons = [
		...foreign.map(foreignText),
		...used.inside.filter((one) => !ofGone.includes(one)).map(keptBy),
		...(used.outside.length > 0 ? [`${rangesText(used.outside)} is in use`] : []),
	];
	if (reasons.length > 0) {
		return [{ step, subject, outcome: 'blocked', reason: someOf(reasons, '; ') }];
	}
	const free = joined([...toChange, ...ofGone.map(({ part }) => part)]);
	return [unassigned(order, { step, subject }, free)];
}

/** What answers may lag behind the deletion of a user by an earlier run. */
const isGone = (users: readonly LeavingUser[], userId: string | null): boolean =>
	users.some(({ key, profile }) => !profile && userId !== null && isSameName(key.id, userId));

/** A number of a user who stays. */
const keptBy = ({ part, other: { user } }: { part: NumberRange; other: DetailedRange }): string =>
	`${rangeText(part)} ${user.userId === null ? 'is in use' : `belongs to user ${quoted(user.userId)}, who stays`}`;

function planTrunkGroup(
	{ key }: TakeDownOrder,
	{ trunkGroup, usage }: TakeDownState,
): RemovingStep {
	const step = 'trunkGroup';
	const subject = recordText(provisionedTrunkGroup, key);
	if (!trunkGroup) return { step, subject, outcome: 'unchanged' };
	const { hostedUserIds } = usage;
	const hasHostedUsers = hostedUserIds.length > 0;
	const from = hostedUserIds.map((userId) => ({ userId }));
	return {
		step,
		subject,
		outcome: 'removed',
		...(hasHostedUsers && { changes: [{ field: 'users', from, to: [] }] }),
		action: { do: 'delete', model: provisionedTrunkGroup, key, hasHostedUsers },
	};
}

function planDevice(order: TakeDownOrder, state: TakeDownState): RemovingStep[] {
	const { group, alsoRemove, deviceName } = order;
	if (!alsoRemove.has('device')) return [];
	const { trunkGroup, device } = state;
	const own = trunkGroup && deviceOf(trunkGroup);
	const id = device?.key.id ?? own?.deviceName;
	if (id === undefined) return [];
	const step = 'device';
	const subject = recordText(provisionedDevice, { ...group, id: deviceName || id });
	if (own && deviceName !== '' && !isSameName(deviceName, own.deviceName)) {
		const reason = `the trunk group is on device ${quoted(own.deviceName)}`;
		return [{ step, subject, outcome: 'blocked', reason }];
	}
	if (own?.ofGroup === false || (device?.profile && !isOfGroup(device.profile))) {
		return [{ step, subject, outcome: 'skipped', reason: 'it is no device of the group' }];
	}
	if (!device?.profile) return [{ step, subject, outcome: 'unchanged' }];
	const { users, trunkGroups, key } = device;
	const uses = [
		...(trunkGroups.length > 0 ? [`trunk groups are on it: ${listed(trunkGroups)}`] : []),
		...(users.length > 0 ? [`it has users: ${listed(users)}`] : []),
	];
	if (uses.length > 0) return [{ step, subject, outcome: 'skipped', reason: uses.join('; ') }];
	const action = { do: 'delete' as const, model: provisionedDevice, key };
	return [{ step, subject, outcome: 'removed', action }];
}
