import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupsOf } from '../../provisioning/places';
import { chosen, searchPlaces } from './list';

/** Groups of the chosen service provider. */
export async function searchGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const list = groupsOf(chosen(this, 'serviceProviderId', 'Service Provider'));
	return await searchPlaces(this, list, { name: 'groupName', filter });
}
