import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { SERVICE_PROVIDERS } from '../../provisioning/places';
import { searchPlaces } from './list';

/** Service providers and enterprises that this administrator may see. */
export async function searchServiceProviders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchPlaces(this, SERVICE_PROVIDERS, { name: 'serviceProviderName', filter });
}
