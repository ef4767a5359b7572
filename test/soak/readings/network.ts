import type { Network } from '../../../simulator';
import { Dice } from '../dice';

export interface Group {
	serviceProviderId: string;
	groupId: string;
}

const ENTERPRISES = 2;
const GROUPS = 3;
const TRUNK_GROUPS = 5;

export const SITUATIONS = [
	'callForwardingAlways',
	'capacityExceeded',
	'unreachableDestination',
] as const;

/** A number of nobody in this network. */
export const OUTSIDE = '+12125550100';

/** Groups in which there is much to find. */
export function arrangeGroups(network: Network, seed: number): Group[] {
	const groups = Array.from({ length: ENTERPRISES * GROUPS }, (_, index): Group => {
		const enterprise = index % ENTERPRISES;
		return { serviceProviderId: `read-ent-${enterprise}`, groupId: `read-${index}` };
	});
	for (const [index, group] of groups.entries()) {
		const { serviceProviderId } = group;
		const dice = new Dice(seed, 'read', index);
		const limit = (): number => dice.between(20, 60);
		if (!network.serviceProvider(serviceProviderId)) {
			network.addServiceProvider({
				serviceProviderId,
				callCapacity: { maxActiveCalls: limit(), burstingMaxActiveCalls: -1 },
			});
		}
		network.addGroup({
			...group,
			callCapacity: { maxActiveCalls: limit(), burstingMaxActiveCalls: 0 },
		});
		network.addDevice({ ...group, deviceName: 'fixed', netAddress: '192.0.2.1' });
		network.addDevice({ ...group, deviceName: 'anywhere' });
		const first = `+1-513${3_000_000 + index * 100}`;
		if (dice.chance(0.6)) network.addNumbers({ ...group, min: first });
		const peers = groups.filter((other) => other.serviceProviderId === serviceProviderId);
		for (let at = 0; at < TRUNK_GROUPS; at += 1)
			addTrunkGroup(network, group, { at, index, peers, dice });
	}
	return groups;
}

function addTrunkGroup(
	network: Network,
	group: Group,
	{ at, index, peers, dice }: { at: number; index: number; peers: Group[]; dice: Dice },
): void {
	const name = `trunk-${at}`;
	const deviceName = dice.weighted([
		{ deviceName: 'fixed', weight: 2 },
		{ deviceName: 'anywhere', weight: 1 },
		{ deviceName: undefined, weight: 1 },
	]).deviceName;
	const fields: Record<string, unknown> = {
		allowUnscreenedCalls: dice.chance(0.3),
		requireAuthentication: dice.chance(0.5),
		maxActiveCalls: dice.between(1, 70),
		...(deviceName && { accessDevice: { deviceName, deviceLevel: 'Group' } }),
	};
	for (const situation of SITUATIONS) {
		if (dice.chance(0.35)) {
			const target = peers[dice.between(0, peers.length - 1)]!;
			const isIdle = dice.chance(0.2);
			fields[`${situation}Action`] = isIdle ? undefined : 'Reroute';
			fields[`${situation}RerouteTrunkGroupKey`] = {
				...target,
				name: dice.chance(0.15) ? 'gone' : `trunk-${dice.between(0, TRUNK_GROUPS - 1)}`,
			};
		} else if (dice.chance(0.3)) {
			fields[`${situation}Action`] = 'Forward';
			fields[`${situation}ForwardAddress`] = dice.chance(0.5) ? OUTSIDE : '5001';
		}
	}
	const userId = `read-${index}-${at}@example.com`;
	if (dice.chance(0.6)) {
		const phoneNumber = `+1-513${3_000_000 + index * 100 + 10 + at}`;
		const hasNumber = dice.chance(0.5);
		if (hasNumber) network.addNumbers({ ...group, min: phoneNumber });
		network.addUser({ ...group, userId, trunkGroup: name, ...(hasNumber && { phoneNumber }) });
		if (dice.chance(0.6)) fields.pilotUserId = userId;
	}
	network.addTrunkGroup({ ...group, name, ...fields });
}
