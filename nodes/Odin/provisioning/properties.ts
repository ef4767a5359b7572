import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';
import { fieldOf } from '../resources/trunkGroup/fields';

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

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Whether an operation shortens the profile. An agent gets the short one: the whole fills its context for nothing. */
export const simplifyProperties: INodeProperties[] = [
	{ ...simplify, displayOptions: { hide: { '@tool': [true] } } },
	{ ...simplify, default: true, displayOptions: { show: { '@tool': [true] } } },
];

/** Whether an item wants the profile shortened; `byDefault` counts where the form gives nothing. */
export const readSimplify = (parameters: ItemParameters, byDefault = false): boolean =>
	parameters.flag('simplify', 'Simplify', parameters.read('simplify'), byDefault);

/** For the operation whose result people look at, short is the default. */
export const simplifyByDefault: INodeProperties = { ...simplify, default: true };
