import { searchDepartments } from './searchDepartments';
import { searchDevices } from './searchDevices';
import { searchGroups } from './searchGroups';
import { searchServiceProviders } from './searchServiceProviders';
import { searchTrunkGroups } from './searchTrunkGroups';
import { searchTrunkGroupUsers } from './searchTrunkGroupUsers';
import { searchUsers } from './searchUsers';

/** The searches behind the lists of the form, by the names that the properties call them. */
export const listSearch = {
	searchDepartments,
	searchDevices,
	searchGroups,
	searchServiceProviders,
	searchTrunkGroups,
	searchTrunkGroupUsers,
	searchUsers,
};
