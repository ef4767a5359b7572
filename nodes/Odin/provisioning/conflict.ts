import { isSameName } from '../model/equivalence';
import { groupText, keyShown, namedKey, recordText, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import type { OdinClient } from '../transport/odinClient';
import { OdinError } from '../transport/odinError';
import { find, type Profile } from './read';
import { lookPatiently } from './settle';
import { capitalised } from '../values/text';

/**
 * Whether Odin may have refused because the name is taken. Its words for that are known from no public source, and the
 * same words tell of a device, user or identity: only a look tells which it is.
 */
export const isConflict = (error: OdinError): boolean =>
	error.kind === 'refused' &&
	(error.httpStatus === 409 ||
		error.says(
			/already (been )?(exist|in use|being used|used|taken|assigned|defined|present|created)|\bexists\b|duplicate|must be unique|not unique/i,
		));

/**
 * The record that may be why Odin refused: a yes for whoever wants it to exist. What answers may lag behind what another
 * execution has just written.
 */
export const findConflicting = async (
	odin: OdinClient,
	model: ResourceModel,
	key: Key,
	error: OdinError,
): Promise<Profile | undefined> => {
	const look = async () => await find(odin, model, key);
	return await (isConflict(error) ? lookPatiently(odin, look) : look()).catch(() => undefined);
};

const odinSays = (error?: OdinError): string =>
	error?.odinMessage === undefined ? '' : `. Odin says: ${error.odinMessage}`;

const facts = (error?: OdinError) => ({
	httpStatus: error?.httpStatus,
	odinMessage: error?.odinMessage,
});

/** The record was seen, so it can't be created. */
export const alreadyThere = (model: ResourceModel, key: Key, error?: OdinError): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `${capitalised(recordText(model, key))} already exists${odinSays(error)}`,
		// A proxy may have sent the create twice: then what Odin has is due to this very item.
		effect: error ? '' : 'Nothing was created',
		description:
			"To go on with the existing one, set 'If Exists' in the options to 'Return Existing'; to bring it to these values, use the operation 'Create or Update'",
		...facts(error),
		details: namedKey(model, key),
	});

/**
 * Throws for a record that Odin shows in another group than the item names: where ids are one in the whole system, it is
 * somebody else's.
 */
export function refuseOther(
	model: ResourceModel,
	key: Key,
	profile: Record<string, unknown>,
	error?: OdinError,
): void {
	const shown = keyShown(model, key, profile);
	const isOwn = (name: 'serviceProviderId' | 'groupId') =>
		key[name] === '' || isSameName(key[name], shown[name]);
	if (isOwn('serviceProviderId') && isOwn('groupId')) return;
	throw new OdinError({
		kind: 'refused',
		message: `${capitalised(recordText(model, key))} belongs to ${groupText(shown)}, so it was not changed${odinSays(error)}`,
		effect: 'Nothing was changed',
		description:
			'Check service provider and group, or choose another ID: it is unique in the whole system',
		...facts(error),
		details: namedKey(model, shown),
	});
}

/** A record with the new name was seen, so the other one can't be renamed. */
export const nameIsTaken = (
	model: ResourceModel,
	key: Key,
	taken: Key,
	error?: OdinError,
): OdinError =>
	new OdinError({
		kind: 'refused',
		message: `${capitalised(recordText(model, taken))} already exists, so '${key.id}' was not renamed${odinSays(error)}`,
		effect: error ? '' : 'Nothing was changed',
		description: 'Choose another new name, or rename the other one first',
		...facts(error),
		details: namedKey(model, key),
	});
