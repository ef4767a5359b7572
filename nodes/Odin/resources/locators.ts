import type { INodeProperties } from 'n8n-workflow';

const slowLoadNotice = {
	message: 'Odin is slow to list them. You can also enter the ID: choose By ID',
	timeout: 8000,
};

/** Choose from a list that Odin gives, or enter the id. */
function idLocator(property: {
	displayName: string;
	name: string;
	description: string;
	searchListMethod: string;
	placeholder: string;
}): INodeProperties {
	const { searchListMethod, placeholder, ...shown } = property;
	return {
		...shown,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true, slowLoadNotice },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

export const serviceProviderLocator = idLocator({
	displayName: 'Service Provider',
	name: 'serviceProviderId',
	description: 'The service provider or enterprise',
	searchListMethod: 'searchServiceProviders',
	placeholder: 'e.g. acme-enterprise',
});

export const groupLocator = idLocator({
	displayName: 'Group',
	name: 'groupId',
	description: 'The group of the service provider',
	searchListMethod: 'searchGroups',
	placeholder: 'e.g. acme-headquarters',
});
