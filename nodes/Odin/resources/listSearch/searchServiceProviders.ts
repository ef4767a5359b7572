import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { allowedId, matching, openForList, rowsOf } from './list';

/** Service providers and enterprises that this administrator may see. */
export async function searchServiceProviders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const purpose = 'list the service providers';
	const odin = await openForList(this);
	const outcome = await odin.send({
		method: 'GET',
		path: '/service-providers',
		purpose,
	});
	const results = outcome.ok
		? rowsOf(this, outcome.body, purpose, 'serviceProviderId', 'serviceProviderName')
		: await allowedId(this, odin, outcome.failure, 'serviceProviderId');
	return { results: matching(odin, results, filter) };
}
