import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../../model/key';
import { listOfGroup } from './list';

/** Access devices of the chosen group. */
export async function searchDevices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOfGroup(this, filter, {
		path: '/groups/devices',
		purpose: (group) => `list the access devices of ${groupText(group)}`,
		id: 'deviceName',
	});
}
