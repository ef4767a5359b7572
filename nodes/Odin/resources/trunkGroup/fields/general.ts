import { boolean, integer, json, recordList, text, textList } from '../../../model/field';
import { accessDevice, department } from './references';

export const generalFields = [
	accessDevice({
		name: 'accessDevice',
		label: 'Access Device',
		description:
			'Device that the trunk group is connected through. It can be changed only while no user is assigned',
		section: 'accessDevice',
		clearable: true,
	}),
	department({
		name: 'department',
		label: 'Department',
		description: 'Department of the group that the trunk group belongs to',
		section: 'additionalFields',
		clearable: true,
	}),
	boolean({
		name: 'allowUnscreenedCalls',
		label: 'Allow Unscreened Calls',
		description:
			'Whether a call may go out although its calling number belongs to no user of the trunk group. Opens the door to toll fraud',
		section: 'additionalFields',
		storedWhenAbsent: false,
	}),
	boolean({
		name: 'allowUnscreenedEmergencyCalls',
		label: 'Allow Unscreened Emergency',
		description:
			'Whether an emergency call may go out although its calling number belongs to no user of the trunk group',
		section: 'additionalFields',
		storedWhenAbsent: false,
	}),
	text({
		name: 'pilotUserId',
		label: 'Pilot User ID',
		description: 'ID of the pilot user, who must already be a user of this trunk group',
		section: 'additionalFields',
		maxLength: 161,
		clearable: true,
		isName: true,
		format: 'id',
		writeOn: ['update'],
		placeholder: 'e.g. pilot@example.com',
		chosenFrom: { search: 'searchTrunkGroupUsers', by: 'id', dependsOn: ['trunkGroup'] },
	}),
	json({
		name: 'pilotUser',
		label: 'Pilot User',
		description: 'Pilot user to create together with the trunk group; not verified with Odin',
		writeOn: ['create'],
		readable: false,
	}),
	recordList({
		name: 'users',
		label: 'Hosted Users',
		description: 'All hosted users of the trunk group, each with its userId; replaces the list',
		identifiedBy: 'userId',
		clearable: true,
	}),
	textList({
		name: 'hostedUserId',
		label: 'Hosted User IDs',
		description: 'BroadWorks name of the hosted users on create; not verified with Odin',
		writeOn: ['create'],
		isName: true,
		format: 'id',
		readable: false,
	}),
	json({
		name: 'hostedUserIdList',
		label: 'Hosted User ID List',
		description: 'BroadWorks name of the hosted users on update; not verified with Odin',
		writeOn: ['update'],
		readable: false,
		clearable: true,
	}),
	integer({
		name: 'unreachableDestinationTrapInitialCalls',
		label: 'Unreachable Destination Initial Value (Legacy)',
		description: 'Only in BroadWorks 14',
		legacy: true,
		readable: false,
	}),
	integer({
		name: 'unreachableDestinationTrapOffsetCalls',
		label: 'Unreachable Destination Offset Value (Legacy)',
		description: 'Only in BroadWorks 14',
		legacy: true,
		readable: false,
	}),
];
