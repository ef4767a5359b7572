import type { IDataObject } from 'n8n-workflow';
import { notShown, type Difference } from '../model/diff';
import { lookupKey, outputKey, recordText, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { maskedAt, withoutSecrets } from '../secrets/redact';
import { CHECK_FIRST, OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import type { JsonObject } from '../values/json';
import { quoted } from '../values/text';
import { find, type Profile } from './read';
import { lookPatiently } from './settle';

/** What was asked of a record. `done` is how messages name it: "creating", "updating". */
export interface Asked {
	model: ResourceModel;
	/** Under which it stands once the request is carried out */
	key: Key;
	body: JsonObject;
	done: string;
}

/**
 * The profile that shows what was asked: the one in the response, or what reading shows within 2 seconds. Throws OdinError
 * of kind `notApplied` for one that does not come to show it, `lost` for none.
 */
export async function confirmWritten(
	odin: OdinClient,
	asked: Asked,
	answered: Profile | undefined,
): Promise<Profile> {
	const { model, key, done } = asked;
	if (answered && differences(asked, answered).length === 0) return answered;
	let latest = answered;
	const seen = await lookPatiently(odin, async () => {
		latest = (await find(odin, model, key)) ?? latest;
		return latest && differences(asked, latest).length === 0 ? latest : undefined;
	}).catch((error: unknown) => {
		throw error instanceof OdinError ? unread(asked, error) : error;
	});
	if (seen) return seen;
	if (latest) throw notApplied(asked, latest);
	throw new OdinError({
		kind: 'lost',
		message: `Odin confirmed ${done} ${recordText(model, key)}, but the ${model.noun} cannot be found`,
		description: CHECK_FIRST,
		details: lookupKey(model, key),
	});
}

export const differences = ({ model, body }: Asked, profile: Profile): Difference[] =>
	notShown(model, body, profile);

const unread = ({ model, key, done }: Asked, { message }: OdinError): OdinError =>
	new OdinError({
		kind: 'lost',
		message: `Odin confirmed ${done} ${recordText(model, key)}, but its profile could not be read. ${message}`,
		description: CHECK_FIRST,
		details: lookupKey(model, key),
	});

/** Odin said yes, and shows other values. */
export function notApplied({ model, key, body, done }: Asked, profile: Profile): OdinError {
	const fields = differences({ model, key, body, done }, profile).map(
		({ field, wanted, stored }) => ({
			field,
			asked: maskedAt(field, wanted),
			shown: maskedAt(field, stored),
		}),
	);
	const texts = fields.map(
		({ field, asked, shown }) =>
			`${quoted(model.fields.find(field)?.label ?? field)} is ${JSON.stringify(shown)}, not ${JSON.stringify(asked)}`,
	);
	return new OdinError({
		kind: 'notApplied',
		message: `Odin confirmed ${done} ${recordText(model, key)}, but does not show it: ${listed(texts)}`,
		description: `${CHECK_FIRST}. Odin may have ignored or corrected these values`,
		details: {
			...outputKey(model, key, profile),
			fields,
			[model.value]: withoutSecrets(profile),
		} as IDataObject,
	});
}

const MAX_NAMED = 10;

const listed = (texts: string[]): string =>
	texts.slice(0, MAX_NAMED).join('; ') +
	(texts.length > MAX_NAMED ? `; and ${texts.length - MAX_NAMED} more` : '');
