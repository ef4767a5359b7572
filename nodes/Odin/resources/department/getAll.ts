import { listing, ofGroup } from '../../provisioning/listing';
import { nameOf } from '../../values/wireValues';

export const getAll = listing({
	scope: ofGroup,
	plural: 'departments',
	description: 'List the departments of a group',
	path: '/groups/departments',
	id: 'name',
	row: (row, { serviceProviderId }) => ({
		serviceProviderId: nameOf(row.serviceProviderId) ?? serviceProviderId,
		// A department of the enterprise belongs to no group.
		groupId: nameOf(row.groupId),
		name: nameOf(row.name),
	}),
});
