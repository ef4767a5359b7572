import { groupText, recordText } from '../../model/key';
import { trunkGroupModel } from '../trunkGroup/model';
import { userModel } from '../user/model';
import { chosen, listOfGroup } from './list';
import { searchGroups } from './searchGroups';
import { searchServiceProviders } from './searchServiceProviders';

/** The searches behind the lists of the form, by the names that the properties call them. */
export const listSearch = {
	searchServiceProviders,
	searchGroups,
	searchTrunkGroups: listOfGroup({
		path: trunkGroupModel.path,
		id: 'name',
		purpose: (group) => `list the trunk groups of ${groupText(group)}`,
	}),
	searchDevices: listOfGroup({
		path: '/groups/devices',
		id: 'deviceName',
		purpose: (group) => `list the access devices of ${groupText(group)}`,
	}),
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
	searchUsers: listOfGroup({
		path: userModel.path,
		id: userModel.id,
		purpose: (group) => `list the users of ${groupText(group)}`,
	}),
};
