import type { Resource } from '../../execution/operation';
import { get } from './get';
import { getReport } from './getReport';
import { update } from './update';

export const callCapacity: Resource = {
	name: 'Call Capacity',
	value: 'callCapacity',
	operations: [get, getReport, update],
	defaultOperation: get,
};
