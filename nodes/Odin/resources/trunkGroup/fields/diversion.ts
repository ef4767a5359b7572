import { choice, integer, text, type Field } from '../../../model/field';
import { trunkGroupKey } from './references';

/** Where calls go in one of three situations: to an address, or to another trunk group. */
function diversion(
	section: string,
	prefix: string,
	labels: { action: string; address: string; target: string },
	situation: string,
): Field[] {
	const action = `${prefix}Action`;
	return [
		choice({
			name: action,
			label: labels.action,
			description: `What happens to calls ${situation}`,
			section,
			choices: ['Forward', 'Reroute'],
			clearable: true,
		}),
		text({
			name: `${prefix}ForwardAddress`,
			label: labels.address,
			description: `Phone number or SIP URI that calls are forwarded to ${situation}. Needed when the action is Forward`,
			section,
			maxLength: 161,
			format: 'address',
			clearable: true,
			neededWhen: { field: action, equals: 'Forward' },
			placeholder: 'e.g. +15551230000',
		}),
		trunkGroupKey({
			name: `${prefix}RerouteTrunkGroupKey`,
			label: labels.target,
			groupLabel: labels.target.replace(/ To$/, ' Group'),
			description: `Trunk group that calls are rerouted to ${situation}. Needed when the action is Reroute`,
			section,
			clearable: true,
			neededWhen: { field: action, equals: 'Reroute' },
		}),
	];
}

export const capacityExceededFields = [
	...diversion(
		'capacityExceeded',
		'capacityExceeded',
		{
			action: 'Capacity Exceeded Action',
			address: 'Exceeded Forward To',
			target: 'Exceeded Reroute To',
		},
		'when the call capacity is exceeded',
	),
	integer({
		name: 'capacityExceededTrapInitialCalls',
		label: 'Capacity Exceeded Initial Value',
		description: 'Number of calls over capacity at which the first alarm (SNMP trap) is raised',
		section: 'capacityExceeded',
		min: 0,
		documentedDefault: 0,
		storedWhenAbsent: 0,
	}),
	integer({
		name: 'capacityExceededTrapOffsetCalls',
		label: 'Capacity Exceeded Offset Value',
		description: 'Number of further calls over capacity after which the next alarm is raised',
		section: 'capacityExceeded',
		min: 0,
		documentedDefault: 0,
		storedWhenAbsent: 0,
	}),
];

export const callForwardingAlwaysFields = diversion(
	'callForwardingAlways',
	'callForwardingAlways',
	{
		action: 'Call Forward Always Action',
		address: 'Always Forward To',
		target: 'Always Reroute To',
	},
	'at all times',
);

export const unreachableDestinationFields = [
	...diversion(
		'unreachableDestination',
		'unreachableDestination',
		{
			action: 'Unreachable Destination Action',
			address: 'Unreachable Forward To',
			target: 'Unreachable Reroute To',
		},
		'when the trunk group cannot be reached',
	),
	integer({
		name: 'invitationTimeout',
		label: 'Invitation Timeout',
		description:
			'Seconds to wait for an answer to an INVITE before the destination counts as unreachable. The Odin portal offers 1 to 15, BroadWorks takes up to 255',
		section: 'unreachableDestination',
		min: 1,
		max: 255,
		documentedDefault: 6,
		storedWhenAbsent: 6,
	}),
];
