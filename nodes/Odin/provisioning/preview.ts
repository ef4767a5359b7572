import type { IDataObject } from 'n8n-workflow';
import type { Difference } from '../model/diff';
import { mask, maskedAt } from '../secrets/redact';
import type { JsonObject } from '../values/json';

/** The one request of a plan, as a preview shows it. */
export interface PreviewedRequest {
	method: 'POST' | 'PUT' | 'DELETE';
	path: string;
	body: JsonObject | null;
}

/** What a write would do. Passwords in the request are as they are sent; one that is still to be made is masked. */
export interface Plan {
	outcome: 'created' | 'updated' | 'unchanged' | 'deleted';
	/** From → to */
	changes: IDataObject[];
	request: PreviewedRequest | null;
	/** Of the request; not shown */
	query?: Record<string, string>;
}

/** A plan as the output shows it, with passwords masked. */
export const preview = (
	key: Record<string, string | null>,
	{ outcome, changes, request }: Plan,
): IDataObject => ({
	...key,
	preview: true,
	outcome,
	changes,
	request: request && shownRequest(request),
});

export const shownRequest = (request: PreviewedRequest): IDataObject => ({
	...request,
	body: request.body && (mask(request.body) as IDataObject),
});

/** What changes, from → to, as the output shows it: a password never. */
export const changesOf = (differences: Difference[]): IDataObject[] =>
	differences.map(({ field, wanted, stored }) => {
		return { field, from: maskedAt(field, stored), to: maskedAt(field, wanted) } as IDataObject;
	});
