import type { Resource } from '../../execution/operation';
import { undo } from './undo';

export const change: Resource = {
	name: 'Change',
	value: 'change',
	operations: [undo],
	defaultOperation: undo,
};
