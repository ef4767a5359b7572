import type { Operation } from '../../execution/operation';
import { groupText } from '../../model/key';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import { readGroupKey } from '../../provisioning/scope';
import { readGroupServices } from './services';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many group services',
	description: 'List the services and service packs of a group. A quantity of -1 means unlimited.',
	properties: [serviceProviderLocator, groupLocator, optionsCollection()],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		return {
			subject: `the services of ${groupText(group)}`,
			run: async (odin) =>
				(await readGroupServices(odin, group)).map((service) => ({ ...group, ...service })),
		};
	},
};
