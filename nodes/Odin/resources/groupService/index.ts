import type { Resource } from '../../execution/operation';
import { getAll } from './getAll';
import { update } from './update';

export const groupService: Resource = {
	name: 'Group Service',
	value: 'groupService',
	operations: [getAll, update],
	defaultOperation: getAll,
};
