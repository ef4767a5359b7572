import type { FastifyInstance } from 'fastify';

import { type Body, isObject } from '../contract/convertBody';
import { findGroup, findUser } from '../network/lookUp';
import type { User } from '../network/records';
import { AUTHENTICATION_SERVICE, servicesOfUser } from '../network/services';
import { malformed, missingKey, refused } from '../odinErrors';
import type { Simulation } from '../simulation';
import { USER_QUERY } from './queries';

const PATH = '/users/services/settings';

/** How the services that a user has are set, each under its name. What a service can be set to is not checked. */
export function addServiceSettingRoutes(app: FastifyInstance, { network }: Simulation): void {
	const namesOf = (user: User): string[] =>
		servicesOfUser(findGroup(network, user), user, 'userServices');

	const settingsOf = (user: User): Body => {
		const { userId, serviceProviderId, groupId, sipUserName, serviceSettings = {} } = user;
		const settings = namesOf(user).map((name) => [
			name,
			name === AUTHENTICATION_SERVICE
				? { userName: sipUserName, serviceProviderId, groupId }
				: { isActive: false, ...serviceSettings[name] },
		]);
		return { userId, ...Object.fromEntries(settings) };
	};

	app.get<{ Querystring: { userId: string } }>(
		PATH,
		{ schema: { querystring: USER_QUERY } },
		async ({ query }) => settingsOf(findUser(network, query.userId)),
	);

	app.put(PATH, async ({ body }) => {
		const { userId, ...wanted } = isObject(body) ? body : {};
		if (!userId) throw missingKey('userId');
		const user = findUser(network, String(userId));
		const assigned = namesOf(user);
		const changed = Object.entries(wanted).map(([name, settings]) => {
			if (!assigned.includes(name)) {
				throw refused(`The service ${name} is not assigned to ${user.userId}`);
			}
			if (!isObject(settings)) throw malformed(`${name} must be object`);
			return [name, { ...user.serviceSettings?.[name], ...settings }];
		});
		user.serviceSettings = { ...user.serviceSettings, ...Object.fromEntries(changed) };
		return settingsOf(user);
	});
}
