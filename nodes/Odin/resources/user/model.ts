import type { ResourceModel } from '../../model/resourceModel';
import { completion } from './completion';
import { userFields } from './fields';

export const userModel: ResourceModel = {
	value: 'user',
	noun: 'user',
	label: 'User',
	path: '/users',
	id: 'userId',
	isIdAlone: true,
	fields: userFields,
	sections: [
		{ name: 'userFields', label: 'User Fields' },
		{ name: 'address', label: 'Address' },
		{ name: 'trunk', label: 'Trunk' },
	],
	summary: [
		{ name: 'lastName' },
		{ name: 'firstName' },
		{ name: 'phoneNumber' },
		{ name: 'extension' },
		{ name: 'departmentName', field: 'department', part: 'name' },
		{ name: 'emailAddress' },
		{ name: 'endpointType' },
		{ name: 'trunkGroupName', field: 'trunkAddressing', part: 'trunkGroupDeviceEndpoint.name' },
		{ name: 'linePort', field: 'trunkAddressing', part: 'trunkGroupDeviceEndpoint.linePort' },
	],
	completion,
};
