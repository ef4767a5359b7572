import type { INodeProperties } from 'n8n-workflow';
import { fieldOf } from '../../trunkGroup/catalogue';

export const nameProperty: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: fieldOf('name').placeholder,
	description: 'Name of the trunk group, unique within its group. 1 to 30 characters.',
};

export const maxActiveCallsProperty: INodeProperties = {
	displayName: 'Max Active Calls',
	name: 'maxActiveCalls',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: `${fieldOf('maxActiveCalls').description}. 1 or more.`,
};

export const payloadProperty: INodeProperties = {
	displayName: 'Payload',
	name: 'payload',
	type: 'json',
	default: '{}',
	description:
		'Further fields as JSON, each by its name in the Odin API. A field of the form wins over the same field here.',
};

/** Off: the profile as Odin returned it. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
