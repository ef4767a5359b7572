import { groupText } from '../../model/key';
import { sentences } from '../../transport/odinError';
import { listed, quoted, someOf } from '../../values/text';
import { countOf, wireText } from '../../values/wireValues';
import {
	CAPACITY_NAMES,
	isUnlimited,
	type Capacity,
	type CapacityHolder,
} from '../callCapacity/capacity';
import { isHigher, type WantedCapacity } from '../callCapacity/update';
import { provisionedDevice } from '../device';
import { planServices } from '../groupService/plan';
import { serviceNamed } from '../groupService/services';
import { changesOf as numberChanges } from '../number/change';
import { planNumbers } from '../number/plan';
import { foreignText, MAX_REFUSED } from '../number/readPlan';
import { provisionedTrunkGroup } from '../trunkGroup';
import type { TrunkOrder } from './order';
import {
	limitUsers,
	planActivation,
	planPilot,
	planSipAuthentication,
	planUser,
	planUserServices,
} from './planUsers';
import { requestOf } from './request';
import { holderOf, type TrunkState } from './state';
import { numbersText, planRecord, type PlannedStep } from './step';
import { TRUNK_GROUP_SERVICE, TRUNK_GROUP_SERVICE_ASKED } from '../groupService/trunkGroupService';

/** The whole turn-up, in its order, from what was asked and what Odin shows. Nothing is read or written here. */
export function planTurnUp(order: TrunkOrder, state: TrunkState): PlannedStep[] {
	const users = state.users.map((user) => ({ user, planned: planUser(order, state, user) }));
	limitUsers(
		state,
		users.map(({ planned }) => planned),
	);
	const steps: PlannedStep[] = [
		...planCapacity(order, state, 'serviceProvider'),
		planGroupService(order, state),
		...planCapacity(order, state, 'group'),
		...planDevice(order, state),
		planTrunkGroup(order, state),
		...planAssignment(order, state),
		...users.map(({ planned }) => planned),
		...planPilot(order, state),
		...planActivation(order, state),
		...users.flatMap(({ user }) => planUserServices(order, state, user)),
		...users.flatMap(({ user }) => planSipAuthentication(order, user)),
	];
	return steps.map((one) => (one.action ? { ...one, request: requestOf(order, one.action) } : one));
}

const CAPACITIES = {
	serviceProvider: {
		step: 'serviceProviderCapacity',
		wanted: 'serviceProviderCapacity',
	},
	group: { step: 'groupCapacity', wanted: 'groupCapacity' },
} as const;

/** What a capacity is after this run: what is higher of what is wanted and what is there. */
const effective = (
	wanted: WantedCapacity,
	present: Capacity | undefined,
	name: (typeof CAPACITY_NAMES)[number],
): number | null => {
	const now = countOf(present?.[name]);
	const value = wanted[name];
	if (value === undefined) return now;
	return now === null || isHigher(value, now) ? value : now;
};

function planCapacity(
	order: TrunkOrder,
	state: TrunkState,
	level: CapacityHolder['level'],
): PlannedStep[] {
	const { step, wanted: from } = CAPACITIES[level];
	const wanted = order[from];
	const present = state[from];
	if (Object.keys(wanted).length === 0) return [];
	const holder = holderOf(level, order.group);
	const changes = CAPACITY_NAMES.flatMap((field) => {
		const to = wanted[field];
		const now = countOf(present?.[field]);
		if (to === undefined || (now !== null && !isHigher(to, now))) return [];
		return [{ field, from: now, to }];
	});
	const subject = `the call capacity of ${holder.text}`;
	if (changes.length === 0) return [{ step, subject, outcome: 'unchanged' }];
	const over =
		level === 'group'
			? changes.find(({ field, to }) => {
					const room = effective(
						order.serviceProviderCapacity,
						state.serviceProviderCapacity,
						field,
					);
					return room !== null && !isUnlimited(room) && (isUnlimited(to) || to > room);
				})
			: undefined;
	if (over) {
		const room = effective(
			order.serviceProviderCapacity,
			state.serviceProviderCapacity,
			over.field,
		);
		const reason = `${over.field} ${over.to} is above that of the service provider, ${room}`;
		return [{ step, subject, outcome: 'blocked', changes, reason }];
	}
	const raised = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
	return [
		{
			step,
			subject,
			outcome: 'updated',
			changes,
			...(present === undefined && { reason: 'set after the service Trunk Group is assigned' }),
			action: { do: 'raise', holder, wanted: raised, before: present },
		},
	];
}

