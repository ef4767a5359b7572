import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import type { FieldRule } from '../contract/field';
import { findGroup, findServiceProvider, findUser } from '../network/lookUp';
import type { User } from '../network/records';
import { servicesOfUser } from '../network/services';
import { alreadyExists, refused } from '../odinErrors';
import { requireLevel } from '../session/rights';
import type { Simulation } from '../simulation';
import { departmentText } from '../users/rows';
import { checkUser, leaveTrunkGroups, requireNoPilotUser } from '../users/rules';
import type { CollectionRoutes } from './collection';
import { USER_QUERY } from './queries';

const text = (name: string, maxLength: number): FieldRule => ({
	name,
	type: 'string',
	minLength: 1,
	maxLength,
});
const USER_ID = text('userId', 161);
const flag = (name: string): FieldRule => ({ name, type: 'boolean' });

const body = (fields: FieldRule[], required: string[] = []) =>
	bodyContract({
		operation: 'update',
		fields: [USER_ID, ...fields],
		required: ['userId', ...required],
	});
const NEW_ID = body([text('newUserId', 161)], ['newUserId']);
const NEW_GROUP = body([text('newGroupId', 30), flag('evaluateOnly')], ['newGroupId']);
const PASSCODE = body(
	[{ name: 'newPasscode', type: 'string', pattern: '^\\d{4,8}$' }],
	['newPasscode'],
);
const RESET = body(
	[
		'removeFromGroupServices',
		'removeCallRecords',
		'removeAlternateUserIds',
		'removeWebexPerson',
		'cycleServicePacks',
		'resetPasswordPasscode',
	].map(flag),
);

interface UserQuery {
	userId: string;
}

/** Who a user is and where it belongs: its id, its group, its login, a report of all. */
export function addUserAccountRoutes(
	app: FastifyInstance,
	{ network, switches }: Simulation,
	users: CollectionRoutes<User>,
): void {
	const { users: store } = network.stores;
	const isEnterprise = (user: User) => findServiceProvider(network, user).isEnterprise;

	app.put('/users/user-id', async (request) => {
		const fields = checkBody(request, NEW_ID, request.body, switches);
		const user = findUser(network, String(fields.userId));
		const { userId: oldId } = user;
		const userId = String(fields.newUserId);
		const other = store.find({ userId });
		if (other && other !== user) throw alreadyExists('User', userId);
		store.change(user, { ...user, userId });
		for (const trunkGroup of network.trunkGroups(user.serviceProviderId, user.groupId)) {
			if (trunkGroup.pilotUserId === oldId) trunkGroup.pilotUserId = userId;
			for (const hosted of trunkGroup.users) if (hosted.userId === oldId) hosted.userId = userId;
		}
		return [];
	});

	app.put('/users/group-id', async (request) => {
		requireLevel(switches.administrator, 'Service Provider', 'PUT /users/group-id');
		const fields = checkBody(request, NEW_GROUP, request.body, switches);
		const user = findUser(network, String(fields.userId));
		if (!isEnterprise(user)) throw refused(`${user.serviceProviderId} is no enterprise`);
		const { groupId } = findGroup(network, { ...user, groupId: String(fields.newGroupId) });
		const moved = { ...user, groupId };
		requireNoPilotUser(network, user);
		// As a new user there: what it has of its old group it has to give up first.
		checkUser(network, { fields: moved, record: moved });
		if (fields.evaluateOnly !== true) {
			leaveTrunkGroups(network, user);
			user.groupId = groupId;
		}
		return users.answer(user);
	});

	app.post('/users/reset', async (request) => {
		const fields = checkBody(request, RESET, request.body, switches);
		const user = findUser(network, String(fields.userId));
		if (fields.removeFromGroupServices === true) leaveTrunkGroups(network, user);
		if (fields.resetPasswordPasscode === true) {
			delete user.password;
			delete user.passcode;
		}
		return '';
	});

	app.get<{ Querystring: UserQuery }>(
		'/users/login',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => {
			const user = findUser(network, query.userId);
			const { userId, serviceProviderId, groupId, lastName, firstName } = user;
			return {
				loginType: 'User',
				locale: 'en_US',
				encoding: 'ISO-8859-1',
				groupId,
				serviceProviderId,
				isEnterprise: isEnterprise(user),
				passwordExpiresDays: '-2147483648',
				lastName,
				firstName,
				userId,
				isAlternateUserId: false,
				broadworksUserId: userId,
				departmentName: departmentText(user),
			};
		},
	);

	app.get<{ Querystring: UserQuery }>(
		'/users/portal-passcode',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => {
			const { userId, passcode } = findUser(network, query.userId);
			return {
				isLoginDisabled: false,
				expirationDays: 30,
				passcode: passcode === undefined ? '' : '*****',
				userId,
			};
		},
	);
	app.put('/users/portal-passcode', async (request) => {
		const fields = checkBody(request, PASSCODE, request.body, switches);
		findUser(network, String(fields.userId)).passcode = String(fields.newPasscode);
		return [];
	});

	app.get<{ Querystring: UserQuery }>(
		'/users/reports/users',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => {
			const user = findUser(network, query.userId);
			const group = findGroup(network, user);
			return {
				...users.profile(user),
				departmentName: departmentText(user),
				inTrunkGroup: user.trunkGroup !== undefined,
				premiumServices: [],
				userServices: servicesOfUser(group, user, 'userServices'),
				servicePacks: servicesOfUser(group, user, 'servicePackServices'),
				userLinePorts: user.linePort === undefined ? [] : [user.linePort],
			};
		},
	);
}
