import type { Operation } from '../../execution/operation';
import { groupText } from '../../model/key';
import { readGroupKey } from '../../provisioning/scope';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { nameOf } from '../../values/wireValues';
import { optionsCollection } from '../../provisioning/options';
import { readRows } from '../../provisioning/rows';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many departments',
	description: 'List the departments of a group',
	properties: [serviceProviderLocator, groupLocator, optionsCollection()],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		return {
			subject: `the departments of ${groupText(group)}`,
			async run(odin) {
				const rows = await readRows(
					odin,
					{
						path: '/groups/departments',
						query: { ...group },
						purpose: `list the departments of ${groupText(group)}`,
					},
					'name',
				);
				return rows.map((row) => ({
					serviceProviderId: nameOf(row.serviceProviderId) ?? group.serviceProviderId,
					// A department of the enterprise belongs to no group.
					groupId: nameOf(row.groupId),
					name: nameOf(row.name),
				}));
			},
		};
	},
};
