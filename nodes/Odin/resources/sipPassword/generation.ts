import { isObject } from '../../values/json';
import { groupText, type GroupKey } from '../../model/key';
import type { OdinRequest } from '../../transport/httpExchange';
import type { ErrorKind, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isOn } from '../../values/wireValues';
import { demandsOf, MOST_DEMANDING, passwordFor, type Demands } from './rules';

/** Odin knows the generator, but not whom it should work for. */
const UNKNOWN_GROUP = /(group|provider|enterprise)\b.*not found/i;

const isWithoutGenerator = (failure: OdinError): boolean =>
	NO_GENERATOR.includes(failure.kind) && !failure.says(UNKNOWN_GROUP);

/** Answers to which Odin's generator counts as not available; with others the password would be of no use either. */
const NO_GENERATOR: ErrorKind[] = ['refused', 'notFound', 'forbidden', 'lost'];

/**
 * A SIP password that obeys the rules: from Odin's generator, or made here from the rules of the service provider
 * (else of the system) where that is not available. Throws OdinError.
 */
export async function generateSipPassword(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	userName = '',
): Promise<string> {
	const group = { serviceProviderId, groupId };
	return await generated(
		odin,
		{
			method: 'GET',
			path: '/sip-password/generate',
			query: { ...group },
			purpose: `generate a SIP password for ${groupText(group)}`,
		},
		async () => passwordFor(await sipDemands(odin, group), userName),
	);
}

/** The same for the portal password of a user, whose rules are others. */
export async function generatePortalPassword(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	userId: string,
): Promise<string> {
	const group = { serviceProviderId, groupId };
	return await generated(
		odin,
		{
			method: 'POST',
			path: '/password/generate',
			body: { ...group },
			isRead: true,
			purpose: `generate a password for ${groupText(group)}`,
		},
		async () => {
			const rules = await readRules(odin, '/groups/password-rules', group);
			return passwordFor(rules ? demandsOf(rules) : MOST_DEMANDING, userId);
		},
	);
}

async function generated(
	odin: OdinClient,
	request: OdinRequest,
	makeOne: () => Promise<string>,
): Promise<string> {
	const outcome = await odin.send(request);
	if (!outcome.ok && !isWithoutGenerator(outcome.failure)) throw outcome.failure;
	const password = outcome.ok && isObject(outcome.body) ? outcome.body.password : undefined;
	const made = typeof password === 'string' && password !== '' ? password : await makeOne();
	odin.keepSecret(made);
	return made;
}

async function sipDemands(odin: OdinClient, group: GroupKey): Promise<Demands> {
	const own = await readRules(odin, '/service-providers/sip-authentication-password-rules', {
		serviceProviderId: group.serviceProviderId,
	});
	if (own && isOn(own.useServiceProviderSettings)) return demandsOf(own);
	const system = await readRules(odin, '/system/sip-authentication-password-rules');
	// An administrator of a service provider may not be allowed to read the system's rules.
	return system ? demandsOf(system) : MOST_DEMANDING;
}

async function readRules(
	odin: OdinClient,
	path: string,
	query: Record<string, string> = {},
): Promise<Record<string, unknown> | undefined> {
	const outcome = await odin.send({
		method: 'GET',
		path,
		query,
		purpose: 'read the rules for passwords',
	});
	return outcome.ok && isObject(outcome.body) ? outcome.body : undefined;
}
