import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import { isObject } from '../contract/convertBody';
import { digitsAsNumbers } from '../contract/resourceContract';
import { findGroup, findServiceProvider, findUser, type GroupKey } from '../network/lookUp';
import type { User } from '../network/records';
import { AUTHENTICATION_SERVICE } from '../network/services';
import { requirePortalPassword, sipPasswordComplaints } from '../network/sipPasswordRules';
import { missingKey, refused } from '../odinErrors';
import type { Simulation } from '../simulation';
import { rowOf } from '../users/collection';
import type { CollectionRoutes } from './collection';
import { GROUP_QUERY, USER_QUERY } from './queries';

const text = (name: string, maxLength: number) =>
	({ name, type: 'string', minLength: 1, maxLength }) as const;

const AUTHENTICATION_BODY = bodyContract({
	operation: 'update',
	fields: [text('userId', 161), text('userName', 80), text('newPassword', 60)],
	required: ['userId'],
	ignored: ['rebuildDevice', 'resetDevice', 'serviceProviderId', 'groupId', 'isEnterprise'],
});
const PASSWORD_BODY = bodyContract({
	operation: 'update',
	fields: [text('userId', 161), text('newPassword', 60)],
	required: ['userId', 'newPassword'],
	open: true,
});

// How they are set is unknown: nobody has any.
const NO_ALTERNATE_NUMBERS = Array.from({ length: 10 }, (_, index) => ({
	phoneNumber: null,
	extension: null,
	ringPattern: null,
	alternateEntryId: index + 1,
}));

interface UserQuery {
	userId: string;
}

/** What there is about a user beside its profile. */
export function addUserDetailRoutes(
	app: FastifyInstance,
	{ network, switches }: Simulation,
	users: CollectionRoutes<User>,
): void {
	const registrationsOf = ({ registrations, userId }: User) => ({ registrations, userId });

	app.put('/users/bulk', async (request) => {
		const { users: listed, data } = isObject(request.body) ? request.body : {};
		if (!Array.isArray(listed)) throw missingKey('users');
		if (!isObject(data)) throw missingKey('data');
		// One after the other: what stands before a refusal has happened.
		for (const { userId } of listed) users.update(request, { ...data, userId });
		return { users: listed, data };
	});

	app.get<{ Querystring: UserQuery }>(
		'/users/registration',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => registrationsOf(findUser(network, query.userId)),
	);
	app.get<{ Querystring: GroupKey }>(
		'/users/registration/bulk',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, groupId } = findGroup(network, query);
			const listed = network.stores.users.all({ serviceProviderId, groupId });
			return {
				serviceProviderId,
				groupId,
				users: listed.map((user) => ({
					profile: rowOf(network, user),
					data: registrationsOf(user),
				})),
			};
		},
	);

	app.get<{ Querystring: UserQuery }>(
		'/users/alternate-numbers',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => ({
			userId: findUser(network, query.userId).userId,
			distinctiveRing: true,
			alternateEntries: NO_ALTERNATE_NUMBERS,
		}),
	);

	const withAuthentication = (userId: string): User => {
		const user = findUser(network, userId);
		if (!user.services.includes(AUTHENTICATION_SERVICE)) {
			throw refused(`The service Authentication is not assigned to ${user.userId}`);
		}
		return user;
	};
	app.get<{ Querystring: UserQuery }>(
		'/users/authentication',
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => {
			const user = withAuthentication(query.userId);
			const { userId, serviceProviderId, groupId, sipUserName } = user;
			return {
				userName: switches.numbersForDigits ? digitsAsNumbers(sipUserName) : sipUserName,
				userId,
				serviceProviderId,
				groupId,
				isEnterprise: findServiceProvider(network, user).isEnterprise,
			};
		},
	);
	app.put('/users/authentication', async (request) => {
		const fields = checkBody(request, AUTHENTICATION_BODY, request.body, switches);
		const user = withAuthentication(String(fields.userId));
		const [ownName] = user.userId.split('@');
		const userName = (fields.userName as string | undefined) ?? user.sipUserName ?? ownName;
		const password = (fields.newPassword as string | undefined) ?? user.sipPassword;
		if (password === undefined) throw missingKey('newPassword');
		const complaints =
			switches.enforceSipPasswordRules && fields.newPassword !== undefined
				? sipPasswordComplaints(network.sipPasswordRules(user.serviceProviderId), {
						password,
						userName,
						oldPassword: user.sipPassword,
					})
				: [];
		if (complaints.length > 0) {
			throw refused(`Invalid password: newPassword needs ${complaints.join(', ')}`);
		}
		Object.assign(user, { sipUserName: userName, sipPassword: password });
		return { userId: user.userId, userName, newPassword: '' };
	});

	app.put('/users/passwords', async (request) => {
		const fields = checkBody(request, PASSWORD_BODY, request.body, switches);
		const user = findUser(network, String(fields.userId));
		const password = String(fields.newPassword);
		if (switches.enforcePasswordRules) requirePortalPassword(user.userId, password, user.password);
		user.password = password;
		return '';
	});
}
