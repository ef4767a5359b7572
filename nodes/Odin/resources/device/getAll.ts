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
	action: 'Get many devices',
	description: 'List the access devices of a group',
	properties: [serviceProviderLocator, groupLocator, optionsCollection()],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		return {
			subject: `the access devices of ${groupText(group)}`,
			async run(odin) {
				const rows = await readRows(
					odin,
					{
						path: '/groups/devices',
						query: { ...group },
						purpose: `list the access devices of ${groupText(group)}`,
					},
					'deviceName',
				);
				return rows.map((row) => ({
					serviceProviderId: nameOf(row.serviceProviderId) ?? group.serviceProviderId,
					groupId: nameOf(row.groupId) ?? group.groupId,
					deviceName: nameOf(row.deviceName),
					deviceLevel: nameOf(row.deviceLevel),
					deviceType: nameOf(row.deviceType),
					status: nameOf(row.status),
					netAddress: nameOf(row.netAddress),
					macAddress: nameOf(row.macAddress),
				}));
			},
		};
	},
};
