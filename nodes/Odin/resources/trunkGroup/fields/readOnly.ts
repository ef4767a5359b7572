import { choice, integer, json, text } from '../../../model/field';

/** Fields that Odin answers with and ignores when they are sent back. */
export const readOnlyFields = [
	choice({
		name: 'trunkGroupState',
		label: 'Trunk Group State',
		description: 'State found by stateful rerouting',
		choices: ['Available', 'Unavailable'],
		writeOn: [],
		storedWhenAbsent: 'Available',
	}),
	integer({
		name: 'totalActiveIncomingCalls',
		label: 'Total Active Incoming Calls',
		description: 'Incoming calls at the moment of reading',
		writeOn: [],
		storedWhenAbsent: 0,
	}),
	integer({
		name: 'totalActiveOutgoingCalls',
		label: 'Total Active Outgoing Calls',
		description: 'Outgoing calls at the moment of reading',
		writeOn: [],
		storedWhenAbsent: 0,
	}),
	json({
		name: 'hostedUserTable',
		label: 'Hosted User Table',
		description: 'BroadWorks name of the hosted users; Odin answers with users',
		readable: false,
		writeOn: [],
	}),
	text({
		name: 'deviceName',
		label: 'Device Name',
		description: 'Device in a row of the list; a profile has accessDevice',
		readable: false,
		writeOn: [],
	}),
	choice({
		name: 'deviceLevel',
		label: 'Device Level',
		description: 'Level of the device in a row of the list; a profile has accessDevice',
		choices: ['System', 'Service Provider', 'Group'],
		readable: false,
		writeOn: [],
	}),
	json({
		name: 'trunkGroupKey',
		label: 'Trunk Group Key',
		description: 'BroadWorks name of service provider, group and name; Odin has the three fields',
		readable: false,
		writeOn: [],
	}),
];
