import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { groupText } from '../../model/key';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import { readRows } from '../../provisioning/rows';
import { readGroupKey } from '../../provisioning/scope';
import { isOn, nameOf, wireText } from '../../values/wireValues';
import { userRow } from '../trunkGroup/users';
import { userModel } from './model';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'List the users of a group',
	properties: [serviceProviderLocator, groupLocator, optionsCollection()],
	prepare(parameters) {
		const group = readGroupKey(parameters);
		const purpose = `list the users of ${groupText(group)}`;
		return {
			subject: `the users of ${groupText(group)}`,
			async run(odin) {
				const request = { path: userModel.path, query: { ...group }, purpose };
				const rows = await readRows(odin, request, userModel.id);
				return rows.map(
					(row): IDataObject => ({
						serviceProviderId: nameOf(row.serviceProviderId) ?? group.serviceProviderId,
						groupId: nameOf(row.groupId) ?? group.groupId,
						...userRow(row),
						phoneNumberActivated: switchOf(row.phoneNumberActivated),
						inTrunkGroup: switchOf(row.inTrunkGroup),
					}),
				);
			},
		};
	},
};

/** Null where Odin leaves it out. */
const switchOf = (value: unknown): boolean | null => (wireText(value) === '' ? null : isOn(value));
