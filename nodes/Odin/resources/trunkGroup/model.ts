import type { ResourceModel } from '../../model/resourceModel';
import { trunkGroupFields } from './fields';

export const trunkGroupModel: ResourceModel = {
	value: 'trunkGroup',
	noun: 'trunk group',
	label: 'Trunk Group',
	path: '/groups/trunk-groups',
	id: 'name',
	rename: 'newName',
	fields: trunkGroupFields,
	sections: [
		{ name: 'callCapacity', label: 'Call Capacity' },
		{ name: 'accessDevice', label: 'Access Device' },
		{ name: 'identity', label: 'Identity' },
		{ name: 'pilotUserPolicies', label: 'Pilot User Policies' },
		{ name: 'capacityExceeded', label: 'Capacity Exceeded' },
		{ name: 'callForwardingAlways', label: 'Call Forward Always' },
		{ name: 'unreachableDestination', label: 'Unreachable Destination' },
		{ name: 'statefulRerouting', label: 'Stateful Rerouting' },
		{ name: 'additionalFields', label: 'Additional Fields' },
	],
	summary: [
		{ name: 'maxActiveCalls' },
		{ name: 'trunkGroupState' },
		{ name: 'requireAuthentication' },
		{ name: 'trunkGroupIdentity' },
		{ name: 'deviceName', field: 'accessDevice', part: 'deviceName' },
		{ name: 'departmentName', field: 'department', part: 'name' },
		{ name: 'pilotUserId' },
	],
};
