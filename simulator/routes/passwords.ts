import type { FastifyInstance } from 'fastify';

import {
	findGroup,
	findServiceProvider,
	type GroupKey,
	type ServiceProviderKey,
} from '../network/lookUp';
import {
	generatePasscode,
	generatePortalPassword,
	generateSipPassword,
	PORTAL_PASSWORD_RULES,
} from '../network/sipPasswordRules';
import { malformed, missingKey, notAuthorized, OdinError } from '../odinErrors';
import { isSystemAdmin } from '../session/rights';
import type { Simulation } from '../simulation';
import { GROUP_QUERY, SERVICE_PROVIDER_QUERY } from './queries';

const SYSTEM_RULES_PATH = '/system/sip-authentication-password-rules';
const MOST_PASSWORDS = 1000;

interface PasswordsFor extends Partial<GroupKey> {
	limit?: string | number;
}

export function addPasswordRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	// odins_spear sends no ids although its documentation names both.
	const sipPasswords = ({ serviceProviderId, groupId, limit }: PasswordsFor) => {
		if (!switches.sipPasswordGenerator) {
			throw new OdinError(400, 'System cannot provide a SIP password');
		}
		if (serviceProviderId && groupId) findGroup(network, { serviceProviderId, groupId });
		const rules = serviceProviderId
			? network.sipPasswordRules(serviceProviderId)
			: network.systemSipPasswordRules;
		return oneOrMany(limit, () => generateSipPassword(rules));
	};
	const requireGroup = ({ serviceProviderId, groupId }: PasswordsFor): void => {
		if (!serviceProviderId) throw missingKey('serviceProviderId');
		if (!groupId) throw missingKey('groupId');
		findGroup(network, { serviceProviderId, groupId });
	};
	// The rules of the web portal, not those of SIP.
	const portalPasswords = (wanted: PasswordsFor) => {
		requireGroup(wanted);
		return oneOrMany(wanted.limit, generatePortalPassword);
	};
	for (const [path, passwords] of [
		['/sip-password/generate', sipPasswords],
		['/password/generate', portalPasswords],
	] as const) {
		app.get<{ Querystring: PasswordsFor }>(path, async ({ query }) => passwords(query));
		app.post<{ Body: PasswordsFor | undefined }>(path, async ({ body }) => passwords(body ?? {}));
	}

	app.get<{ Querystring: PasswordsFor }>('/passcode/generate', async ({ query }) => {
		requireGroup(query);
		return oneOrMany(query.limit, generatePasscode, 'passcode');
	});

	app.get<{ Querystring: GroupKey }>(
		'/groups/password-rules',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, groupId } = findGroup(network, query);
			return { serviceProviderId, groupId, ...PORTAL_PASSWORD_RULES };
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

function oneOrMany(
	limit: string | number | undefined,
	generate: () => string,
	name = 'password',
): Record<string, string | string[]> {
	if (limit === undefined) return { [name]: generate() };
	const count = Number(limit);
	if (!Number.isInteger(count) || count < 1 || count > MOST_PASSWORDS) {
		throw malformed(`limit must be a whole number from 1 to ${MOST_PASSWORDS}`);
	}
	return { [`${name}s`]: Array.from({ length: count }, generate) };
}
