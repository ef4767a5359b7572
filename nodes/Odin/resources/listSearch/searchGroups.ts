import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { serviceProviderText } from '../../model/key';
import { allowedId, chosen, matching, openForList, rowsOf } from './list';

/** Groups of the chosen service provider. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const serviceProviderId = chosen(this, 'serviceProviderId', 'Service Provider');
	const purpose = `list the groups of ${serviceProviderText(serviceProviderId)}`;
	const odin = await openForList(this);
	const outcome = await odin.send({
		method: 'GET',
		path: '/groups',
		query: { serviceProviderId },
		purpose,
	});
	const results = outcome.ok
		? rowsOf(this, outcome.body, purpose, 'groupId', 'groupName')
		: await allowedId(this, odin, outcome.failure, 'groupId');
	return { results: matching(odin, results, filter) };
}
