import type { Operation } from '../../execution/operation';
import { isOn, nameOf } from '../../values/wireValues';
import { optionsCollection } from '../../provisioning/options';
import { readRows } from '../../provisioning/rows';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many service providers',
	description: 'List the service providers and enterprises',
	properties: [optionsCollection()],
	prepare: () => ({
		subject: 'the service providers',
		async run(odin) {
			const rows = await readRows(
				odin,
				{
					path: '/service-providers',
					purpose: 'list the service providers',
				},
				'serviceProviderId',
			);
			return rows.map((row) => ({
				serviceProviderId: nameOf(row.serviceProviderId),
				serviceProviderName: nameOf(row.serviceProviderName),
				isEnterprise: isOn(row.isEnterprise),
			}));
		},
	}),
};
