import type { Operation } from '../../execution/operation';
import { optionsCollection } from '../../provisioning/options';
import { capacityOutput, holderProperties, readCapacity, readHolder } from './capacity';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get call capacity',
	description: 'Get the call capacity of a group or of a service provider. -1 means unlimited.',
	properties: [...holderProperties, optionsCollection()],
	prepare(parameters) {
		const holder = readHolder(parameters);
		return {
			subject: `the call capacity of ${holder.text}`,
			run: async (odin) => [capacityOutput(holder, await readCapacity(odin, holder))],
		};
	},
};
