import type { FastifyInstance } from 'fastify';

import { isObject } from '../contract/convertBody';
import { OdinError } from '../odinErrors';
import { isSystemAdmin, loginTypeOf } from '../session/rights';
import type { Simulation } from '../simulation';

/** Login, token and session. */
export function addAuthenticationRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { switches, tokens, network } = simulation;

	const session = (): Record<string, unknown> => {
		const { administrator, username } = switches;
		const serviceProviderId = administrator.serviceProviderId ?? null;
		return {
			userId: username,
			groupId: administrator.groupId ?? null,
			serviceProviderId,
			isEnterprise: network.serviceProvider(serviceProviderId ?? '')?.isEnterprise ?? false,
			loginType: loginTypeOf(administrator),
			userDomain: 'as.example.net',
			passwordExpiresDays: 2147483647,
			local: 'en_US',
			encoding: null,
			systemDomain: 'as.example.net',
			softwareVersion: '21sp1',
			isSystemAdmin: isSystemAdmin(administrator),
			readOnly: administrator.readOnly ?? false,
			policy: [],
			version: 'latest',
		};
	};
	const sessionWithToken = () => ({ token: tokens.issue(), ...session() });

	app.post('/auth/token', async ({ body }) => {
		const { username, password } = isObject(body) ? body : {};
		requireCredentials(switches, username, password);
		if (switches.passwordExpired) {
			throw new OdinError(402, 'Password expired', 'Change the password first.');
		}
		simulation.logins += 1;
		return sessionWithToken();
	});

	app.put('/auth/token', async () => sessionWithToken());

	app.put('/auth/token/password', async ({ body }) => {
		const { userId, oldPassword, newPassword } = isObject(body) ? body : {};
		requireCredentials(switches, userId, oldPassword);
		if (typeof newPassword !== 'string' || newPassword === '') {
			throw new OdinError(400, 'Missing required key: newPassword');
		}
		switches.password = newPassword;
		switches.passwordExpired = false;
		return sessionWithToken();
	});

	app.get('/auth/session', async () => session());

	app.post('/auth/token/logout', async ({ body }) => {
		if (isObject(body) && typeof body.token === 'string') tokens.revoke(body.token);
		return {};
	});
}

function requireCredentials(
	{ username, password }: Simulation['switches'],
	givenName: unknown,
	givenPassword: unknown,
): void {
	if (givenName !== username || givenPassword !== password) {
		throw new OdinError(401, 'Invalid Credentials', 'User name or password is not right.');
	}
}
