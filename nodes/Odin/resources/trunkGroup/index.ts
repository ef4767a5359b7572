import type { Resource } from '../../execution/operation';
import { create } from './create';

export const trunkGroup: Resource = {
	name: 'Trunk Group',
	value: 'trunkGroup',
	operations: [create],
	defaultOperation: 'create',
};
