import type { Resource } from '../../execution/operation';
import { get } from './get';
import { takeDown } from './takeDown';
import { turnUp } from './turnUp';

export const sipTrunk: Resource = {
	name: 'SIP Trunk',
	value: 'sipTrunk',
	operations: [get, takeDown, turnUp],
	defaultOperation: turnUp,
};
