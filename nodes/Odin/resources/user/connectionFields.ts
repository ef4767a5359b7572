import { choice, object, type Part } from '../../model/field';

/** Odin gives these switches as text. */
const lineSwitches = (within?: string): Part[] =>
	(
		[
			['staticRegistrationCapable', 'Static Registration Capable'],
			['useDomain', 'Use Domain'],
		] as const
	).map(([property, label]) => ({
		property,
		label,
		description: label,
		type: 'boolean',
		...(within !== undefined && { within }),
	}));

const linePort = {
	property: 'linePort',
	label: 'Line/Port',
	description:
		'Address that the calls of the user go to, unique in the whole system. A new user gets the user ID by default',
	type: 'text',
	maxLength: 161,
	isName: true,
	format: 'id',
	placeholder: 'e.g. anna.adler_trunk@example.com',
} as const;

const endpoint = 'trunkGroupDeviceEndpoint';

/** What a user is connected through. */
export const connectionFields = [
	choice({
		name: 'endpointType',
		label: 'Endpoint Type',
		description: 'What the user is connected through; follows from the endpoint that is named',
		choices: ['none', 'trunkAddressing', 'accessDeviceEndpoint'],
	}),
	object({
		name: 'trunkAddressing',
		label: 'Trunk Addressing',
		description: 'Trunk group that the user makes and receives calls through',
		section: 'trunk',
		clearable: true,
		showsAll: true,
		parts: [
			{
				property: 'name',
				within: endpoint,
				label: 'Trunk Group Name',
				description: 'Trunk group that the user makes and receives calls through',
				entry: 'trunkGroupName',
				type: 'text',
				maxLength: 30,
				isName: true,
				needed: true,
				placeholder: 'e.g. acme-sbc-1',
				chosenFrom: { search: 'searchTrunkGroups' },
			},
			{ ...linePort, within: endpoint, entry: 'linePort' },
			...lineSwitches(endpoint),
			{
				property: 'isPilotUser',
				within: endpoint,
				label: 'Is Pilot User',
				description: 'Whether the user is the pilot user of the trunk group',
				type: 'boolean',
				readOnly: true,
			},
			{
				property: 'contacts',
				within: endpoint,
				label: 'Contacts',
				description: 'Contacts of the line',
				type: 'json',
				readOnly: true,
			},
			{
				property: 'enterpriseTrunkName',
				label: 'Enterprise Trunk Name',
				description: 'Enterprise trunk that the trunk group belongs to',
				entry: 'enterpriseTrunkName',
				type: 'text',
				maxLength: 30,
				isName: true,
			},
			{
				property: 'alternateTrunkIdentity',
				label: 'Alternate Trunk Identity',
				description: 'Identity in place of the one of the trunk group',
				type: 'text',
				maxLength: 161,
			},
			{
				property: 'alternateTrunkIdentityDomain',
				label: 'Alternate Trunk Identity Domain',
				description: 'Domain of that identity',
				type: 'text',
				maxLength: 80,
			},
			{
				property: 'physicalLocation',
				label: 'Physical Location',
				description: 'Physical location of the line',
				type: 'text',
				maxLength: 1024,
			},
		],
	}),
	object({
		name: 'accessDeviceEndpoint',
		label: 'Access Device Endpoint',
		description: 'Access device that the user is connected through, in place of a trunk group',
		clearable: true,
		showsAll: true,
		parts: [
			{
				property: 'deviceName',
				within: 'accessDevice',
				label: 'Device Name',
				description: 'Name of the access device',
				type: 'text',
				maxLength: 40,
				isName: true,
				needed: true,
			},
			{
				property: 'deviceLevel',
				within: 'accessDevice',
				label: 'Device Level',
				description: 'Level that the access device belongs to',
				type: 'choice',
				choices: ['System', 'Service Provider', 'Group'],
			},
			linePort,
			...lineSwitches(),
			{
				property: 'contacts',
				label: 'Contacts',
				description: 'Contacts of the line',
				type: 'json',
				readOnly: true,
			},
		],
	}),
];
