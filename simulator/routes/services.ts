import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import type { Body } from '../contract/convertBody';
import {
	findGroup,
	findServiceProvider,
	findUser,
	groupKeyIn,
	type GroupKey,
} from '../network/lookUp';
import type { Group, GroupService, User } from '../network/records';
import {
	AUTHENTICATION_SERVICE,
	serviceRow,
	servicesOfUser,
	TRUNK_GROUP_SERVICE,
	usageOf,
	usersWith,
} from '../network/services';
import { malformed, OdinError, refused } from '../odinErrors';
import type { Simulation } from '../simulation';
import { trunkUserRow } from '../users/rows';
import { GROUP_QUERY, USER_QUERY } from './queries';

const KINDS = ['userServices', 'groupServices', 'servicePackServices'] as const;

const rowsOf = (name: (typeof KINDS)[number]) =>
	({ name, type: 'array', items: { serviceName: 'string 1..80' } }) as const;
const ID = { type: 'string', minLength: 1, maxLength: 161 } as const;

const GROUP_BODY = bodyContract({
	operation: 'update',
	fields: [{ name: 'serviceProviderId', ...ID }, { name: 'groupId', ...ID }, ...KINDS.map(rowsOf)],
	required: ['serviceProviderId', 'groupId'],
	open: true,
});
const USER_BODY = bodyContract({
	operation: 'update',
	fields: [{ name: 'userId', ...ID }, rowsOf('userServices'), rowsOf('servicePackServices')],
	required: ['userId'],
	open: true,
});

type Row = Body & { serviceName: string };

