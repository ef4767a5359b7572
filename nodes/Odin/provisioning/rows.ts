import { isObject } from '../values/json';
import { OdinError } from '../transport/odinError';
import type { OdinRequest } from '../transport/httpExchange';
import type { OdinClient } from '../transport/odinClient';
import { subjectOf } from '../transport/subject';

/**
 * The rows of a list by what identifies them: an array, or the one array in an object, as in `{ users: [...] }`; of several
 * the one with such rows. Where Odin has none it leaves them out. Undefined for an answer that is no list: nobody may take
 * that for an empty one.
 */
export function rowsIn(body: unknown, id: string): Array<Record<string, unknown>> | undefined {
	if (body === undefined || body === null) return [];
	// An administrator of one group is given that group instead of a list.
	if (isObject(body) && isId(body[id])) return [body];
	const list = listIn(body, id);
	if (!list) return isObject(body) && isWithoutRows(body) ? [] : undefined;
	const given = list.filter((row) => row !== null);
	if (!given.every((row) => isObject(row) || isId(row))) return undefined;
	return given.map((row) => (isObject(row) ? row : { [id]: row }));
}

/** How deep the array may stand. */
const MAX_DEPTH = 2;

function listIn(body: unknown, id: string): unknown[] | undefined {
	const lists = listsIn(body);
	if (lists.length < 2) return lists[0];
	const identified = lists.filter((list) => list.some((row) => isObject(row) && isId(row[id])));
	return identified.length === 1 ? identified[0] : undefined;
}

function listsIn(value: unknown, depth = 0): unknown[][] {
	if (Array.isArray(value)) return [value as unknown[]];
	if (!isObject(value) || depth === MAX_DEPTH) return [];
	return Object.values(value).flatMap((part) => listsIn(part, depth + 1));
}

/** The key alone, without rows. */
const isWithoutRows = (body: Record<string, unknown>): boolean =>
	'groupId' in body || 'serviceProviderId' in body;

const isId = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** Reads a list whose rows have this id. Throws OdinError. */
export async function readRows(
	odin: OdinClient,
	request: Omit<OdinRequest, 'method'>,
	id: string,
): Promise<Array<Record<string, unknown>>> {
	const method = request.isRead ? 'POST' : 'GET';
	const rows = rowsIn(await odin.request({ ...request, method }), id);
	if (rows) return rows;
	throw withoutList(request.purpose);
}

/** The same, for what would say too much if it were empty: a success without a body is no list. Throws OdinError. */
export async function readShownRows(
	odin: OdinClient,
	request: Omit<OdinRequest, 'method'>,
	id: string,
): Promise<Array<Record<string, unknown>>> {
	const body = await odin.request({ ...request, method: 'GET' });
	const rows = body === undefined || body === null ? undefined : rowsIn(body, id);
	if (rows) return rows;
	throw withoutList(request.purpose);
}

/** A success that has no list in it, or one of something else. */
export const withoutList = (purpose: string): OdinError =>
	new OdinError({
		kind: 'lost',
		message: `Odin was asked to ${purpose} and answered with something other than a list`,
		about: subjectOf(purpose).object,
		description: "Check that the 'Base URL' of the credential is the one of the Odin API",
	});
