import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { groupText, type GroupKey } from '../../model/key';
import { limitProperties, readLimit } from '../../provisioning/limit';
import { readGroupKey } from '../../provisioning/scope';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { nameOf } from '../../values/wireValues';
import { optionsCollection } from '../../provisioning/options';
import { readRows } from '../../provisioning/rows';
import { trunkGroupModel } from './model';

const SORT_FIELDS = ['name', 'groupId', 'department', 'deviceName'];

const properties: INodeProperties[] = [
	serviceProviderLocator,
	groupLocator,
	...limitProperties,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			{
				displayName: 'Device Name',
				name: 'deviceName',
				type: 'string',
				default: '',
				placeholder: 'e.g. acme-pbx-1',
				description: 'Only trunk groups that are connected through this access device',
			},
			{
				displayName: 'Include Enterprise Trunk Groups',
				name: 'includeEnterpriseTrunkGroups',
				type: 'boolean',
				default: false,
				description: 'Whether to list the trunk groups of the other groups of the enterprise too',
			},
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				default: '',
				placeholder: 'e.g. sbc',
				description: 'Only trunk groups with this text in their name, in upper or lower case',
			},
		],
	},
	optionsCollection(),
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			{
				displayName: 'Direction',
				name: 'direction',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'asc' },
					{ name: 'Descending', value: 'desc' },
				],
				default: 'asc',
				description: 'Order of the results',
			},
			{
				displayName: 'Field',
				name: 'field',
				type: 'options',
				options: [
					{ name: 'Department', value: 'department' },
					{ name: 'Device Name', value: 'deviceName' },
					{ name: 'Group', value: 'groupId' },
					{ name: 'Name', value: 'name' },
				],
				default: 'name',
				description: 'Field to sort by',
			},
		],
	},
];

interface Query {
	group: GroupKey;
	limit: number;
	nameContains: string;
	deviceName: string;
	wholeEnterprise: boolean;
	/** Undefined: in the order of Odin */
	sortBy?: string;
	descending: boolean;
}

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many trunk groups',
	description: 'List the trunk groups of a group',
	properties,
	prepare(parameters) {
		const query = readQuery(parameters);
		return {
			subject: `the trunk groups of ${groupText(query.group)}`,
			async run(odin) {
				const { group, wholeEnterprise } = query;
				const rows = await readRows(
					odin,
					{
						path: trunkGroupModel.path,
						query: {
							...group,
							...(wholeEnterprise && { includeEnterpriseTrunkGroups: 'true' }),
						},
						purpose: `list the trunk groups of ${groupText(group)}`,
					},
					'name',
				);
				return select(rows.map(trunkGroupRow), query);
			},
		};
	},
};

function readQuery(parameters: ItemParameters): Query {
	const filters = parameters.collection('filters');
	const sort = parameters.collection('sort');
	const text = (name: string, label: string): string =>
		String(parameters.given({ name, label, type: 'text' }, filters[name]) ?? '');
	const choice = (name: string, label: string, choices: string[]) =>
		parameters.given({ name, label, type: 'choice', choices }, sort[name]);
	const sortBy = choice('field', 'Sort Field', SORT_FIELDS);
	const direction = choice('direction', 'Sort Direction', ['asc', 'desc']);
	return {
		group: readGroupKey(parameters),
		limit: readLimit(parameters),
		nameContains: text('nameContains', 'Name Contains').toLowerCase(),
		deviceName: text('deviceName', 'Device Name'),
		wholeEnterprise: parameters.flag(
			'includeEnterpriseTrunkGroups',
			'Include Enterprise Trunk Groups',
			filters.includeEnterpriseTrunkGroups,
		),
		sortBy: typeof sortBy === 'string' ? sortBy : direction === undefined ? undefined : 'name',
		descending: direction === 'desc',
	};
}

/** A row of the list in one shape; ids and names are text, also where Odin made numbers of them. */
const trunkGroupRow = (row: Record<string, unknown>): IDataObject => ({
	serviceProviderId: nameOf(row.serviceProviderId),
	groupId: nameOf(row.groupId),
	name: nameOf(row.name),
	department: nameOf(row.department),
	deviceName: nameOf(row.deviceName),
	deviceLevel: nameOf(row.deviceLevel),
});

function select(rows: IDataObject[], query: Query): IDataObject[] {
	const { nameContains, deviceName, sortBy, descending, limit } = query;
	const kept = rows.filter(
		(row) =>
			String(row.name ?? '')
				.toLowerCase()
				.includes(nameContains) &&
			(deviceName === '' || row.deviceName === deviceName),
	);
	if (sortBy !== undefined) {
		const sign = descending ? -1 : 1;
		kept.sort(
			(one, other) => sign * String(one[sortBy] ?? '').localeCompare(String(other[sortBy] ?? '')),
		);
	}
	return kept.slice(0, limit);
}