/** What a group is authorized for, what is assigned to it, and what to its users. */
export function addServiceRoutes(app: FastifyInstance, { network, switches }: Simulation): void {
	const listOf = (group: Group, isShown: (service: GroupService) => boolean) => {
		const { serviceProviderId, groupId } = group;
		const ofKind = (kind: GroupService['kind']) =>
			group.services
				.filter((service) => service.kind === kind && isShown(service))
				.map((service) => ({
					...serviceRow(network, group, service),
					userAssignable: kind !== 'groupServices',
					groupServiceAssignable: true,
					tags: [],
				}));
		const lists = KINDS.map((kind) => [kind, ofKind(kind)]);
		return { serviceProviderId, groupId, ...Object.fromEntries(lists) };
	};
	const usersOf = ({ serviceProviderId, groupId }: Group) =>
		network.stores.users.all({ serviceProviderId, groupId });

	app.get<{ Querystring: GroupKey }>(
		'/groups/services',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => listOf(findGroup(network, query), () => true),
	);
	app.get<{ Querystring: GroupKey }>(
		'/groups/services/authorized',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => listOf(findGroup(network, query), ({ authorized }) => authorized),
	);
	app.get<{ Querystring: GroupKey }>(
		'/groups/services/available',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) =>
			findGroup(network, query)
				.services.filter(({ licensed }) => licensed)
				.map(({ serviceName }) => serviceName),
	);
	app.get<{ Querystring: GroupKey & { serviceType?: string; serviceName?: string } }>(
		'/groups/services/assigned',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const group = findGroup(network, query);
			const { serviceType, serviceName } = query;
			if (!serviceName) return listOf(group, ({ assigned }) => assigned);
			const { serviceProviderId, groupId } = group;
			const users = usersWith(usersOf(group), serviceName).map(trunkUserRow);
			return { serviceProviderId, groupId, serviceType, serviceName, users };
		},
	);

	const changed = (group: Group, service: GroupService, row: Row): GroupService => {
		const { serviceName, kind } = service;
		const usage = usageOf(network, group, service);
		const authorized = flagIn(row, 'authorized') ?? service.authorized;
		const assigned =
			kind === 'groupServices' ? (flagIn(row, 'assigned') ?? service.assigned) : false;
		const quantity = quantityIn(row) ?? service.quantity;
		const isOfServiceProvider =
			serviceName !== TRUNK_GROUP_SERVICE ||
			findServiceProvider(network, group).trunkGroupsAuthorized;
		if (authorized && !service.authorized && !(service.licensed && isOfServiceProvider)) {
			throw refused(`The service provider has no license for the service: ${serviceName}`);
		}
		if (assigned && !authorized) {
			throw refused(`The service is not authorized for the group: ${serviceName}`);
		}
		if ((!authorized && usage > 0) || (service.assigned && !assigned && usage > 0)) {
			throw refused(`The service is in use: ${serviceName}`);
		}
		if (quantity !== -1 && quantity < usage) {
			throw refused(`The quantity of ${serviceName} is below its usage of ${usage}`);
		}
		if (service.allowed !== -1 && (quantity === -1 || quantity > service.allowed)) {
			throw refused(`The service provider allows ${service.allowed} of ${serviceName}`);
		}
		return { ...service, authorized, assigned, quantity };
	};

	app.put('/groups/services', async (request) => {
		const fields = checkBody(request, GROUP_BODY, request.body, switches);
		const group = findGroup(network, groupKeyIn(fields));
		const services = [...group.services];
		for (const kind of KINDS) {
			for (const row of (fields[kind] ?? []) as Row[]) {
				const index = services.findIndex(
					(service) => service.serviceName === row.serviceName && service.kind === kind,
				);
				const service = services[index];
				if (!service) throw refused(`Service not found: ${row.serviceName}`);
				services[index] = changed(group, service, row);
			}
		}
		group.services = services;
		return listOf(group, () => true);
	});

	const profileOf = (user: User) => {
		const { userId, serviceProviderId, groupId } = user;
		const ofKind = (kind: GroupService['kind'], more: (name: string) => Body) =>
			findGroup(network, user)
				.services.filter((service) => service.kind === kind && service.authorized)
				.map(({ serviceName }) => ({
					serviceName,
					assigned: user.services.includes(serviceName),
					...more(serviceName),
					alias: serviceName,
				}));
		return {
			userId,
			userServices: ofKind('userServices', () => ({ tags: [] })),
			servicePackServices: ofKind('servicePackServices', (description) => ({ description })),
			serviceProviderId,
			groupId,
		};
	};
	app.get<{ Querystring: { userId: string } }>(
		'/users/services',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => profileOf(findUser(network, query.userId)),
	);
	for (const list of ['assigned', 'viewable']) {
		app.get<{ Querystring: { userId: string } }>(
			`/users/services/${list}`,
			{ schema: { querystring: USER_QUERY } },
			async ({ query }) => {
				const user = findUser(network, query.userId);
				const group = findGroup(network, user);
				const ofGroup = group.services.filter(({ kind }) => kind === 'groupServices');
				return {
					userId: user.userId,
					userServices: servicesOfUser(group, user, 'userServices').map(namedService),
					groupServices: ofGroup
						.filter(({ assigned }) => assigned)
						.map(({ serviceName }) => namedService(serviceName)),
				};
			},
		);
	}

	app.put('/users/services', async (request) => {
		const fields = checkBody(request, USER_BODY, request.body, switches);
		const user = findUser(network, String(fields.userId));
		const group = findGroup(network, user);
		const services = new Set(user.services);
		for (const kind of ['userServices', 'servicePackServices'] as const) {
			for (const row of (fields[kind] ?? []) as Row[]) {
				const { serviceName } = row;
				if (flagIn(row, 'assigned') === false) services.delete(serviceName);
				else if (!services.has(serviceName)) {
					requireLicense(group, kind, serviceName);
					services.add(serviceName);
				}
			}
		}
		user.services = [...services];
		if (!services.has(AUTHENTICATION_SERVICE)) {
			delete user.sipUserName;
			delete user.sipPassword;
		}
		return profileOf(user);
	});

	const requireLicense = (group: Group, kind: GroupService['kind'], serviceName: string): void => {
		const service = group.services.find(
			(one) => one.serviceName === serviceName && one.kind === kind,
		);
		if (!service?.authorized) {
			throw cannotAssign(serviceName, `${serviceName} is not authorized for the group.`);
		}
		if (service.quantity !== -1 && usageOf(network, group, service) >= service.quantity) {
			throw cannotAssign(serviceName, `${serviceName} license limit is reached.`);
		}
	};
}

function namedService(serviceName: string) {
	return { serviceName };
}

function cannotAssign(serviceName: string, details: string): OdinError {
	const words = `[Error 4400] Could not assign service/service pack: ${serviceName}`;
	return new OdinError(400, words, details);
}

function flagIn(row: Row, name: string): boolean | undefined {
	const value = row[name];
	if (value === undefined || value === null) return undefined;
	if (!['true', 'false'].includes(String(value))) throw malformed(`${name} must be boolean`);
	return String(value) === 'true';
}

function quantityIn(row: Row): number | undefined {
	if (flagIn(row, 'isUnlimited')) return -1;
	const { quantity } = row;
	if (quantity === undefined || quantity === null) return undefined;
	if (!/^(-1|\d+)$/.test(String(quantity))) throw malformed('quantity must be a whole number');
	return Number(quantity);
}
