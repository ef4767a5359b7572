import type { Resource } from '../../execution/operation';
import { recordLocator } from '../../provisioning/locators';
import { compare } from '../../provisioning/operations/compare';
import { create } from '../../provisioning/operations/create';
import { remove } from '../../provisioning/operations/delete';
import { exportRecord } from '../../provisioning/operations/export';
import { get } from '../../provisioning/operations/get';
import { update } from '../../provisioning/operations/update';
import { upsert } from '../../provisioning/operations/upsert';
import type { Provisioned } from '../../provisioning/resource';
import { audit } from './audit';
import { sipPassword } from './authentication';
import { capacityCheck } from './capacityCheck';
import { deletion } from './deletion';
import { getAll } from './getAll';
import { getReferences } from './getReferences';
import { trunkGroupModel } from './model';
import { TrunkGroupReferences } from './referenceWatch';
import { getAvailableUsers, getUsers } from './users';

export const provisionedTrunkGroup: Provisioned = {
	...trunkGroupModel,
	form: { newId: 'name', locator: recordLocator(trunkGroupModel, { search: 'searchTrunkGroups' }) },
	password: sipPassword,
	check: capacityCheck,
	deletion,
	references: () => new TrunkGroupReferences(),
};

const createTrunkGroup = create(provisionedTrunkGroup);

export const trunkGroup: Resource = {
	name: provisionedTrunkGroup.label,
	value: provisionedTrunkGroup.value,
	model: provisionedTrunkGroup,
	operations: [
		audit,
		compare(provisionedTrunkGroup),
		createTrunkGroup,
		upsert(provisionedTrunkGroup),
		remove(provisionedTrunkGroup),
		exportRecord(provisionedTrunkGroup),
		get(provisionedTrunkGroup),
		getAvailableUsers(provisionedTrunkGroup),
		getAll,
		getReferences(provisionedTrunkGroup),
		getUsers(provisionedTrunkGroup),
		update(provisionedTrunkGroup),
	],
	defaultOperation: createTrunkGroup,
};
