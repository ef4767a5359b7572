import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { groupText } from '../../model/key';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import { limitProperties, readLimit } from '../../provisioning/limit';
import { readGroupKey } from '../../provisioning/scope';
import { count, disjoint, wireRange } from './range';
import { readNumberDetails, type DetailedRange } from './read';

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
				displayName: 'Activation',
				name: 'activation',
				type: 'options',
				options: [
					{ name: 'Activated', value: 'activated' },
					{ name: 'Any', value: 'any' },
					{ name: 'Not Activated', value: 'notActivated' },
				],
				default: 'any',
				description: 'Whether the numbers are activated',
			},
			{
				displayName: 'Usage',
				name: 'usage',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{ name: 'Free', value: 'free', description: 'No user has them' },
					{ name: 'Used', value: 'used', description: 'A user has them' },
				],
				default: 'any',
				description: 'Whether a user has the numbers',
			},
			{
				displayName: 'User ID',
				name: 'userId',
				type: 'string',
				default: '',
				placeholder: 'e.g. reception@acme.example.com',
				description: 'Only the numbers of this user',
			},
		],
	},
	optionsCollection(),
];

interface Query {
	usage: unknown;
	activation: unknown;
	userId: string;
	limit: number;
}

function readQuery(parameters: ItemParameters): Query {
	const filters = parameters.collection('filters');
	const choice = (name: string, label: string, choices: string[]) =>
		parameters.given({ name, label, type: 'choice', choices }, filters[name]);
	return {
		usage: choice('usage', 'Usage', ['any', 'free', 'used']),
		activation: choice('activation', 'Activation', ['any', 'activated', 'notActivated']),
		userId: String(
			parameters.given({ name: 'userId', label: 'User ID', type: 'text' }, filters.userId) ?? '',
		).toLowerCase(),
		limit: readLimit(parameters),
	};
}

const isWanted = (
	{ isUsed, activated, user }: DetailedRange,
	{ usage, activation, userId }: Query,
): boolean =>
	(usage !== 'free' || !isUsed) &&
	(usage !== 'used' || isUsed) &&
	(activation !== 'activated' || activated) &&
	(activation !== 'notActivated' || !activated) &&
	(userId === '' || user.userId?.toLowerCase() === userId);

function numberRow(range: DetailedRange): IDataObject {
	const { serviceProviderId, groupId, isUsed, activated, user } = range;
	const { min, max = null } = wireRange(range);
	return {
		serviceProviderId,
		groupId,
		min,
		max,
		count: count([range]),
		usage: isUsed ? 'used' : 'free',
		activated,
		...user,
	};
}

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many numbers',
	description:
		'List the numbers of a group, one item per range: free or used, by whom, and whether activated',
	properties,
	prepare(parameters) {
		const group = readGroupKey(parameters);
		const query = readQuery(parameters);
		return {
			subject: `the numbers of ${groupText(group)}`,
			run: async (odin) =>
				disjoint(await readNumberDetails(odin, group))
					.filter((range) => isWanted(range, query))
					.slice(0, query.limit)
					.map(numberRow),
		};
	},
};
