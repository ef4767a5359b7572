import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { groupText } from '../../model/key';
import { listOfGroup } from './list';

/** Departments of the chosen group. */
export async function searchDepartments(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOfGroup(this, filter, {
		path: '/groups/departments',
		purpose: (group) => `list the departments of ${groupText(group)}`,
		id: 'name',
	});
}
