import type { Network } from '../../../simulator';
import type { TrunkGroup } from '../../../simulator/network/records';
import { OUTSIDE, SITUATIONS } from './network';

interface Target {
	serviceProviderId: string;
	groupId: string;
	name: string;
}

const targetOf = (trunkGroup: TrunkGroup, situation: string): Target | undefined =>
	trunkGroup[`${situation}RerouteTrunkGroupKey`] as Target | undefined;

/** Where its reroutes lead that are in use. */
const routesOf = (trunkGroup: TrunkGroup): Target[] =>
	SITUATIONS.flatMap((situation) => {
		const target = targetOf(trunkGroup, situation);
		return target && trunkGroup[`${situation}Action`] === 'Reroute' ? [target] : [];
	});

const find = (network: Network, { serviceProviderId, groupId, name }: Target) =>
	network.trunkGroup(serviceProviderId, groupId, name);

function isInLoop(network: Network, start: TrunkGroup): boolean {
	const seen = new Set<TrunkGroup>();
	const next = [start];
	for (const one of next) {
		for (const target of routesOf(one)) {
			const found = find(network, target);
			if (found === start) return true;
			if (!found || seen.has(found)) continue;
			seen.add(found);
			next.push(found);
		}
	}
	return false;
}

const isAbove = (limit: number, most: number | undefined): boolean =>
	most !== undefined && most !== -1 && limit > most;

/** By the records alone: which rule finds how often something of a trunk group, or of its group. */
export function truthOf(network: Network, serviceProviderId: string, groupId: string): string[] {
	const found: string[] = [];
	for (const trunkGroup of network.trunkGroups(serviceProviderId, groupId)) {
		const tell = (rule: string, isSo: boolean): void => {
			if (isSo) found.push(`${rule} ${groupId} ${trunkGroup.name}`);
		};
		const actions = SITUATIONS.map((situation) => trunkGroup[`${situation}Action`]);
		tell('unscreenedCalls', trunkGroup.allowUnscreenedCalls === true);
		tell('noAuthentication', trunkGroup.requireAuthentication === false);
		tell('noPilot', trunkGroup.pilotUserId === undefined);
		tell(
			'noFailOver',
			actions.slice(1).every((action) => action === undefined),
		);
		tell('rerouteLoop', isInLoop(network, trunkGroup));
		const limits = [
			network.callCapacity(serviceProviderId, groupId)?.maxActiveCalls,
			network.callCapacity(serviceProviderId)?.maxActiveCalls,
		];
		tell(
			'limitAboveCeiling',
			limits.some((limit) => isAbove(trunkGroup.maxActiveCalls, limit)),
		);
		for (const target of routesOf(trunkGroup)) {
			const there = find(network, target);
			tell('danglingTarget', there === undefined);
			tell('targetWithoutDevice', there !== undefined && there.accessDevice === undefined);
		}
		for (const [at, situation] of SITUATIONS.entries()) {
			const address = trunkGroup[`${situation}ForwardAddress`];
			tell('forwardOutside', actions[at] === 'Forward' && address === OUTSIDE);
		}
		for (const user of network.trunkUsers(trunkGroup)) {
			tell('userWithoutNumber', user.phoneNumber === undefined);
		}
	}
	const users = network.stores.users.all({ serviceProviderId, groupId });
	for (const { phoneNumber } of network.stores.numbers.all({ serviceProviderId, groupId })) {
		if (!users.some((user) => user.phoneNumber === phoneNumber)) {
			found.push(`numberWithoutUser ${groupId} null`);
		}
	}
	return found.sort();
}

/** By the records alone: who names a trunk group, and in which field. */
export const referencesTo = (network: Network, to: Target): string[] =>
	network
		.trunkGroups(to.serviceProviderId)
		.flatMap((trunkGroup) =>
			SITUATIONS.flatMap((situation) => {
				const target = targetOf(trunkGroup, situation);
				const isIt = target?.groupId === to.groupId && target.name === to.name;
				const { groupId, name } = trunkGroup;
				return isIt ? [`${groupId} ${name} ${situation}RerouteTrunkGroupKey`] : [];
			}),
		)
		.sort();
