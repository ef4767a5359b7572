import type { Operation } from '../../execution/operation';
import { groupText } from '../../model/key';
import type { ResourceModel } from '../../model/resourceModel';
import { nameOf } from '../../values/wireValues';
import { groupLocator, serviceProviderLocator } from '../locators';
import { optionsCollection } from '../options';
import { readRows } from '../rows';
import { readGroupKey } from '../scope';

/** The operation that lists the records of a group, each row in one shape. */
export const getAll = ({ noun, path, id, row = [] }: ResourceModel): Operation => ({
	name: 'Get Many',
	value: 'getAll',
	action: `Get many ${noun}s`,
	description: `List the ${noun}s of a group`,
	properties: [serviceProviderLocator, groupLocator, optionsCollection()],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		const subject = `the ${noun}s of ${groupText(group)}`;
		return {
			subject,
			async run(odin) {
				const request = { path, query: { ...group }, purpose: `list ${subject}` };
				const rows = await readRows(odin, request, id);
				return rows.map((given) => ({
					serviceProviderId: nameOf(given.serviceProviderId) ?? group.serviceProviderId,
					groupId: nameOf(given.groupId) ?? group.groupId,
					...Object.fromEntries([id, ...row].map((name) => [name, nameOf(given[name])])),
				}));
			},
		};
	},
});
