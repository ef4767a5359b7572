import type { INodeProperties } from 'n8n-workflow';
import { groupLocator, serviceProviderLocator } from '../provisioning/locators';
import { optionsCollection } from '../provisioning/options';
import { trunkGroupModel } from '../resources/trunkGroup/model';
import { watchColumns } from '../watch/fields';
import { DEFAULT_FIELDS } from './parameters';

/** The form of the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Call Capacity Used',
				value: 'callCapacityUsed',
				description: 'The calls of a trunk group reach the threshold',
			},
			{
				name: 'Registration Lost',
				value: 'registrationLost',
				description: 'A user of a trunk group was registered and no longer is',
			},
			{
				name: 'Trunk Group Changed',
				value: 'trunkGroupChanged',
				description: 'A trunk group is created, changed or deleted',
			},
			{
				name: 'Trunk Group State',
				value: 'trunkGroupState',
				description: 'A trunk group becomes unavailable or available',
			},
		],
		default: 'trunkGroupChanged',
		description: 'What starts the workflow',
	},
	serviceProviderLocator,
	{
		...groupLocator,
		required: false,
		description: 'The group to watch. Empty watches all groups of the service provider.',
	},
	{
		displayName: 'Threshold',
		name: 'threshold',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 80,
		description:
			"Per cent of a trunk group's Max Active Calls at or above which the workflow starts. Calls in both directions count.",
		displayOptions: { show: { event: ['callCapacityUsed'] } },
	},
	{
		displayName: 'Hysteresis',
		name: 'hysteresis',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1000 },
		default: 10,
		description:
			'By how many percentage points the use must fall below the threshold before the same trunk group starts the workflow again',
		displayOptions: { show: { event: ['callCapacityUsed'] } },
	},
	{
		displayName: 'Watch Fields',
		name: 'watchFields',
		type: 'multiOptions',
		options: watchColumns(trunkGroupModel).map(({ name, label }) => ({ name: label, value: name })),
		default: [...DEFAULT_FIELDS],
		description:
			'The fields whose changes start the workflow. Their values, and no others, are remembered from one poll to the next. Without any, only new and deleted trunk groups count.',
		displayOptions: { show: { event: ['trunkGroupChanged'] } },
	},
	optionsCollection(),
];
