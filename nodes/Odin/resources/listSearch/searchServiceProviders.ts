import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { allowedId, matching, openForList, rowsOf } from './list';

/** Service providers and enterprises that this administrator may see. */
export async function searchServiceProviders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const odin = await openForList(this);
	const outcome = await odin.send({
		method: 'GET',
		path: '/service-providers',
		purpose: 'list the service providers',
	});
	const results = outcome.ok
		? rowsOf(this, outcome.body, 'serviceProviderId', 'serviceProviderName')
		: await allowedId(this, odin, outcome.failure, 'serviceProviderId');
	return { results: matching(results, filter) };
}
