import type { Resource } from '../../execution/operation';
import { get } from './get';
import { getReport } from './getReport';
import { update } from './update';

export const callCapacity: Resource = {
	name: 'Call Capacity',
	value: 'callCapacity',
	operations: [get, getReport, update],
	defaultOperation: get,
	builderHint:
		'update sets absolute values; with raiseOnly it never lowers one, which makes a repeated ticket harmless. A trunk group cannot have more calls than its group, nor a group more than its service provider.',
};
