import { listing, ofOdin } from '../../provisioning/listing';
import { nameOf, switchOf } from '../../values/wireValues';

export const getAll = listing({
	scope: ofOdin,
	plural: 'service providers',
	description: 'List the service providers and enterprises',
	path: '/service-providers',
	id: 'serviceProviderId',
	row: (row) => ({
		serviceProviderId: nameOf(row.serviceProviderId),
		serviceProviderName: nameOf(row.serviceProviderName),
		isEnterprise: switchOf(row.isEnterprise),
	}),
});
