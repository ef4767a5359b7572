import type { Resource } from '../../execution/operation';
import { generate } from './generate';

export const sipPassword: Resource = {
	name: 'SIP Password',
	value: 'sipPassword',
	operations: [generate],
	defaultOperation: generate,
};
