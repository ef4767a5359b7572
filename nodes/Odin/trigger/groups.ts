import { isSameName } from '../model/equivalence';
import { serviceProviderText } from '../model/key';
import { readRows } from '../provisioning/rows';
import { isRefusal, OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { isObject } from '../values/json';
import { wireText } from '../values/wireValues';

/** The groups of a service provider that this administrator is shown. Throws OdinError. */
export async function readGroups(odin: OdinClient, serviceProviderId: string): Promise<string[]> {
	const purpose = `list the groups of ${serviceProviderText(serviceProviderId)}`;
	const request = { path: '/groups', query: { serviceProviderId }, purpose };
	const rows = await readRows(odin, request, 'groupId').catch(async (error: unknown) => {
		const own = await ownGroup(odin, serviceProviderId, error);
		if (own === undefined) throw error;
		return [{ groupId: own }];
	});
	return [...new Set(rows.map(({ groupId }) => wireText(groupId)).filter(Boolean))];
}

/** An administrator of one group may not list them: his session names it. */
async function ownGroup(
	odin: OdinClient,
	serviceProviderId: string,
	error: unknown,
): Promise<string | undefined> {
	const mayNotList = error instanceof OdinError && isRefusal(error);
	const session = mayNotList ? await odin.session() : undefined;
	if (!session?.ok || !isObject(session.body)) return undefined;
	const isOwn = isSameName(serviceProviderId, session.body.serviceProviderId);
	return (isOwn && wireText(session.body.groupId)) || undefined;
}

/** A group that has no trunk groups, since it does not have the service for them. */
export const namesService = (error: OdinError): boolean =>
	error.kind === 'refused' && error.says(/service/i);
