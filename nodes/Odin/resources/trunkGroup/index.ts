import type { Resource } from '../../execution/operation';
import { compare } from '../../provisioning/operations/compare';
import { create } from '../../provisioning/operations/create';
import { deleteTrunkGroup } from './delete';
import { exportTrunkGroup } from '../../provisioning/operations/export';
import { get } from '../../provisioning/operations/get';
import { getAll } from '../../provisioning/operations/getAll';
import { getAvailableUsers } from './getAvailableUsers';
import { getUsers } from './getUsers';
import { update } from '../../provisioning/operations/update';
import { upsert } from '../../provisioning/operations/upsert';

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
