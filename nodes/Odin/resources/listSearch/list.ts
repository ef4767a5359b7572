import {
	NodeApiError,
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { locatorValue } from '../../execution/parameters';
import { redactOutput } from '../../secrets/output';
import { groupText, type GroupKey } from '../../model/key';
import type { ResourceModel } from '../../model/resourceModel';
import type { OdinError } from '../../transport/odinError';
import { OdinClient } from '../../transport/odinClient';
import { ownPlace, type PlaceList } from '../../provisioning/places';
import { rowsIn, withoutList } from '../../provisioning/rows';

/** A list in the form should not keep a person waiting. */
const LIST_SETTINGS = { timeout: 20_000, maxRetries: 1, concurrency: 1, requestsPerSecond: 0 };

const openForList = async (context: ILoadOptionsFunctions): Promise<OdinClient> =>
	await OdinClient.open(context, LIST_SETTINGS);

/** What the person chose above, or a message that asks to choose it first. */
export function chosen(context: ILoadOptionsFunctions, parameter: string, label: string): string {
	const value = locatorValue(context.getCurrentNodeParameter(parameter));
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (text.startsWith('=')) {
		throw new NodeOperationError(
			context.getNode(),
			`'${label}' is an expression, so there is nothing to list yet`,
			{ description: 'Enter the value here instead of choosing it from the list' },
		);
	}
	if (text !== '') return text;
	throw new NodeOperationError(context.getNode(), `Choose '${label}' first`);
}

/** A search in something of the chosen group, by the id of its rows. */
export const listOfGroup = (list: {
	path: string;
	id: string;
	/** What else has to be chosen first */
	query?(context: ILoadOptionsFunctions): Record<string, string>;
	purpose(group: GroupKey, query: Record<string, string>): string;
}) =>
	async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
		const query = list.query?.(this) ?? {};
		const group = {
			serviceProviderId: chosen(this, 'serviceProviderId', 'Service Provider'),
			groupId: chosen(this, 'groupId', 'Group'),
		};
		const purpose = list.purpose(group, query);
		const odin = await openForList(this);
		const result = await odin.send({
			method: 'GET',
			path: list.path,
			query: { ...group, ...query },
			purpose,
		});
		if (!result.ok) throw listError(this, result.failure);
		return { results: matching(odin, rowsOf(this, result.body, purpose, list.id), filter) };
	};

/** A search in the records of the chosen group. */
export const recordsOfGroup = ({ path, id, noun }: ResourceModel) =>
	listOfGroup({ path, id, purpose: (group) => `list the ${noun}s of ${groupText(group)}` });

/** One entry a row; the id is shown beside a name that differs from it. */
function rowsOf(
	context: ILoadOptionsFunctions,
	body: unknown,
	purpose: string,
	id: string,
	name = id,
): INodeListSearchItems[] {
	const rows = rowsIn(body, id);
	if (!rows) throw listError(context, withoutList(purpose));
	return rows.flatMap((row) => {
		const value = String(row[id] ?? '');
		const label = String(row[name] ?? '');
		if (value === '') return [];
		return [{ name: label === '' || label === value ? value : `${label} (${value})`, value }];
	});
}

/** Entries that contain the filter, in any case, sorted by name. */
function matching(
	odin: OdinClient,
	entries: INodeListSearchItems[],
	filter = '',
): INodeListSearchItems[] {
	const wanted = filter.toLowerCase();
	const found = entries
		.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted))
		.sort((one, other) => one.name.localeCompare(other.name));
	const shown = redactOutput(
		found.map(({ name, value: id }) => ({ name, id })),
		odin.secrets,
	);
	return shown.map(({ name, id }) => ({ name, value: id }));
}

/** The places of a list, by their names; the administrator's own one where Odin refuses to list them. */
export async function searchPlaces(
	context: ILoadOptionsFunctions,
	list: PlaceList,
	{ name, filter }: { name: string; filter: string | undefined },
): Promise<INodeListSearchResult> {
	const odin = await openForList(context);
	const { path, query, purpose, id } = list;
	const result = await odin.send({ method: 'GET', path, query, purpose });
	if (result.ok) {
		return { results: matching(odin, rowsOf(context, result.body, purpose, id, name), filter) };
	}
	const own = await ownPlace(odin, list, result.failure);
	if (own === undefined) throw listError(context, result.failure);
	return { results: matching(odin, [{ name: own, value: own }], filter) };
}

function listError(context: ILoadOptionsFunctions, failure: OdinError): NodeApiError {
	const { message, explanation: description } = failure;
	const error = new NodeApiError(context.getNode(), { message }, { message, description });
	error.message = message;
	error.description = description;
	return error;
}
