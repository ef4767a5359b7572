import type { Resource } from '../../execution/operation';
import { getAll } from './getAll';

export const device: Resource = {
	name: 'Device',
	value: 'device',
	operations: [getAll],
	defaultOperation: getAll,
};
