import type { Operation } from '../../execution/operation';
import { readServiceProviderId } from '../../provisioning/scope';
import { serviceProviderLocator } from '../../provisioning/locators';
import { countOf, nameOf } from '../../values/wireValues';
import { optionsCollection } from '../../provisioning/options';
import { readRows } from '../../provisioning/rows';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many groups',
	description: 'List the groups of a service provider',
	properties: [serviceProviderLocator, optionsCollection()],
	prepare(parameters) {
		const serviceProviderId = readServiceProviderId(parameters);
		const subject = `the groups of service provider '${serviceProviderId}'`;
		return {
			subject,
			async run(odin) {
				const rows = await readRows(
					odin,
					{
						path: '/groups',
						query: { serviceProviderId },
						purpose: `list ${subject}`,
					},
					'groupId',
				);
				return rows.map((row) => ({
					serviceProviderId: nameOf(row.serviceProviderId) ?? serviceProviderId,
					groupId: nameOf(row.groupId),
					groupName: nameOf(row.groupName),
					userLimit: countOf(row.userLimit),
				}));
			},
		};
	},
};
