import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86400000 },
	default: 30000,
	description: 'Milliseconds to wait for the whole answer of Odin to one request',
};

const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'How many items are sent to Odin at once. 1 to 50; 1 sends one after the other.',
};

const requestsPerSecond: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'How many requests this node sends in any second at most. 0 means no limit.',
};

const maxRetries: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 4,
	description:
		'How many times a request is retried when Odin is too busy or its answer is lost. A write is retried only when Odin does not show it.',
};

/** On once it is added, as its name says there: switches that hold a write back do so unless somebody turns them off. */
export const previewOnlyOption: INodeProperties = {
	displayName: 'Preview Only',
	name: 'previewOnly',
	type: 'boolean',
	default: true,
	description:
		'Whether to show what would be sent, with passwords masked, instead of sending it. Nothing is changed in Odin.',
};

export const planIdOption: INodeProperties = {
	displayName: 'Plan ID',
	name: 'planId',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.planId }}',
	description:
		'The planId of a preview. The write is carried out only if it is still that very plan: the same request, and in Odin the same values in the fields that it changes. Otherwise nothing is written.',
};

export const requirePlanIdOption: INodeProperties = {
	displayName: 'Require Plan ID',
	name: 'requirePlanId',
	type: 'boolean',
	default: true,
	description:
		'Whether to refuse a write without a plan ID, so that nothing is written that was not previewed',
};

/** The options of every write. */
export const planOptions: INodeProperties[] = [
	previewOnlyOption,
	planIdOption,
	requirePlanIdOption,
];

export const unknownFieldsOption: INodeProperties = {
	displayName: 'Unknown Fields',
	name: 'unknownFields',
	type: 'options',
	options: [
		{ name: 'Ignore', value: 'ignore', description: 'Leave them out, and say so in a hint' },
		{ name: 'Refuse', value: 'refuse', description: 'Send nothing for the item' },
		{ name: 'Send', value: 'send', description: 'Send them as they are, and say so in a hint' },
	],
	default: 'send',
	description:
		"What to do with keys of 'Further Fields (JSON)' that this node does not know. Refuse holds for columns, too, which are left out otherwise.",
};

export const IF_NOT_FOUND = 'If Not Found';

export const ifNotFoundOption = ({ noun }: { noun: string }): INodeProperties => ({
	displayName: IF_NOT_FOUND,
	name: 'ifNotFound',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'fail', description: `Stop with a message that names the ${noun}` },
		{
			name: 'Return Empty',
			value: 'returnEmpty',
			description: 'Return an item that says so',
		},
	],
	default: 'fail',
	description: `What to do when Odin has no such ${noun}`,
});

/** Whether a missing record gives an item that says so, instead of a failure. */
export const returnsEmpty = (parameters: ItemParameters): boolean =>
	parameters.option<string>(
		{
			name: 'ifNotFound',
			label: IF_NOT_FOUND,
			type: 'choice',
			choices: ['fail', 'returnEmpty'],
		},
		'fail',
	) === 'returnEmpty';

/** The Options collection with the entries of an operation, and those that all operations have. */
export const optionsCollection = (...entries: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...entries, concurrency, requestsPerSecond, maxRetries, timeout].sort((one, other) =>
		one.displayName.localeCompare(other.displayName),
	),
});
