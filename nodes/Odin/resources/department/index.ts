import type { Resource } from '../../execution/operation';
import { getAll } from './getAll';

export const department: Resource = {
	name: 'Department',
	value: 'department',
	operations: [getAll],
	defaultOperation: getAll,
};
