import type { Operation } from '../../execution/operation';
import { trunkGroupText } from '../../model/key';
import { optionsCollection } from '../../provisioning/options';
import { keyProperties, readExistingKey } from '../../provisioning/lookup';
import { readUsers, userRow } from './users';

export const getAvailableUsers: Operation = {
	name: 'Get Available Users',
	value: 'getAvailableUsers',
	action: 'Get the available users of a trunk group',
	description: 'List the users who could become hosted users of a trunk group',
	properties: [...keyProperties, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters);
		return {
			subject: `the available users of ${trunkGroupText(key)}`,
			run: async (odin) => (await readUsers(odin, key, 'available')).map(userRow),
		};
	},
};
