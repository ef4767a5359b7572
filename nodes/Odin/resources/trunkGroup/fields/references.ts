import { object, type Field, type Part } from '../../../model/field';

type Described = Omit<Parameters<typeof object>[0], 'parts' | 'inheritsGroup' | 'ownerCounts'>;

const groupParts: Part[] = [
	{
		property: 'serviceProviderId',
		label: 'Service Provider',
		description: 'ID of the service provider or enterprise',
		type: 'text',
		maxLength: 30,
		isName: true,
	},
	{
		property: 'groupId',
		label: 'Group',
		description: 'ID of the group',
		type: 'text',
		maxLength: 30,
		isName: true,
	},
];

/** `{ serviceProviderId, groupId, name }` of a department; one of the enterprise has no group. */
export const department = (given: Described): Field =>
	object({
		...given,
		inheritsGroup: true,
		ownerCounts: true,
		parts: [
			...groupParts,
			{
				property: 'name',
				label: 'Department Name',
				description: 'Name of the department of the group',
				entry: 'departmentName',
				type: 'text',
				maxLength: 50,
				isName: true,
				needed: true,
				placeholder: 'e.g. Sales',
				chosenFrom: { search: 'searchDepartments' },
			},
		],
	});

/** `{ deviceLevel, deviceName }` */
export const accessDevice = (given: Described): Field =>
	object({
		...given,
		parts: [
			{
				property: 'deviceName',
				label: 'Device Name',
				description: 'Name of the access device that the trunk group is connected through',
				entry: 'deviceName',
				type: 'text',
				maxLength: 40,
				isName: true,
				needed: true,
				placeholder: 'e.g. acme-pbx-1',
				chosenFrom: { search: 'searchDevices' },
			},
			{
				property: 'deviceLevel',
				label: 'Device Level',
				description: 'Level that the access device belongs to',
				entry: 'deviceLevel',
				type: 'choice',
				choices: ['System', 'Service Provider', 'Group'],
				default: 'Group',
			},
			...groupParts,
		],
	});

/** `{ serviceProviderId, groupId, name }` of a trunk group that calls are rerouted to. */
export const trunkGroupKey = (given: Described & { groupLabel: string }): Field => {
	const { groupLabel, ...described } = given;
	const prefix = given.name.replace(/Key$/, '');
	return object({
		...described,
		inheritsGroup: true,
		parts: [
			groupParts[0]!,
			{
				...groupParts[1]!,
				label: groupLabel,
				description:
					'ID of the group that the other trunk group belongs to, when it is another group of the same enterprise',
				entry: `${prefix}GroupId`,
				placeholder: 'e.g. acme-branch',
			},
			{
				property: 'name',
				label: given.label,
				description: given.description,
				entry: `${prefix}Name`,
				type: 'text',
				maxLength: 30,
				isName: true,
				needed: true,
				placeholder: 'e.g. acme-sbc-2',
				chosenFrom: { search: 'searchTrunkGroups' },
			},
		],
	});
};
