import { requireDependencies } from '../contract/field';
import { atPlace, ENTERPRISE_TRUNK, profileIn } from '../contract/resourceContract';
import { findGroup, findServiceProvider, groupKeyIn } from '../network/lookUp';
import type { Network } from '../network/network';
import type { EnterpriseTrunk } from '../network/records';
import { missingKey, notFound, refused } from '../odinErrors';
import type { Change, Collection } from '../routes/collection';

/** How enterprise trunks of a level are addressed. */
const CONTRACTS = {
	Enterprise: atPlace(ENTERPRISE_TRUNK, {
		path: '/service-providers/enterprise-trunks',
		key: ['serviceProviderId', 'enterpriseTrunkName'],
	}),
	Group: ENTERPRISE_TRUNK,
} as const;

export const ENTERPRISE_TRUNK_LEVELS = ['Enterprise', 'Group'] as const;

/** Enterprises have them as a whole, so that they join trunk groups of several groups; other service providers in a group. */
export function enterpriseTrunks(
	network: Network,
	level: keyof typeof CONTRACTS,
): Collection<EnterpriseTrunk> {
	const { enterpriseTrunks: store, trunkGroups } = network.stores;

	const requirePlace = (place: Readonly<Record<string, unknown>>): void => {
		const key = groupKeyIn(place);
		if (level === 'Group') findGroup(network, key);
		const { isEnterprise } = findServiceProvider(network, key);
		if (isEnterprise && level === 'Group') {
			throw refused(
				`${key.serviceProviderId} is an enterprise: its groups have no enterprise trunks`,
			);
		}
		if (!isEnterprise && level === 'Enterprise') {
			throw refused(`${key.serviceProviderId} is no enterprise: its groups have enterprise trunks`);
		}
	};

	const check = ({ record }: Change<EnterpriseTrunk>): void => {
		const { orderedRouting, priorityWeightedRouting, serviceProviderId } = record;
		if ((orderedRouting === undefined) === (priorityWeightedRouting === undefined)) {
			throw refused('An enterprise trunk has either orderedRouting or priorityWeightedRouting');
		}
		requireDependencies(ENTERPRISE_TRUNK.fields, record);
		for (const { trunkGroupName, groupId = record.groupId } of record.trunkGroups ?? []) {
			if (groupId === undefined) throw missingKey('trunkGroups.groupId');
			if (!trunkGroups.find({ serviceProviderId, groupId, name: trunkGroupName })) {
				throw notFound('Trunk Group', `${groupId}/${trunkGroupName}`, 400);
			}
		}
	};

	const routingType = ({ orderedRouting }: EnterpriseTrunk): string =>
		orderedRouting === undefined ? 'Priority Weighted' : 'Ordered';

	return {
		contract: CONTRACTS[level],
		store,
		add: (trunk) => network.addEnterpriseTrunk(trunk),
		spell: (name) => network.spell(name),
		requirePlace,
		check,
		list: (query) => {
			requirePlace(query);
			const { serviceProviderId, groupId } = query;
			return store.all({ serviceProviderId, groupId });
		},
		// Which trunk groups it has stands in its profile alone.
		row: (trunk) => ({
			enterpriseTrunkName: trunk.enterpriseTrunkName,
			routingType: routingType(trunk),
			serviceProviderId: trunk.serviceProviderId,
			groupId: trunk.groupId,
		}),
		profile: (trunk) =>
			profileIn(
				ENTERPRISE_TRUNK,
				{ trunkGroups: [], ...trunk, routingType: routingType(trunk) },
				false,
			),
	};
}
