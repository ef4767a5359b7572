import type { IDataObject } from 'n8n-workflow';
import type { Difference } from '../model/diff';
import { outputKey, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { mask, maskedAt } from '../secrets/redact';
import type { JsonObject } from '../values/json';

/** The one request of a plan, as a preview shows it. */
export interface PreviewedRequest {
	method: 'POST' | 'PUT' | 'DELETE';
	path: string;
	body: JsonObject | null;
}

/** The output of every write with Preview Only: what would be done, with passwords masked. */
export const preview = (
	key: Record<string, string | null>,
	plan: {
		outcome: 'created' | 'updated' | 'unchanged' | 'deleted';
		changes: IDataObject[];
		request: PreviewedRequest | null;
	},
): IDataObject => {
	const { outcome, changes, request } = plan;
	return {
		...key,
		preview: true,
		outcome,
		changes,
		request: request && { ...request, body: request.body && (mask(request.body) as IDataObject) },
	};
};

/** The preview of a write to a record. */
export const previewRecord = (
	model: ResourceModel,
	key: Key,
	plan: Parameters<typeof preview>[1],
): IDataObject => preview(outputKey(model, key), plan);

/** What changes, from → to, as the output shows it: a password never. */
export const changesOf = (differences: Difference[]): IDataObject[] =>
	differences.map(({ field, wanted, stored }) => {
		return { field, from: maskedAt(field, stored), to: maskedAt(field, wanted) } as IDataObject;
	});
