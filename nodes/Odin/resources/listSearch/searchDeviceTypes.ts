import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../../model/key';
import { listOfGroup } from './list';

/** Device types that the chosen group may use. */
export async function searchDeviceTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOfGroup(this, filter, {
		path: '/groups/device-types',
		purpose: (group) => `list the device types of ${groupText(group)}`,
		id: 'deviceType',
	});
}
