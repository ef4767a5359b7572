import type { Resource } from '../../execution/operation';
import { activate, assign, deactivate, unassign } from './changeOperation';
import { find } from './find';
import { getAll } from './getAll';

export const number: Resource = {
	name: 'Number',
	value: 'number',
	operations: [activate, assign, deactivate, find, getAll, unassign],
	defaultOperation: getAll,
};
