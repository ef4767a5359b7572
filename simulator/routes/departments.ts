import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import type { FieldRule } from '../contract/trunkGroupFields';
import { findGroup, type GroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Department } from '../network/records';
import { alreadyExists, notFound } from '../odinErrors';
import type { Simulation } from '../simulation';
import { GROUP_QUERY, TRUNK_GROUP_QUERY } from './queries';

interface DepartmentKey extends GroupKey {
	name: string;
}

const KEY: readonly FieldRule[] = [
	{ name: 'serviceProviderId', type: 'string', minLength: 1, maxLength: 30 },
	{ name: 'groupId', type: 'string', minLength: 1, maxLength: 30 },
	{ name: 'name', type: 'string', minLength: 1, maxLength: 50 },
];
const required = KEY.map(({ name }) => name);

// What else Odin takes is unknown: other keys pass.
const CREATE_BODY = bodyContract({ operation: 'create', fields: KEY, required, open: true });
const UPDATE_BODY = bodyContract({
	operation: 'update',
	fields: [...KEY, { name: 'newName', type: 'string', minLength: 1, maxLength: 50 }],
	required,
	open: true,
});

const PATH = '/groups/departments';

export function addDepartmentRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	app.get<{ Querystring: GroupKey & { includeEnterprise?: string } }>(
		PATH,
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { serviceProviderId, groupId } = findGroup(network, query);
			const ofGroup = network.departments(serviceProviderId, groupId);
			return ['true', '1'].includes(query.includeEnterprise ?? '')
				? [...ofGroup, ...network.departments(serviceProviderId)]
				: ofGroup;
		},
	);

	app.post(PATH, async (request) => {
		const key = checkBody(request, CREATE_BODY, switches) as unknown as DepartmentKey;
		findGroup(network, key);
		demandFreeName(network, key, key.name);
		return network.addDepartment(key);
	});

	app.put(PATH, async (request) => {
		const { newName, ...key } = checkBody(
			request,
			UPDATE_BODY,
			switches,
		) as unknown as DepartmentKey & {
			newName?: string;
		};
		const department = findDepartment(network, key);
		if (newName === undefined || newName === department.name) return department;
		demandFreeName(network, key, newName);
		for (const trunkGroup of trunkGroupsOf(network, key)) {
			trunkGroup.department = { ...department, name: newName };
		}
		department.name = newName;
		return department;
	});

	app.delete<{ Querystring: DepartmentKey }>(
		PATH,
		{ schema: { querystring: TRUNK_GROUP_QUERY } },
		async ({ query }, reply) => {
			network.removeDepartment(findDepartment(network, query));
			for (const trunkGroup of trunkGroupsOf(network, query)) delete trunkGroup.department;
			return reply.send();
		},
	);
}

function findDepartment(network: Network, key: DepartmentKey): Department {
	const { serviceProviderId, groupId } = findGroup(network, key);
	const departments = network.departments(serviceProviderId, groupId);
	const department = departments.find(({ name }) => name === key.name);
	if (!department) throw notFound('Department', key.name);
	return department;
}

function demandFreeName(network: Network, key: DepartmentKey, wanted: string): void {
	const departments = network.departments(key.serviceProviderId, key.groupId);
	if (departments.some(({ name }) => name === wanted)) throw alreadyExists('Department', wanted);
}

function trunkGroupsOf(network: Network, key: DepartmentKey) {
	return network
		.trunkGroups(key.serviceProviderId, key.groupId)
		.filter(({ department }) => department?.groupId !== undefined && department.name === key.name);
}
