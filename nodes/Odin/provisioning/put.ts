import { notShown, tellsOfAll } from '../model/diff';
import { holdsSecret } from '../model/field';
import { lookupKey, recordText, type Key } from '../model/key';
import type { ResourceModel } from '../model/resourceModel';
import { OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import type { JsonObject } from '../values/json';
import { confirmWritten, isShown, notApplied, type Asked } from './confirm';
import { isConflict, nameIsTaken } from './conflict';
import { find, profileIn, type Profile } from './read';
import { lookPatiently, settle, type Attempt } from './settle';

/** The key that a record has once the request is carried out: with the new name, where it is renamed. */
export function keyAfter({ rename }: ResourceModel, key: Key, body: JsonObject): Key {
	const newId = rename === undefined ? undefined : body[rename];
	return typeof newId === 'string' ? { ...key, id: newId } : key;
}

/** Changes the fields of the body and no others, and returns the profile that shows it. Throws OdinError. */
export async function put(
	odin: OdinClient,
	model: ResourceModel,
	{ key, body, attempt }: { key: Key; body: JsonObject; attempt: Attempt },
): Promise<Profile> {
	const after = keyAfter(model, key, body);
	const text = recordText(model, key);
	const isRenamed = after.id !== key.id;
	const asked: Asked = {
		...{ model, key: after, body, done: `updating ${text}` },
		...(isRenamed && { before: key }),
	};
	const look = isRenamed
		? () => lookUnderBothNames(odin, asked, key)
		: () => lookForChange(odin, asked);
	const settled = await settle(odin, {
		request: {
			method: 'PUT',
			path: model.path,
			body: { ...lookupKey(model, key), ...body },
			purpose: `update ${text}`,
		},
		attempt,
		notSeen: isRenamed ? `the ${model.noun} still had its old name` : 'the change did not show',
		details: lookupKey(model, key),
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		// After a rename Odin may answer with the old name still.
		confirm: async (response) =>
			await confirmWritten(odin, asked, profileIn(model, response, after.id)),
	});
	if ('seen' in settled) return settled.seen;
	const { refused } = settled;
	if (!isRenamed || !isConflict(refused)) throw refused;
	return await renamedAfterAll(odin, asked, key, refused);
}

/** A proxy in front of Odin may have sent the rename twice: then the name is taken by the record itself. */
async function renamedAfterAll(
	odin: OdinClient,
	asked: Asked,
	before: Key,
	refused: OdinError,
): Promise<Profile> {
	const { model, key } = asked;
	const look = async () => await find(odin, model, key);
	const profile = await lookPatiently(odin, look).catch(() => undefined);
	if (!profile) throw refused;
	const old = await find(odin, model, before).catch(() => refused);
	if (old === refused) throw refused;
	if (old) throw nameIsTaken(model, before, key, refused);
	if (notShown(model, asked.body, profile).length > 0) throw refused;
	return profile;
}

/** A change that the profile does not show, such as a password or a field of a newer release, is sent again rather than taken for done. */
async function lookForChange(odin: OdinClient, asked: Asked): Promise<Profile | undefined> {
	const isHidden = Object.keys(asked.body).some((name) => {
		const field = asked.model.fields.find(name);
		return field !== undefined && (!field.readable || holdsSecret(field));
	});
	const profile = isHidden ? undefined : await find(odin, asked.model, asked.key);
	const { model, body } = asked;
	return profile && tellsOfAll(model, body, profile) && isShown(asked, profile)
		? profile
		: undefined;
}

/** A rename is two names: the old one gone and the new one there means that it was carried out. */
async function lookUnderBothNames(
	odin: OdinClient,
	asked: Asked,
	before: Key,
): Promise<Profile | undefined> {
	const { model, key } = asked;
	const old = await find(odin, model, before);
	// An Odin for which upper and lower case are one finds it under both.
	if (old && old[model.id] !== key.id) return undefined;
	const profile = old ?? (await lookPatiently(odin, async () => await find(odin, model, key)));
	if (!profile) {
		throw new OdinError({
			kind: 'notApplied',
			message: `Odin has the ${model.noun} neither as '${before.id}' nor as '${key.id}'`,
			description: '',
			details: lookupKey(model, before),
		});
	}
	if (isShown(asked, profile)) return profile;
	throw notApplied(asked, profile, `Odin has the ${model.noun} as '${key.id}', but not as asked`);
}

/** The record under its new name, where Odin has it only there and as asked. Throws OdinError. */
export async function findRenamed(
	odin: OdinClient,
	model: ResourceModel,
	{ key, body }: { key: Key; body: JsonObject },
): Promise<Profile | undefined> {
	const after = keyAfter(model, key, body);
	if (after.id === key.id || (await find(odin, model, key))) return undefined;
	const profile = await find(odin, model, after);
	return profile && isShown({ model, body }, profile) ? profile : undefined;
}
