import type { Body } from '../contract/convertBody';
import { TRUNK_GROUP } from '../contract/resourceContract';
import { findServiceProvider, findTrunkingGroup, groupKeyIn } from '../network/lookUp';
import type { HostedUser, TrunkGroup } from '../network/records';
import { malformed, refused } from '../odinErrors';
import type { Collection, Query } from '../routes/collection';
import { isAtLeast, isSystemAdmin } from '../session/rights';
import type { Simulation } from '../simulation';
import { hostedUserRow } from '../users/rows';
import { addPilotUser } from './pilotUser';
import { profileOf } from './profile';
import { checkTrunkGroup, hasUsers } from './rules';

export function trunkGroups(simulation: Simulation): Collection<TrunkGroup> {
	const { network, switches } = simulation;
	const { trunkGroups: store, users } = network.stores;

	const hostedUsers = (rows: HostedUser[]) =>
		rows.map(({ userId }) => {
			const user = users.find({ userId });
			return user ? hostedUserRow(user) : { userId };
		});

	return {
		contract: TRUNK_GROUP,
		store,
		add: (trunkGroup) => network.addTrunkGroup(trunkGroup),
		spell: (name) => network.spell(name),
		requirePlace: (key) => void findTrunkingGroup(network, groupKeyIn(key)),
		prepare: (body) => withoutEmptyCredentials(body, store.find(body)),
		stored: (fields) => {
			const rows = hostedRowsIn(fields);
			return rows === undefined ? {} : { users: hostedUsers(rows ?? []) };
		},
		check: (change) =>
			checkTrunkGroup(network, {
				...change,
				isSystemAdmin: isSystemAdmin(switches.administrator),
				enforceSipPasswordRules: switches.enforceSipPasswordRules,
			}),
		accompany: ({ fields, record, before }) => {
			if (before) {
				for (const user of network.trunkUsers(before)) user.trunkGroup = record.name;
			} else if (fields.pilotUser) {
				addPilotUser(network, record, fields.pilotUser as Body);
			}
		},
		release: (trunkGroup) => {
			if (trunkGroup.pilotUserId !== undefined) {
				throw refused('The trunk group has a pilot user: remove the pilot user first');
			}
			if (hasUsers(network, trunkGroup)) {
				throw refused('The trunk group has users assigned: remove the users first');
			}
		},
		list: (query) => {
			const { serviceProviderId, groupId } = findTrunkingGroup(network, groupKeyIn(query));
			const wholeEnterprise =
				flag(query, 'includeEnterpriseTrunkGroups') &&
				findServiceProvider(network, groupKeyIn(query)).isEnterprise &&
				isAtLeast(switches.administrator, 'Service Provider');
			const onlyWithDevice = flag(query, 'onlyTrunkGroupsWithDevice');
			return network
				.trunkGroups(serviceProviderId, wholeEnterprise ? undefined : groupId)
				.filter(({ accessDevice }) => !onlyWithDevice || accessDevice !== undefined);
		},
		row: (trunkGroup) => ({
			name: trunkGroup.name,
			department: trunkGroup.department?.name ?? null,
			deviceName: trunkGroup.accessDevice?.deviceName ?? null,
			deviceLevel: trunkGroup.accessDevice?.deviceLevel ?? null,
			groupId: trunkGroup.groupId,
			serviceProviderId: trunkGroup.serviceProviderId,
		}),
		profile: (trunkGroup) => profileOf(trunkGroup, switches),
	};
}

/** The hosted users of a body, null for none. BroadWorks has other names for them; whether Odin takes these is unknown. */
function hostedRowsIn({
	users,
	hostedUserId,
	hostedUserIdList,
}: Body): HostedUser[] | null | undefined {
	const ids = hostedUserId ?? (hostedUserIdList as { hostedUserId?: unknown } | null)?.hostedUserId;
	if (Array.isArray(ids)) return ids.map((userId) => ({ userId: String(userId) }));
	return hostedUserIdList === null ? null : (users as HostedUser[] | null | undefined);
}

// odins_spear sends "" for both when it was given none.
function withoutEmptyCredentials(body: Body, stored: TrunkGroup | undefined): Body {
	const required = body.requireAuthentication ?? stored?.requireAuthentication ?? false;
	if (required === true) return body;
	const isEmptyCredential = ([name, value]: [string, unknown]) =>
		value === '' && /^sipAuthentication(UserName|Password)$/.test(name);
	return Object.fromEntries(Object.entries(body).filter((entry) => !isEmptyCredential(entry)));
}

function flag(
	query: Query,
	name: 'includeEnterpriseTrunkGroups' | 'onlyTrunkGroupsWithDevice',
): boolean {
	const value = query[name] ?? 'false';
	if (!['true', 'false', '1', '0'].includes(value))
		throw malformed(`${name} must be true or false`);
	return value === 'true' || value === '1';
}
