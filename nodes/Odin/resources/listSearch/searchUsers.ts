import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../../model/key';
import { userModel } from '../user/model';
import { listOfGroup } from './list';

/** Users of the chosen group. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOfGroup(this, filter, {
		path: userModel.path,
		purpose: (group) => `list the users of ${groupText(group)}`,
		id: userModel.id,
	});
}
