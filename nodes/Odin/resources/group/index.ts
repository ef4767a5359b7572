import type { Resource } from '../../execution/operation';
import { getAll } from './getAll';

export const group: Resource = {
	name: 'Group',
	value: 'group',
	operations: [getAll],
	defaultOperation: getAll,
};
