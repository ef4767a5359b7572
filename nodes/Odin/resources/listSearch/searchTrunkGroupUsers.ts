import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { recordText } from '../../model/key';
import { trunkGroupModel } from '../trunkGroup/model';
import { chosen, listOfGroup } from './list';

/** Users of the chosen trunk group: one of them can be its pilot user. */
export async function searchTrunkGroupUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const name = chosen(this, 'trunkGroup', 'Trunk Group');
	return await listOfGroup(this, filter, {
		path: '/groups/trunk-groups/users',
		query: { name },
		purpose: (group) => `list the users of ${recordText(trunkGroupModel, { ...group, id: name })}`,
		id: 'userId',
	});
}
