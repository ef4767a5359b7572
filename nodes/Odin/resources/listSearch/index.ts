import { groupText, recordText } from '../../model/key';
import { deviceModel } from '../device/model';
import { trunkGroupModel } from '../trunkGroup/model';
import { userModel } from '../user/model';
import { chosen, listOfGroup, recordsOfGroup } from './list';
import { searchGroups } from './searchGroups';
import { searchServiceProviders } from './searchServiceProviders';

/** The searches behind the lists of the form, by the names that the properties call them. */
export const listSearch = {
	searchServiceProviders,
	searchGroups,
	searchTrunkGroups: recordsOfGroup(trunkGroupModel),
	searchDevices: recordsOfGroup(deviceModel),
	/** Those that the group may use. */
	searchDeviceTypes: listOfGroup({
		path: '/groups/device-types',
		id: 'deviceType',
		purpose: (group) => `list the device types of ${groupText(group)}`,
	}),
	searchDepartments: listOfGroup({
		path: '/groups/departments',
		id: 'name',
		purpose: (group) => `list the departments of ${groupText(group)}`,
	}),
	/** One of them can be the pilot user. */
	searchTrunkGroupUsers: listOfGroup({
		path: '/groups/trunk-groups/users',
		id: 'userId',
		query: (context) => ({ name: chosen(context, 'trunkGroup', 'Trunk Group') }),
		purpose: (group, { name = '' }) =>
			`list the users of ${recordText(trunkGroupModel, { ...group, id: name })}`,
	}),
	searchUsers: recordsOfGroup(userModel),
};
