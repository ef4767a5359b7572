import type { Operation } from '../../execution/operation';
import { trunkGroupText } from '../../model/key';
import { optionsCollection } from '../../provisioning/options';
import { keyProperties, readExistingKey } from '../../provisioning/lookup';
import { readUsers, userRow } from './users';

export const getUsers: Operation = {
	name: 'Get Users',
	value: 'getUsers',
	action: 'Get the users of a trunk group',
	description: 'List the users who make and receive their calls through a trunk group',
	properties: [...keyProperties, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters);
		return {
			subject: `the users of ${trunkGroupText(key)}`,
			run: async (odin) => (await readUsers(odin, key, 'assigned')).map(userRow),
		};
	},
};
