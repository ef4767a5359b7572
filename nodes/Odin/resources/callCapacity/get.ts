import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { optionsCollection } from '../../provisioning/options';
import { holderProperties, readCapacity, readHolder } from './capacity';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a call capacity',
	description: 'Get the call capacity of a group or of a service provider. -1 means unlimited.',
	properties: [...holderProperties, optionsCollection()],
	prepare(parameters) {
		const holder = readHolder(parameters);
		return {
			subject: `the call capacity of ${holder.text}`,
			run: async (odin) => [(await readCapacity(odin, holder)) as IDataObject],
		};
	},
};
