import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../../model/key';
import { trunkGroupModel } from '../trunkGroup/model';
import { listOfGroup } from './list';

/** Trunk groups of the chosen group. */
export async function searchTrunkGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOfGroup(this, filter, {
		path: trunkGroupModel.path,
		purpose: (group) => `list the trunk groups of ${groupText(group)}`,
		id: 'name',
	});
}
