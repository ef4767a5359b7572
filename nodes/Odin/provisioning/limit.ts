import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../execution/parameters';

/** As in the form, whose own default n8n's lint wants as a figure. */
const DEFAULT_LIMIT = 50;

/** How many rows of a list are wanted. */
export const limitProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** Infinity for all of them. */
export function readLimit(parameters: ItemParameters): number {
	const all = parameters.flag('returnAll', 'Return All', parameters.read('returnAll'));
	if (all) return Infinity;
	const limit = parameters.given(
		{ name: 'limit', label: 'Limit', type: 'integer', min: 1 },
		parameters.read('limit'),
	);
	return typeof limit === 'number' ? limit : DEFAULT_LIMIT;
}
