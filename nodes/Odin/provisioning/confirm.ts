import type { IDataObject } from 'n8n-workflow';
import { notShown, type Difference } from '../model/diff';
import { lookupKey, outputKey, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { maskedAt, withoutSecrets } from '../secrets/redact';
import { CHECK_FIRST, OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import type { JsonObject } from '../values/json';
import { quoted, someOf } from '../values/text';
import { find, type Profile } from './read';
import { lookAfterYes } from './settle';

/** What was asked of a record. `done` is how messages name it, e.g. "creating trunk group 'x' …". */
export interface Asked {
	model: ResourceModel;
	/** Under which it stands once the request is carried out */
	key: Key;
	body: JsonObject;
	done: string;
	/** Under which it stood before, where that is another one */
	before?: Key;
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
	if (answered && isShown(asked, answered)) return answered;
	let latest = answered;
	const details = lookupKey(model, key);
	const seen = await lookAfterYes(odin, { done, details }, async () => {
		latest = (await find(odin, model, key)) ?? latest;
		return latest && isShown(asked, latest) ? latest : undefined;
	});
	if (seen) return seen;
	if (latest) throw notApplied(asked, latest, `Odin confirmed ${done}, but shows other values`);
	const old = asked.before && (await find(odin, model, asked.before).catch(() => undefined));
	throw new OdinError({
		kind: old ? 'notApplied' : 'lost',
		message: `Odin confirmed ${done}, but the ${model.noun} ${old ? 'still has its old name' : 'cannot be found'}`,
		description: CHECK_FIRST,
		details: old && asked.before ? keptOldName(asked, asked.before, old) : details,
	});
}

const keptOldName = ({ model, key }: Asked, before: Key, profile: Profile): IDataObject =>
	({
		...outputKey(model, before, profile),
		fields: [{ field: model.rename, asked: key.id, shown: before.id }],
		[model.value]: withoutSecrets(profile),
	}) as IDataObject;

/** Whether a profile shows all that was asked. */
export const isShown = (asked: Pick<Asked, 'model' | 'body'>, profile: Profile): boolean =>
	differences(asked, profile).length === 0;

const differences = (
	{ model, body }: Pick<Asked, 'model' | 'body'>,
	profile: Profile,
): Difference[] => notShown(model, body, profile);

const MAX_NAMED = 10;

/** Odin shows other values than those that were asked. */
export function notApplied(asked: Asked, profile: Profile, message: string): OdinError {
	const { model, key } = asked;
	const fields = differences(asked, profile).map(({ field, wanted, stored }) => ({
		field,
		asked: maskedAt(field, wanted),
		shown: maskedAt(field, stored),
	}));
	const texts = fields.map(
		({ field, asked: wanted, shown }) =>
			`${quoted(model.fields.find(field)?.label ?? field)} is ${JSON.stringify(shown)}, not ${JSON.stringify(wanted)}`,
	);
	return new OdinError({
		kind: 'notApplied',
		message: `${message}: ${someOf(texts, '; ', MAX_NAMED)}`,
		description: `${CHECK_FIRST}. Odin may have ignored or corrected these values`,
		details: {
			...outputKey(model, key, profile),
			fields,
			[model.value]: withoutSecrets(profile),
		} as IDataObject,
	});
}
