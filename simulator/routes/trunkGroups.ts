import type { FastifyInstance, FastifyReply } from 'fastify';

import { checkBody } from '../contract/checkBody';
import type { Body } from '../contract/convertBody';
import {
	findServiceProvider,
	findTrunkGroup,
	findTrunkingGroup,
	type GroupKey,
	type TrunkGroupKey,
} from '../network/lookUp';
import type { TrunkGroup } from '../network/records';
import { malformed } from '../odinErrors';
import { isAtLeast, isSystemAdmin } from '../session/rights';
import type { Simulation } from '../simulation';
import { listRowOf, profileOf } from '../trunkGroups/profile';
import { CREATE_BODY, UPDATE_BODY } from '../trunkGroups/writableFields';
import { createTrunkGroup, deleteTrunkGroup, updateTrunkGroup } from '../trunkGroups/write';
import { GROUP_QUERY, TRUNK_GROUP_QUERY } from './queries';

interface ListQuery extends GroupKey {
	name?: string;
	includeEnterpriseTrunkGroups?: string;
	onlyTrunkGroupsWithDevice?: string;
}

const PATH = '/groups/trunk-groups';

export function addTrunkGroupRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	const circumstances = () => ({
		isSystemAdmin: isSystemAdmin(switches.administrator),
		enforceSipPasswordRules: switches.enforceSipPasswordRules,
	});
	const answer = (reply: FastifyReply, trunkGroup: TrunkGroup) =>
		switches.quietProfiles ? reply.send() : reply.send(profileOf(trunkGroup, switches));

	app.get<{ Querystring: ListQuery }>(
		PATH,
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { name } = query;
			if (name !== undefined)
				return profileOf(findTrunkGroup(network, { ...query, name }), switches);
			return list(query).map(listRowOf);
		},
	);

	const list = (query: ListQuery): TrunkGroup[] => {
		const { serviceProviderId, groupId } = findTrunkingGroup(network, query);
		const wholeEnterprise =
			flag(query, 'includeEnterpriseTrunkGroups') &&
			findServiceProvider(network, query).isEnterprise &&
			isAtLeast(switches.administrator, 'Service Provider');
		const trunkGroups = network.trunkGroups(
			serviceProviderId,
			wholeEnterprise ? undefined : groupId,
		);
		const onlyWithDevice = flag(query, 'onlyTrunkGroupsWithDevice');
		return trunkGroups.filter(({ accessDevice }) => !onlyWithDevice || accessDevice !== undefined);
	};

	app.post(PATH, async (request, reply) => {
		const fields = checkBody(request, CREATE_BODY, {
			strict: switches.strict,
			prepare: (body) => withoutEmptyCredentials(body, undefined),
		});
		const group = findTrunkingGroup(network, fields as unknown as GroupKey);
		return answer(reply, createTrunkGroup(network, group, fields, circumstances()));
	});

	app.put(PATH, async (request, reply) => {
		const fields = checkBody(request, UPDATE_BODY, {
			strict: switches.strict,
			prepare: (body) => withoutEmptyCredentials(body, storedOf(body)),
		});
		const key = fields as unknown as TrunkGroupKey;
		const trunkGroup = findTrunkGroup(network, key);
		const group = findTrunkingGroup(network, key);
		return answer(reply, updateTrunkGroup(network, group, trunkGroup, fields, circumstances()));
	});

	const storedOf = (body: Body): TrunkGroup | undefined =>
		network.trunkGroup(String(body.serviceProviderId), String(body.groupId), String(body.name));

	app.delete<{ Querystring: TrunkGroupKey }>(
		PATH,
		{ schema: { querystring: TRUNK_GROUP_QUERY } },
		async ({ query }, reply) => {
			deleteTrunkGroup(network, findTrunkGroup(network, query));
			return reply.send();
		},
	);
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
	query: ListQuery,
	name: 'includeEnterpriseTrunkGroups' | 'onlyTrunkGroupsWithDevice',
): boolean {
	const value = query[name] ?? 'false';
	if (!['true', 'false', '1', '0'].includes(value))
		throw malformed(`${name} must be true or false`);
	return value === 'true' || value === '1';
}
