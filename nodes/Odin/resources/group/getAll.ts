import { listing, ofServiceProvider } from '../../provisioning/listing';
import { countOf, nameOf } from '../../values/wireValues';

export const getAll = listing({
	scope: ofServiceProvider,
	plural: 'groups',
	description: 'List the groups of a service provider',
	path: '/groups',
	id: 'groupId',
	row: (row, { serviceProviderId }) => ({
		serviceProviderId: nameOf(row.serviceProviderId) ?? serviceProviderId,
		groupId: nameOf(row.groupId),
		groupName: nameOf(row.groupName),
		userLimit: countOf(row.userLimit),
	}),
});
