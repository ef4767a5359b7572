import type { Resource } from '../../execution/operation';
import { compare } from './compare';
import { create } from './create';
import { deleteTrunkGroup } from './delete';
import { exportTrunkGroup } from './export';
import { get } from './get';
import { getAll } from './getAll';
import { getAvailableUsers } from './getAvailableUsers';
import { getUsers } from './getUsers';
import { update } from './update';
import { upsert } from './upsert';

export const trunkGroup: Resource = {
	name: 'Trunk Group',
	value: 'trunkGroup',
	operations: [
		compare,
		create,
		upsert,
		deleteTrunkGroup,
		exportTrunkGroup,
		get,
		getAvailableUsers,
		getAll,
		getUsers,
		update,
	],
	defaultOperation: create,
};
