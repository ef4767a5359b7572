import { isSameName } from '../../model/equivalence';
import { groupText, keyShown, recordText, type GroupKey, type Key } from '../../model/key';
import type { Profile } from '../../provisioning/read';
import { MASK } from '../../secrets/redact';
import { quoted } from '../../values/text';
import { nameOf, wireText } from '../../values/wireValues';
import { serviceNamed } from '../groupService/services';
import { changesOf as numberChanges } from '../number/change';
import { disjoint, joined, rangeText, split, type NumberRange } from '../number/range';
import { provisionedTrunkGroup } from '../trunkGroup';
import { provisionedUser } from '../user';
import { changesOf as serviceChangesOf } from '../user/services';
import { connectionOf } from '../user/trunk';
import type { TrunkOrder } from './order';
import { isInUse, servicesOf, type TrunkState, type UserState } from './state';
import { numbersText, planRecord, type PlannedStep } from './step';
import { linePortOf } from './wantedUser';

/** Numbers of the row and of its users. */
const allNumbers = ({ requested, users }: TrunkState): NumberRange[] =>
	joined([...requested, ...users.flatMap(({ range }) => range ?? [])]);

export function planUser(order: TrunkOrder, state: TrunkState, user: UserState): PlannedStep {
	const { profile, wanted } = user;
	return planRecord('user', provisionedUser, wanted, profile, () => {
		if (profile) {
			const elsewhere = otherPlace(order.key, wanted.key, profile);
			if (elsewhere !== undefined) return elsewhere;
		}
		return (
			numberTaken(order, state, user) ??
			extensionTaken(state, user) ??
			linePortTaken(order.group, state, user)
		);
	});
}

/** Why a user is not one for this trunk: of another group, or on something else. */
export const otherPlace = (trunk: Key, key: Key, profile: Profile): string | undefined =>
	otherGroup(key, profile) ?? otherConnection(trunk, profile);

function otherConnection(trunk: Key, profile: Profile): string | undefined {
	const now = connectionOf(profile);
	if (now.through === 'device') return `the user is on device ${quoted(now.name)}`;
	return now.through === 'trunkGroup' && !isSameName(trunk.id, now.name)
		? `the user is on trunk group ${quoted(now.name)}`
		: undefined;
}

function otherGroup(key: Key, profile: Profile): string | undefined {
	const shown = keyShown(provisionedUser, key, profile);
	const isOwn =
		isSameName(key.serviceProviderId, shown.serviceProviderId) &&
		isSameName(key.groupId, shown.groupId);
	return isOwn ? undefined : `the user belongs to ${groupText(shown)}`;
}

function numberTaken(
	order: TrunkOrder,
	{ owned, requested, numberUsers }: TrunkState,
	user: UserState,
): string | undefined {
	const { range, numberRefused, wanted } = user;
	if (numberRefused !== undefined) return `phoneNumber ${numberRefused}`;
	if (!range) return undefined;
	const [found] = split([range], owned).inside;
	const isOfGroup = found?.other.groupId === order.group.groupId;
	if (!isOfGroup && split([range], requested).inside.length === 0) {
		return `number ${rangeText(range)} is not one of the group: name it in 'Numbers', too`;
	}
	if (!isOfGroup || !isInUse(user, owned)) return undefined;
	const [used] = split([range], disjoint(numberUsers)).inside;
	const owner = used?.other.user.userId ?? null;
	if (owner !== null && isSameName(owner, wanted.key.id)) return undefined;
	return `number ${rangeText(range)} is in use by ${owner === null ? 'another user' : `user ${quoted(owner)}`}`;
}

function extensionTaken({ extensions }: TrunkState, { wanted }: UserState): string | undefined {
	const extension = wireText(wanted.desired.fields.get('extension')?.value);
	const owner = extension === '' ? undefined : extensions.get(extension);
	return owner === undefined || isSameName(owner, wanted.key.id)
		? undefined
		: `extension ${quoted(extension)} is in use by user ${quoted(owner)}`;
}

function linePortTaken(
	group: GroupKey,
	{ linePorts }: TrunkState,
	user: UserState,
): string | undefined {
	const linePort = linePortOf(user);
	const owner = linePorts.get(linePort.toLowerCase());
	if (!owner || isSameName(owner.userId, user.wanted.key.id)) return undefined;
	const { place, userId } = owner;
	const isHere =
		isSameName(group.serviceProviderId, place.serviceProviderId) &&
		isSameName(group.groupId, place.groupId);
	const where = isHere ? '' : ` of ${groupText(place)}`;
	return `line port ${quoted(linePort)} is in use by user ${quoted(userId)}${where}`;
}

/** New users beyond the limit of the group are blocked. */
export function limitUsers({ userLimit, userCount }: TrunkState, steps: PlannedStep[]): void {
	if (userLimit === null || userLimit < 0) return;
	let room = userLimit - userCount;
	for (const step of steps) {
		if (step.outcome !== 'created') continue;
		room -= 1;
		if (room >= 0) continue;
		delete step.action;
		step.outcome = 'blocked';
		step.reason = `the group may have ${userLimit} users and has ${userCount}`;
	}
}

