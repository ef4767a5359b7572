import type { Resource } from '../../execution/operation';
import { get } from './get';

export const sipTrunk: Resource = {
	name: 'SIP Trunk',
	value: 'sipTrunk',
	operations: [get],
	defaultOperation: get,
};
