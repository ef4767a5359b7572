import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../../provisioning/scope';
import { TRUNK_GROUPS } from '../../provisioning/read';
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