export function planPilot(order: TrunkOrder, state: TrunkState): PlannedStep[] {
	const { pilot } = order;
	if (pilot === undefined) return [];
	const step = 'pilot';
	const ids = state.users.map(({ wanted }) => wanted.key.id);
	const subject = `the pilot user of ${recordText(provisionedTrunkGroup, order.key)}`;
	// Users that would be made from blocked numbers are not known, and the first may be one of them.
	const isIncomplete = state.numbersRefused !== undefined && order.templates !== undefined;
	const isFirstKnown = !isIncomplete || order.users.length > 0;
	const to = pilot !== 'first' ? pilot : isFirstKnown ? ids[0] : undefined;
	const isUser = [...ids, ...state.trunkUsers].some((id) => to !== undefined && isSameName(to, id));
	if (isIncomplete && !isUser) {
		const reason = 'the users are not known while numbers are blocked';
		return [{ step, subject, outcome: 'skipped', reason }];
	}
	if (to === undefined || !isUser) {
		const reason = `${quoted(to ?? pilot)} is no user of the trunk`;
		return [{ step, subject, outcome: 'blocked', reason }];
	}
	const before = nameOf(state.trunkGroup?.pilotUserId);
	if (before !== null && isSameName(before, to)) return [{ step, subject, outcome: 'unchanged' }];
	const changes = [{ field: 'pilotUserId', from: before, to }];
	return [{ step, subject, outcome: 'updated', changes, action: { do: 'pilot', to, before } }];
}

export function planActivation(order: TrunkOrder, state: TrunkState): PlannedStep[] {
	const ranges = order.activates ? allNumbers(state) : [];
	if (ranges.length === 0) return [];
	const step = 'activation';
	const subject = numbersText(ranges, groupText(order.group));
	const { inside, outside } = split(ranges, state.owned);
	const isActive = ({ other }: (typeof inside)[number]) =>
		other.groupId === order.group.groupId && other.activated;
	const toChange = joined([
		...outside,
		...inside.filter((one) => !isActive(one)).map(({ part }) => part),
	]);
	if (toChange.length === 0) return [{ step, subject, outcome: 'unchanged' }];
	return [
		{
			step,
			subject,
			outcome: 'updated',
			changes: numberChanges('activate', order.group, toChange),
			action: { do: 'numbers', change: 'activate', ranges: toChange },
		},
	];
}

export function planUserServices(
	order: TrunkOrder,
	state: TrunkState,
	user: UserState,
): PlannedStep[] {
	const wanted = servicesOf(order);
	if (!wanted) return [];
	const userId = user.wanted.key.id;
	const step = 'userServices';
	const subject = `the services of user ${quoted(userId)}`;
	if (typeof user.services === 'string') {
		return [{ step, subject, outcome: 'blocked', reason: user.services }];
	}
	const changes = user.services
		? serviceChangesOf(user.services.changes)
		: Object.entries(wanted).flatMap(([field, { add }]) =>
				add.map((serviceName) => ({ field, serviceName, from: false, to: true })),
			);
	if (changes.length === 0) return [{ step, subject, outcome: 'unchanged' }];
	const names = changes.map(({ serviceName }) => String(serviceName));
	const reason = notToBeHad(state, names);
	if (reason !== undefined) return [{ step, subject, outcome: 'blocked', changes, reason }];
	const action = { do: 'services' as const, userId, wanted, isNew: !user.profile };
	return [{ step, subject, outcome: 'updated', changes, action }];
}

/** Why the group can't give a service to all users of the row who lack it. */
function notToBeHad({ services, users }: TrunkState, names: readonly string[]): string | undefined {
	for (const name of names) {
		const service = serviceNamed(services, name, ['user', 'pack']);
		if (!service?.authorized) return `${quoted(name)} is not authorized for the group`;
		const lacking = users.filter(
			({ services: plan }) =>
				!plan ||
				(typeof plan !== 'string' && plan.changes.some((one) => isSameName(name, one.serviceName))),
		).length;
		const { quantity, usage } = service;
		if (quantity !== null && quantity >= 0 && (usage ?? 0) + lacking > quantity) {
			return `the group has ${quantity} of ${quoted(name)}, ${usage ?? 0} are in use, and ${lacking} more are needed`;
		}
	}
	return undefined;
}

export function planSipAuthentication(order: TrunkOrder, user: UserState): PlannedStep[] {
	if (!order.setsSipAuthentication) return [];
	const userId = user.wanted.key.id;
	const step = 'userSipAuthentication';
	const subject = `the SIP authentication of user ${quoted(userId)}`;
	const { presentSipUserName, hasAuthentication } = user;
	if (presentSipUserName !== '' && !order.renewsSipAuthentication) {
		return [{ step, subject, outcome: 'unchanged' }];
	}
	const userName = user.sipUserName;
	return [
		{
			step,
			subject,
			outcome: 'updated',
			changes: [
				{
					field: 'sipAuthenticationUserName',
					from: presentSipUserName || null,
					to: userName,
				},
				{ field: 'sipAuthenticationPassword', from: null, to: MASK },
			],
			action: {
				do: 'sipAuthentication',
				userId,
				userName,
				before: presentSipUserName,
				hadService: hasAuthentication,
			},
		},
	];
}
