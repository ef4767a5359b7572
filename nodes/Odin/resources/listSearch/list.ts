import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { locatorValue } from '../../execution/parameters';
import { isObject } from '../../trunkGroup/json';
import type { OdinFailure } from '../../transport/failure';
import { Odin } from '../../transport/odin';

/** A list in the form should not keep a person waiting. */
const LIST_TIMEOUT_MS = 20_000;

export const openForList = async (context: ILoadOptionsFunctions): Promise<Odin> =>
	await Odin.open(context, { timeout: LIST_TIMEOUT_MS });

/** What the person chose above, or a message that asks to choose it first. */
export function chosenServiceProvider(context: ILoadOptionsFunctions): string {
	return chosen(context, 'serviceProviderId', 'Service Provider');
}

function chosen(context: ILoadOptionsFunctions, parameter: string, label: string): string {
	const value = locatorValue(context.getCurrentNodeParameter(parameter));
	if (typeof value === 'string' && value !== '' && !value.startsWith('=')) return value;
	const byExpression = typeof value === 'string' && value.startsWith('=');
	throw new NodeOperationError(
		context.getNode(),
		byExpression
			? `'${label}' is an expression, so the list cannot be shown; enter the ID here too`
			: `Choose '${label}' first`,
	);
}

/** One entry a row; the id is shown beside a name that differs from it. */
export function rowsOf(body: unknown, id: string, name: string): INodeListSearchItems[] {
	if (!Array.isArray(body)) return [];
	return body.filter(isObject).flatMap((row) => {
		const value = String(row[id] ?? '');
		const label = String(row[name] ?? '');
		if (value === '') return [];
		return [{ name: label === '' || label === value ? value : `${label} (${value})`, value }];
	});
}

/** Entries that contain the filter, in any case, sorted by name. */
export function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.toLowerCase();
	return entries
		.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** An administrator who may not list has one service provider, perhaps one group: those of his session. */
export async function allowedId(
	context: ILoadOptionsFunctions,
	odin: Odin,
	failure: OdinFailure,
	id: 'serviceProviderId' | 'groupId',
): Promise<INodeListSearchItems[]> {
	const mayNotList = failure.kind === 'forbidden' || failure.kind === 'refused';
	const session = mayNotList ? await odin.session() : undefined;
	const own = session?.ok && isObject(session.body) ? session.body[id] : undefined;
	if (own !== undefined && own !== null && own !== '') {
		return [{ name: String(own), value: String(own) }];
	}
	throw listError(context, failure);
}

function listError(context: ILoadOptionsFunctions, failure: OdinFailure): NodeApiError {
	const { message, description } = failure;
	const error = new NodeApiError(context.getNode(), { message }, { message, description });
	error.message = message;
	return error;
}
