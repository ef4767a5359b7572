import type { INodeProperties } from 'n8n-workflow';
import { entriesOf, newRecordProperties, sections } from '../../provisioning/form';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { ownNames } from '../../provisioning/operations/create';
import { optionsCollection, planOptions } from '../../provisioning/options';
import { FURTHER_FIELDS } from '../../values/issues';
import { UNLIMITED } from '../callCapacity/capacity';
import { provisionedDevice } from '../device';
import { countryCodeOption, numbersProperty } from '../number/parameters';
import { provisionedTrunkGroup } from '../trunkGroup';
import { includeSipPassword } from '../trunkGroup/authentication';
import { TEMPLATE_NAMES, capacityEntries } from './order';

const numberEntry = ({ name, displayName, min }: (typeof capacityEntries)[number]) =>
	({
		displayName,
		name,
		type: 'number',
		default: '',
		description: `Raised to this where it is lower, never lowered.${min === UNLIMITED ? ' -1 means unlimited.' : ''}`,
	}) satisfies INodeProperties;

const TEMPLATE_LABELS: Record<(typeof TEMPLATE_NAMES)[number], string> = {
	userId: 'User ID',
	linePort: 'Line Port',
	firstName: 'First Name',
	lastName: 'Last Name',
	extension: 'Extension',
};

const text = (
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
): INodeProperties => ({ ...property, type: 'string', default: '' });

const deviceEntries = (): INodeProperties[] => {
	const { fields } = provisionedDevice;
	const [collection] = sections(provisionedDevice, {
		writes: ['create', 'update'],
		comparable: true,
		passwords: 'ifSet',
		without: ownNames(provisionedDevice),
	});
	const [deviceType] = entriesOf(fields.get('deviceType'));
	return [
		text({
			displayName: 'Device Name',
			name: 'deviceName',
			placeholder: 'e.g. acme-pbx-1',
			description: 'Name of the device. The trunk group is connected through it.',
		}),
		deviceType!,
		...((collection?.options ?? []) as INodeProperties[]),
	];
};

export const properties: INodeProperties[] = [
	serviceProviderLocator,
	groupLocator,
	...newRecordProperties(provisionedTrunkGroup, true),
	{
		displayName: FURTHER_FIELDS,
		name: 'trunkGroupFields',
		type: 'json',
		default: '{}',
		description: 'Further fields of the trunk group as JSON, each by its name in the Odin API',
	},
	...(provisionedTrunkGroup.password?.properties.upsert ?? []),
	{
		displayName: 'Capacity',
		name: 'capacity',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Call capacity that the group and its service provider need at least',
		options: capacityEntries.map(numberEntry),
	},
	{
		displayName: 'Device',
		name: 'deviceDefinition',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description:
			'The device of the PBX, created or brought to these values. Empty: no device step.',
		options: deviceEntries(),
	},
	{
		...numbersProperty,
		required: false,
		description: `${numbersProperty.description} They are assigned to the group.`,
	},
	{
		displayName: 'Users',
		name: 'users',
		type: 'json',
		default: '[]',
		description:
			'List of user objects with the names of the Odin API: userId, lastName, firstName, and perhaps phoneNumber, extension, linePort, sipAuthenticationUserName',
	},
	{
		displayName: 'Users From Numbers',
		name: 'usersFromNumbers',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description:
			'One user for each number, by templates with {number}, {digits}, {national}, {last4}, {index} and {domain}',
		options: TEMPLATE_NAMES.map((name) =>
			text({
				displayName: TEMPLATE_LABELS[name],
				name,
				placeholder: name === 'userId' ? 'e.g. {digits}@{domain}' : 'e.g. {last4}',
				description: `Template for the ${TEMPLATE_LABELS[name]} of each user`,
			}),
		),
	},
	{
		...text({
			displayName: 'Pilot',
			name: 'pilot',
			placeholder: 'e.g. first',
			description:
				"User ID of the pilot user, one of the users of the trunk; or 'first' for the first user of this item",
		}),
	},
	text({
		displayName: 'User Services',
		name: 'userServices',
		placeholder: 'e.g. External Calling Line ID Delivery',
		description: 'Services that each user is given, separated by commas, or a list',
	}),
	text({
		displayName: 'User Service Packs',
		name: 'userServicePacks',
		placeholder: 'e.g. SIP-DID',
		description: 'Service packs that each user is given, separated by commas, or a list',
	}),
	{
		displayName: 'User SIP Authentication',
		name: 'userSipAuthentication',
		type: 'boolean',
		default: false,
		description:
			"Whether each user gets the service Authentication, a SIP user name and a generated SIP password. A user who has a SIP user name keeps it, unless 'Set SIP Password' is on.",
	},
	{
		displayName: 'Activate Numbers',
		name: 'activateNumbers',
		type: 'boolean',
		default: true,
		description:
			'Whether the numbers are activated once their users exist. Off before the day of a port-in.',
	},
	optionsCollection(
		countryCodeOption,
		includeSipPassword,
		{
			displayName: 'If Not Completed',
			name: 'onFailure',
			type: 'options',
			options: [
				{ name: 'Keep', value: 'keep', description: 'Leave what is done; a second run goes on' },
				{
					name: 'Undo',
					value: 'undo',
					description: 'Take back what this run created or changed, never what was there',
				},
			],
			default: 'keep',
			description: 'What to do when a step is not carried out',
		},
		...planOptions,
	),
];
