import type { Resource } from '../../execution/operation';
import { getAll } from './getAll';

export const serviceProvider: Resource = {
	name: 'Service Provider',
	value: 'serviceProvider',
	operations: [getAll],
	defaultOperation: getAll,
};
