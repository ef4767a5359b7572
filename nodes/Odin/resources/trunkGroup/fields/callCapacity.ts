import { boolean, integer } from '../../../model/field';

const section = 'callCapacity';
const onlyWithBursting = { field: 'enableBursting', equals: true };

export const callCapacityFields = [
	integer({
		name: 'maxActiveCalls',
		label: 'Max Active Calls',
		description:
			'How many calls may be active at once. The ceiling is the call capacity of the group',
		section,
		min: 1,
		requiredOnCreate: true,
		ownParameter: 1,
	}),
	integer({
		name: 'maxIncomingCalls',
		label: 'Max Incoming Calls',
		description:
			'How many of the active calls may be incoming. Without it there is no separate limit',
		section,
		min: 0,
		max: 999999,
		clearable: true,
	}),
	integer({
		name: 'maxOutgoingCalls',
		label: 'Max Outgoing Calls',
		description:
			'How many of the active calls may be outgoing. Without it there is no separate limit',
		section,
		min: 0,
		max: 999999,
		clearable: true,
	}),
	boolean({
		name: 'enableBursting',
		label: 'Enable Bursting Capacity',
		description:
			'Whether calls above the maximum are allowed for a while. The group needs bursting capacity',
		section,
		storedWhenAbsent: false,
	}),
	integer({
		name: 'burstingMaxActiveCalls',
		label: 'Bursting Max Active Calls',
		description: 'How many more calls may be active while bursting',
		section,
		min: 0,
		max: 999999,
		clearable: true,
		onlyWith: onlyWithBursting,
	}),
	integer({
		name: 'burstingMaxIncomingCalls',
		label: 'Bursting Max Incoming Calls',
		description: 'How many more incoming calls may be active while bursting',
		section,
		min: 0,
		max: 999999,
		clearable: true,
		onlyWith: onlyWithBursting,
	}),
	integer({
		name: 'burstingMaxOutgoingCalls',
		label: 'Bursting Max Outgoing Calls',
		description: 'How many more outgoing calls may be active while bursting',
		section,
		min: 0,
		max: 999999,
		clearable: true,
		onlyWith: onlyWithBursting,
	}),
];
