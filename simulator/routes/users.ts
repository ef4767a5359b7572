import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import { type Body, isObject } from '../contract/convertBody';
import type { FieldRule } from '../contract/trunkGroupFields';
import { findGroup, findServiceProvider, findUser, type GroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { TrunkGroup, User } from '../network/records';
import { trunkUserRow, userProfile } from '../network/userRows';
import { alreadyExists, malformed, missingKey, notFound, refused } from '../odinErrors';
import type { Simulation } from '../simulation';
import { USER_QUERY } from './queries';

interface UserQuery {
	userId?: string;
	serviceProviderId?: string;
	groupId?: string;
	limit?: string;
}

const text = (name: string, maxLength: number): FieldRule => ({
	name,
	type: 'string',
	minLength: 1,
	maxLength,
	clearable: true,
});
const KEYS = [text('userId', 161), text('serviceProviderId', 30), text('groupId', 30)];
const NAMES = [text('lastName', 30), text('firstName', 30)];
const REACHED_BY = [text('phoneNumber', 23), text('extension', 20), text('emailAddress', 80)];
const FIELDS: readonly FieldRule[] = [
	...KEYS,
	...NAMES,
	...REACHED_BY,
	{
		name: 'endpointType',
		type: 'enum',
		enumValues: ['accessDeviceEndpoint', 'trunkAddressing', 'none'],
	},
	{ name: 'trunkAddressing', type: 'object', clearable: true },
];

// A user has far more fields than trunking needs: unknown ones pass.
const CREATE_BODY = bodyContract({
	operation: 'create',
	fields: FIELDS,
	required: ['userId', 'serviceProviderId', 'groupId', 'lastName', 'firstName'],
	open: true,
});
const UPDATE_BODY = bodyContract({
	operation: 'update',
	fields: FIELDS,
	required: ['userId'],
	open: true,
});

export function addUserRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	app.get<{ Querystring: UserQuery }>('/users', async ({ query }) => {
		if (query.userId) return userProfile(network, findUser(network, query.userId));
		return list(network, { groupId: switches.administrator.groupId ?? undefined, ...query });
	});

	app.post('/users', async (request) => {
		const fields = checkBody(request, CREATE_BODY, switches);
		const { userId, serviceProviderId, groupId } = fields as { userId: string } & GroupKey & Body;
		findGroup(network, { serviceProviderId, groupId });
		if (network.user(userId)) throw alreadyExists('User', userId);
		const addressing = trunkAddressingIn(network, fields, { serviceProviderId, groupId });
		const user = { userId, serviceProviderId, groupId, ...personalFields(fields), ...addressing };
		return userProfile(network, network.addUser(user));
	});

	app.put('/users', async (request) => {
		const fields = checkBody(request, UPDATE_BODY, switches);
		const user = findUser(network, String(fields.userId));
		const addressing = trunkAddressingIn(network, fields, user);
		const leaves = 'trunkGroup' in addressing && addressing.trunkGroup !== user.trunkGroup;
		if (leaves && pilotedTrunkGroup(network, user)) {
			throw refused(
				`${user.userId} is the pilot user of its trunk group: remove the pilot user first`,
			);
		}
		Object.assign(user, personalFields(fields), addressing);
		return userProfile(network, user);
	});

	app.delete<{ Querystring: { userId: string } }>(
		'/users',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }, reply) => {
			const user = findUser(network, query.userId);
			if (pilotedTrunkGroup(network, user)) {
				throw refused(`${user.userId} is a pilot user: remove the pilot user first`);
			}
			for (const trunkGroup of network.trunkGroups(user.serviceProviderId, user.groupId)) {
				trunkGroup.users = trunkGroup.users.filter(({ userId }) => userId !== user.userId);
			}
			network.removeUser(user);
			return reply.send();
		},
	);
}

function list(network: Network, { serviceProviderId, groupId, limit }: UserQuery) {
	if (!serviceProviderId) throw missingKey('serviceProviderId');
	findServiceProvider(network, { serviceProviderId });
	if (groupId) findGroup(network, { serviceProviderId, groupId });
	if (limit !== undefined && !/^\d+$/.test(limit)) throw malformed('limit must be a whole number');
	const users = network.users(serviceProviderId, groupId);
	return users
		.slice(0, limit === undefined ? undefined : Number(limit))
		.map((user) => ({ ...trunkUserRow(user), serviceProviderId, groupId: user.groupId }));
}

function personalFields(fields: Body): Partial<User> {
	const names = [...NAMES, ...REACHED_BY].map(({ name }) => name);
	return Object.fromEntries(
		names.filter((name) => name in fields).map((name) => [name, fields[name]]),
	);
}

/** What the body says about the trunk group that addresses the user; empty when it says nothing. */
function trunkAddressingIn(
	network: Network,
	{ endpointType, trunkAddressing }: Body,
	{ serviceProviderId, groupId }: GroupKey,
): Partial<User> {
	if (endpointType === 'none' || trunkAddressing === null)
		return { trunkGroup: null, linePort: null };
	if (trunkAddressing === undefined) {
		return endpointType === 'accessDeviceEndpoint' ? { trunkGroup: null, linePort: null } : {};
	}
	const endpoint = isObject(trunkAddressing) ? trunkAddressing.trunkGroupDeviceEndpoint : undefined;
	if (!isObject(endpoint)) throw missingKey('trunkAddressing.trunkGroupDeviceEndpoint');
	const { name, linePort, staticRegistrationCapable, useDomain } = endpoint;
	if (!name) throw missingKey('trunkAddressing.trunkGroupDeviceEndpoint.name');
	const trunkGroup = network.trunkGroup(serviceProviderId, groupId, String(name));
	if (!trunkGroup) throw notFound('Trunk Group', String(name), 400);
	if (typeof linePort !== 'string' || linePort.length < 1 || linePort.length > 161) {
		throw malformed('trunkAddressing.trunkGroupDeviceEndpoint.linePort must be text of 1 to 161');
	}
	return {
		trunkGroup: trunkGroup.name,
		linePort,
		staticRegistrationCapable: String(staticRegistrationCapable ?? true) === 'true',
		useDomain: String(useDomain ?? true) === 'true',
	};
}

function pilotedTrunkGroup(network: Network, user: User): TrunkGroup | undefined {
	return network
		.trunkGroups(user.serviceProviderId, user.groupId)
		.find(({ pilotUserId }) => pilotUserId === user.userId);
}
