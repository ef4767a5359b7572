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

/** The Options collection with the entries of an operation. */
export const optionsCollection = (...entries: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...entries].sort((one, other) => one.displayName.localeCompare(other.displayName)),
});