function planGroupService(order: TrunkOrder, { services }: TrunkState): PlannedStep {
	const step = 'groupService';
	const subject = `service '${TRUNK_GROUP_SERVICE}' of ${groupText(order.group)}`;
	const { changes, refused } = planServices(TRUNK_GROUP_SERVICE_ASKED, services);
	if (refused.length > 0) return { step, subject, outcome: 'blocked', reason: refused.join('; ') };
	if (changes.length === 0) return { step, subject, outcome: 'unchanged' };
	return {
		step,
		subject,
		outcome: 'updated',
		changes: changes.map((change) => ({ ...change })),
		action: { do: 'assignService', changes },
	};
}

function planDevice(order: TrunkOrder, state: TrunkState): PlannedStep[] {
	const { device } = order;
	if (!device) return [];
	const type = wireText(device.desired.fields.get('deviceType')?.value);
	return [
		planRecord('device', provisionedDevice, device, state.device, ({ outcome }) => {
			if (outcome === 'updated' && state.deviceUsers.length > 0) {
				return `it differs, and can't be changed while it has users: ${listed(state.deviceUsers)}`;
			}
			const { deviceTypes } = state;
			const isUnknown = deviceTypes.length > 0 && !deviceTypes.includes(type);
			return outcome === 'created' && isUnknown
				? `the group may not use device type ${quoted(type)}`
				: undefined;
		}),
	];
}

function planTrunkGroup(order: TrunkOrder, state: TrunkState): PlannedStep {
	const { trunkGroup } = order;
	return planRecord(
		'trunkGroup',
		provisionedTrunkGroup,
		trunkGroup,
		state.trunkGroup,
		({ outcome, changes, body }) => {
			const changesDevice = changes.some(({ field }) => field === 'accessDevice');
			if (changesDevice && state.trunkUsers.length > 0) {
				return `its device can't be changed while it has users: ${listed(state.trunkUsers)}`;
			}
			if (outcome === 'created') {
				const service = serviceNamed(state.services, TRUNK_GROUP_SERVICE, ['group']);
				const quantity = service?.quantity ?? null;
				if (quantity !== null && quantity >= 0 && (service?.usage ?? 0) >= quantity) {
					return `the group has used up its ${quantity} trunk groups`;
				}
			}
			return aboveGroup(order, state, body.maxActiveCalls);
		},
	);
}

function aboveGroup(order: TrunkOrder, state: TrunkState, calls: unknown): string | undefined {
	const room = effective(order.groupCapacity, state.groupCapacity, 'maxActiveCalls');
	const isAbove = typeof calls === 'number' && room !== null && !isUnlimited(room) && calls > room;
	return isAbove
		? `maxActiveCalls ${calls} is above the call capacity of the group, ${room}`
		: undefined;
}

function planAssignment(order: TrunkOrder, state: TrunkState): PlannedStep[] {
	const step = 'numbers';
	if (order.numbers.length === 0) return [];
	const subject = numbersText(state.requested, groupText(order.group));
	const { toChange, foreign } = planNumbers('assign', order.group, state.requested, state.owned);
	const ofOthers = foreign.map(foreignText);
	const reasons = [
		...(ofOthers.length > 0 ? [someOf(ofOthers, '; ', MAX_REFUSED)] : []),
		...(state.numbersRefused === undefined ? [] : [state.numbersRefused]),
	];
	if (reasons.length > 0) {
		return [{ step, subject, outcome: 'blocked', reason: reasons.reduce(sentences) }];
	}
	if (toChange.length === 0) return [{ step, subject, outcome: 'unchanged' }];
	return [
		{
			step,
			subject,
			outcome: 'updated',
			changes: numberChanges('assign', order.group, toChange),
			action: { do: 'numbers', change: 'assign', ranges: toChange },
		},
	];
}
