import type { INodeProperties } from 'n8n-workflow';
import type { ListChoice } from '../model/field';
import type { ResourceModel } from '../model/resourceModel';

const slowLoadNotice = {
	message:
		'Odin is slow to list them. You can also switch from the list and enter the value yourself',
	timeout: 8000,
};

/**
 * The editor empties a locator when one that its list depends on changes. It watches the name of what was chosen there: of
 * the value, an expression would be watched by its result, and each item or execution with another one would empty the
 * locators below, with their expressions (n8n 2.40).
 */
const watched = (parameter: string): string => `${parameter}.cachedResultName`;

/** A value that is chosen from a list of Odin's, or entered. `within` names the parameters that the list depends on. */
export function listLocator(
	{ search, by, dependsOn = [] }: ListChoice,
	placeholder: string,
	within: readonly string[] = ['serviceProviderId', 'groupId'],
): Pick<INodeProperties, 'type' | 'default' | 'modes' | 'typeOptions'> {
	const loadOptionsDependsOn = [...within, ...dependsOn].map(watched);
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(loadOptionsDependsOn.length > 0 && { typeOptions: { loadOptionsDependsOn } }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: search, searchable: true, slowLoadNotice },
			},
			{ ...ENTERED[by ?? 'name'], type: 'string', placeholder },
		],
	};
}

const ENTERED = {
	id: { displayName: 'By ID', name: 'id' },
	name: { displayName: 'By Name', name: 'name' },
};

export const serviceProviderLocator: INodeProperties = {
	displayName: 'Service Provider',
	name: 'serviceProviderId',
	...listLocator({ search: 'searchServiceProviders', by: 'id' }, 'e.g. acme-enterprise', []),
	required: true,
	description: 'The service provider or enterprise',
};

export const groupLocator: INodeProperties = {
	displayName: 'Group',
	name: 'groupId',
	...listLocator({ search: 'searchGroups', by: 'id' }, 'e.g. acme-headquarters', [
		'serviceProviderId',
	]),
	required: true,
	description: 'The group of the service provider',
};

const forTheList = (locator: INodeProperties): INodeProperties => ({
	...locator,
	required: false,
	description: `${locator.description}. It only filters the list below, since an ID is unique in the whole system.`,
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

/** Points at an existing record of a resource. */
export const recordLocator = (
	{ label, value, noun, id, fields }: ResourceModel,
	list: ListChoice,
): INodeProperties => ({
	displayName: label,
	name: value,
	...listLocator(list, fields.get(id).placeholder ?? ''),
	required: true,
	description: `The ${noun} of the group`,
});
