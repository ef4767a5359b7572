import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { exportProfile } from '../../model/export';
import { trunkGroupText } from '../../model/key';
import { optionsCollection } from '../options';
import { keyProperties, readExistingKey, readTrunkGroup } from '../lookup';

export const exportTrunkGroup: Operation = {
	name: 'Export',
	value: 'export',
	action: 'Export a trunk group',
	description:
		"Get what 'Create' and 'Create or Update' take as Payload, to clone a trunk group or to keep it under version control",
	properties: [...keyProperties, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters);
		return {
			subject: trunkGroupText(key),
			run: async (odin) => [exportProfile(await readTrunkGroup(odin, key)) as IDataObject],
		};
	},
};
