import { DEPARTMENT, profileIn } from '../contract/resourceContract';
import { findGroup, groupKeyIn } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Department, Group } from '../network/records';
import { notFound } from '../odinErrors';
import type { Collection } from '../routes/collection';

export function departments(network: Network): Collection<Department> {
	const { departments: store, trunkGroups, users } = network.stores;
	const membersOf = ({ serviceProviderId, groupId, name }: Department) =>
		[
			...trunkGroups.all({ serviceProviderId, groupId }),
			...users.all({ serviceProviderId, groupId }),
		].filter(({ department }) => department?.groupId === groupId && department?.name === name);
	return {
		contract: DEPARTMENT,
		store,
		add: (department) => store.add(department),
		spell: (name) => network.spell(name),
		requirePlace: (key) => void findGroup(network, groupKeyIn(key)),
		list: (query) => {
			const { serviceProviderId, groupId } = findGroup(network, groupKeyIn(query));
			const ofGroup = store.all({ serviceProviderId, groupId });
			return ['true', '1'].includes(query.includeEnterprise ?? '')
				? [...ofGroup, ...store.all({ serviceProviderId, groupId: undefined })]
				: ofGroup;
		},
		row: (department) => department,
		profile: (department) => profileIn(DEPARTMENT, { ...department }, false),
		accompany: ({ record, before }) => {
			if (before && record.name !== before.name) {
				for (const member of membersOf(before)) member.department = { ...record };
			}
		},
		release: (department) => {
			for (const member of membersOf(department)) delete member.department;
		},
	};
}

/** Throws unless something in the group can be in the department. */
export function requireDepartment(
	{ stores }: Network,
	{ serviceProviderId, groupId }: Pick<Group, 'serviceProviderId' | 'groupId'>,
	department: Department,
): void {
	const inReach =
		department.serviceProviderId === serviceProviderId &&
		(department.groupId === undefined || department.groupId === groupId);
	if (!inReach || !stores.departments.find(department)) {
		throw notFound('Department', department.name, 400);
	}
}
