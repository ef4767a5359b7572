import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../execution/operation';
import type { ItemParameters } from '../execution/parameters';
import { groupText, serviceProviderText } from '../model/key';
import { limitProperties, readLimit } from './limit';
import { groupLocator, serviceProviderLocator } from './locators';
import { optionsCollection } from './options';
import { readRows } from './rows';
import { readGroupKey, readServiceProviderId } from './scope';

/** What a list belongs to. */
interface Scope<Key> {
	properties: INodeProperties[];
	read(parameters: ItemParameters): Key;
	/** What follows the plural in messages, such as " of group 'g' of service provider 's'" */
	text(key: Key): string;
}

export const ofOdin: Scope<Record<string, string>> = {
	properties: [],
	read: () => ({}),
	text: () => '',
};

export const ofServiceProvider: Scope<{ serviceProviderId: string }> = {
	properties: [serviceProviderLocator],
	read: (parameters) => ({ serviceProviderId: readServiceProviderId(parameters) }),
	text: ({ serviceProviderId }) => ` of ${serviceProviderText(serviceProviderId)}`,
};

export const ofGroup: Scope<{ serviceProviderId: string; groupId: string }> = {
	properties: [serviceProviderLocator, groupLocator],
	read: (parameters) => readGroupKey(parameters),
	text: (key) => ` of ${groupText(key)}`,
};

interface Listing<Key> {
	scope: Scope<Key>;
	/** As messages call the rows */
	plural: string;
	/** As the list of actions calls them, where that is shorter */
	shortPlural?: string;
	description: string;
	path: string;
	/** The field that every row has */
	id: string;
	/** A row in its one shape, however Odin gives it */
	row(row: Record<string, unknown>, key: Key): IDataObject;
}

/** Get Many of what only has to be looked up. */
export const listing = <Key extends Record<string, string>>({
	scope,
	plural,
	shortPlural = plural,
	description,
	path,
	id,
	row,
}: Listing<Key>): Operation => ({
	name: 'Get Many',
	value: 'getAll',
	action: `Get many ${shortPlural}`,
	description,
	properties: [...scope.properties, ...limitProperties, optionsCollection()],
	prepare(parameters) {
		const key = scope.read(parameters);
		const limit = readLimit(parameters);
		const subject = `the ${plural}${scope.text(key)}`;
		return {
			subject,
			async run(odin) {
				const rows = await readRows(odin, { path, query: key, purpose: `list ${subject}` }, id);
				return rows.slice(0, limit).map((one) => row(one, key));
			},
		};
	},
});
