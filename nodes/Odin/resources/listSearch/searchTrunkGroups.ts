import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../groupKey';
import { TRUNK_GROUPS } from '../trunkGroup/profile';
import { listOfGroup } from './list';

/** Trunk groups of the chosen group. */
export async function searchTrunkGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOfGroup(this, filter, {
		path: TRUNK_GROUPS,
		purpose: (group) => `list the trunk groups of ${groupText(group)}`,
		id: 'name',
	});
}
