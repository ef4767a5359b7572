import type { INodeProperties } from 'n8n-workflow';
import type { ResourceModel } from '../model/resourceModel';

const slowLoadNotice = {
	message: 'Odin takes long to list them. You can also switch from the list and enter it yourself',
	timeout: 8000,
};

/**
 * The editor empties a locator when one that its list depends on changes. It watches the name of what was chosen there: of
 * the value, an expression would be watched by its result, and each item or execution with another one would empty the
 * locators below, with their expressions (n8n 2.40).
 */
const SERVICE_PROVIDER = 'serviceProviderId.cachedResultName';
const GROUP = 'groupId.cachedResultName';
const TRUNK_GROUP = 'trunkGroup.cachedResultName';

const DEPENDS_ON: Record<string, string[]> = {
	searchGroups: [SERVICE_PROVIDER],
	searchTrunkGroups: [SERVICE_PROVIDER, GROUP],
	searchDevices: [SERVICE_PROVIDER, GROUP],
	searchDepartments: [SERVICE_PROVIDER, GROUP],
	searchUsers: [SERVICE_PROVIDER, GROUP],
	searchTrunkGroupUsers: [SERVICE_PROVIDER, GROUP, TRUNK_GROUP],
};

/** A value that is chosen from a list of Odin's, or entered. `entered` names the second way and its stored mode. */
export function listLocator(
	searchListMethod: string,
	entered: { displayName: string; name: string },
	placeholder: string,
): Pick<INodeProperties, 'type' | 'default' | 'modes' | 'typeOptions'> {
	const loadOptionsDependsOn = DEPENDS_ON[searchListMethod];
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(loadOptionsDependsOn && { typeOptions: { loadOptionsDependsOn } }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true, slowLoadNotice },
			},
			{ ...entered, type: 'string', placeholder },
		],
	};
}

export const BY_ID = { displayName: 'By ID', name: 'id' };
export const BY_NAME = { displayName: 'By Name', name: 'name' };

export const serviceProviderLocator: INodeProperties = {
	displayName: 'Service Provider',
	name: 'serviceProviderId',
	...listLocator('searchServiceProviders', BY_ID, 'e.g. acme-enterprise'),
	required: true,
	description: 'The service provider or enterprise',
};

export const groupLocator: INodeProperties = {
	displayName: 'Group',
	name: 'groupId',
	...listLocator('searchGroups', BY_ID, 'e.g. acme-headquarters'),
	required: true,
	description: 'The group of the service provider',
};

const forTheList = (locator: INodeProperties): INodeProperties => ({
	...locator,
	required: false,
	description: `${locator.description}; for the list below, what is named there is known by its ID alone`,
});

const listServiceProviderLocator = forTheList(serviceProviderLocator);
const listGroupLocator = forTheList(groupLocator);

/** Service provider and group of an existing record. Where its id is enough, they only feed its list. */
export const placeLocators = ({
	isIdAlone,
}: Pick<ResourceModel, 'isIdAlone'>): INodeProperties[] =>
	isIdAlone
		? [listServiceProviderLocator, listGroupLocator]
		: [serviceProviderLocator, groupLocator];

export const trunkGroupLocator: INodeProperties = {
	displayName: 'Trunk Group',
	name: 'trunkGroup',
	...listLocator('searchTrunkGroups', BY_NAME, 'e.g. acme-sbc-1'),
	required: true,
	description: 'The trunk group of the group',
};
