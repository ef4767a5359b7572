import { listing, ofGroup } from '../../provisioning/listing';
import { nameOf } from '../../values/wireValues';

export const getAll = listing({
	scope: ofGroup,
	plural: 'access devices',
	shortPlural: 'devices',
	description: 'List the access devices of a group',
	path: '/groups/devices',
	id: 'deviceName',
	row: (row, { serviceProviderId, groupId }) => ({
		serviceProviderId: nameOf(row.serviceProviderId) ?? serviceProviderId,
		groupId: nameOf(row.groupId) ?? groupId,
		deviceName: nameOf(row.deviceName),
		deviceLevel: nameOf(row.deviceLevel),
		deviceType: nameOf(row.deviceType),
		status: nameOf(row.status),
		netAddress: nameOf(row.netAddress),
		macAddress: nameOf(row.macAddress),
	}),
});
