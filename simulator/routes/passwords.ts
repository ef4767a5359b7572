import { randomInt } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import {
	findGroup,
	findServiceProvider,
	type GroupKey,
	type ServiceProviderKey,
} from '../network/lookUp';
import { generateSipPassword } from '../network/sipPasswordRules';
import { malformed, notAuthorized, OdinError } from '../odinErrors';
import { isSystemAdmin } from '../session/rights';
import type { Simulation } from '../simulation';
import { GROUP_QUERY, SERVICE_PROVIDER_QUERY } from './queries';

const SYSTEM_RULES_PATH = '/system/sip-authentication-password-rules';
const MOST_PASSWORDS = 1000;

export function addPasswordRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	// odins_spear sends no ids although its documentation names both.
	app.get<{ Querystring: Partial<GroupKey> & { limit?: string } }>(
		'/sip-password/generate',
		async ({ query: { serviceProviderId, groupId, limit } }) => {
			if (!switches.sipPasswordGenerator) {
				throw new OdinError(400, 'System cannot provide a SIP password');
			}
			if (serviceProviderId && groupId) findGroup(network, { serviceProviderId, groupId });
			const rules = serviceProviderId
				? network.sipPasswordRules(serviceProviderId)
				: network.systemSipPasswordRules;
			return oneOrMany(limit, () => generateSipPassword(rules));
		},
	);

	// The rules of the web portal, not those of SIP.
	app.get<{ Querystring: GroupKey & { limit?: string } }>(
		'/password/generate',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			findGroup(network, query);
			return oneOrMany(query.limit, webPassword);
		},
	);

	app.get<{ Querystring: ServiceProviderKey }>(
		'/service-providers/sip-authentication-password-rules',
		{ schema: { querystring: SERVICE_PROVIDER_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, sipPasswordRules } = findServiceProvider(network, query);
			return {
				serviceProviderId,
				useServiceProviderSettings: sipPasswordRules !== undefined,
				...network.sipPasswordRules(serviceProviderId),
			};
		},
	);

	app.get(SYSTEM_RULES_PATH, async () => {
		if (!isSystemAdmin(switches.administrator)) throw notAuthorized(`GET ${SYSTEM_RULES_PATH}`);
		return network.systemSipPasswordRules;
	});
}

function oneOrMany(limit: string | undefined, generate: () => string) {
	if (limit === undefined) return { password: generate() };
	const count = Number(limit);
	if (!Number.isInteger(count) || count < 1 || count > MOST_PASSWORDS) {
		throw malformed(`limit must be a whole number from 1 to ${MOST_PASSWORDS}`);
	}
	return { passwords: Array.from({ length: count }, generate) };
}

const FIRST_PRINTABLE = 33;
const AFTER_LAST_PRINTABLE = 127;
const WEB_PASSWORD_LENGTH = 18;

function webPassword(): string {
	const character = () => String.fromCharCode(randomInt(FIRST_PRINTABLE, AFTER_LAST_PRINTABLE));
	return Array.from({ length: WEB_PASSWORD_LENGTH }, character).join('');
}
