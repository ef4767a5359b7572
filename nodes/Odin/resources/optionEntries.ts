import type { INodeProperties } from 'n8n-workflow';

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 30000,
	description: 'Milliseconds to wait for an answer of Odin to one request',
};

export const previewOnlyOption: INodeProperties = {
	displayName: 'Preview Only',
	name: 'previewOnly',
	type: 'boolean',
	default: false,
	description:
		'Whether to show what would be sent, with passwords masked, instead of sending it. Nothing is changed in Odin.',
};

export const includeSipPasswordOption: INodeProperties = {
	displayName: 'Include SIP Password',
	name: 'includeSipPassword',
	type: 'boolean',
	default: false,
	description:
		'Whether the output contains the SIP password that was set. n8n stores it with the execution, so hand it to a secret store at once.',
};

export const checkCapacityOption: INodeProperties = {
	displayName: 'Check Capacity',
	name: 'checkCapacity',
	type: 'boolean',
	default: false,
	description:
		"Whether to compare max active calls and bursting with the group's call capacity first. Nothing is written when they do not fit.",
};

export const ifNotFoundOption: INodeProperties = {
	displayName: 'If Not Found',
	name: 'ifNotFound',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: 'Stop with a message that names the trunk group' },
		{
			name: 'Return Empty',
			value: 'returnEmpty',
			description: 'Put an item on the output that says so',
		},
	],
	default: 'fail',
	description: 'What to do when the group has no trunk group with this name',
};

/** The Options collection with the entries of an operation. */
export const optionsCollection = (...entries: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...entries].sort((one, other) => one.displayName.localeCompare(other.displayName)),
});
