import { isObject } from '../trunkGroup/json';
import { OdinFailure } from '../transport/failure';
import type { OdinRequest } from '../transport/exchange';
import type { Odin } from '../transport/odin';

/**
 * Reads a list. Odin answers with an array, or with an object that holds it under `inside`; an empty answer is an
 * empty list. Throws OdinFailure.
 */
export async function readRows(
	odin: Odin,
	request: Omit<OdinRequest, 'method'>,
	inside?: string,
): Promise<Array<Record<string, unknown>>> {
	const body = await odin.request({ ...request, method: 'GET' });
	const rows = inside !== undefined && isObject(body) ? body[inside] : body;
	if (rows === undefined || rows === null) return [];
	if (Array.isArray(rows)) return rows.filter(isObject);
	throw new OdinFailure({
		kind: 'lost',
		message: `Odin was asked to ${request.purpose} and answered with something other than a list`,
		description: "Check that the 'Base URL' of the credential is the one of the Odin API",
	});
}

/** Odin gives departments as text, as object or not at all. */
export function nameOf(value: unknown): string | null {
	const name = isObject(value) ? value.name : value;
	return name === undefined || name === null || name === '' ? null : String(name);
}

/** A number that Odin may give as text or leave out. */
export function countOf(value: unknown): number | null {
	const isMissing = value === null || value === undefined || value === '';
	const count = isMissing ? Number.NaN : Number(value);
	return Number.isFinite(count) ? count : null;
}
