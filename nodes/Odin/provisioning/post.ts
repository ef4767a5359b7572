import { lookPatiently, settle, type Attempt } from './settle';
import { confirmWritten, isShown, notApplied, type Asked } from './confirm';
import { namedKey, recordText, type Key } from '../model/key';
import { refuseOther } from './conflict';
import { secretsIn } from '../secrets/redact';
import { OdinError, sentences } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import type { JsonObject } from '../values/json';
import { withPassword } from './password';
import { find, profileIn, type Profile } from './read';
import type { Provisioned } from './resource';

/** A record that is to be created. */
export interface Creation {
	key: Key;
	/** Without a password that is still to be generated */
	body: JsonObject;
	generatePassword: boolean;
	attempt: CreationAttempt;
}

interface CreationAttempt extends Attempt {
	/** What was sent, once something was: a next try sends the same password */
	body?: JsonObject;
}

/** From now on its passwords appear in no message: given ones, and one that an earlier try generated. */
export function keepPasswords(odin: OdinClient, { body, attempt }: Creation): void {
	for (const sent of new Set([body, attempt.body])) {
		for (const secret of secretsIn(sent)) odin.keepSecret(secret);
	}
}

/** Creates a record and returns what Odin shows of it, or its refusal. Throws OdinError. */
export async function post(
	odin: OdinClient,
	model: Provisioned,
	creation: Creation,
): Promise<{ seen: Profile } | { refused: OdinError }> {
	const { key, attempt } = creation;
	const body = (attempt.body ??= await withPassword(odin, model, {
		key,
		body: creation.body,
		generate: creation.generatePassword,
		attempt,
	}));
	keepPasswords(odin, creation);
	const text = recordText(model, key);
	const asked: Asked = { model, key, body, done: `creating ${text}` };
	/** Found with the values that were asked, it is the result of a request whose response was lost. */
	const look = async (): Promise<Profile | undefined> => {
		const profile = await find(odin, model, key);
		if (profile) refuseOther(model, key, profile);
		if (profile && !isShown(asked, profile)) {
			throw notApplied(asked, profile, `Odin has the ${model.noun}, but with other values`);
		}
		return profile;
	};
	return await settle(odin, {
		request: {
			method: 'POST',
			path: model.path,
			body,
			purpose: `create ${text}`,
		},
		attempt,
		notSeen: `the ${model.noun} did not exist`,
		details: namedKey(model, key),
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async (response) =>
			await confirmWritten(odin, asked, profileIn(model, response, key.id)),
	}).catch((error: unknown) => {
		throw creation.generatePassword && error instanceof OdinError ? withoutPassword(error) : error;
	});
}

/** No message has the password that was made for it, and Odin never returns it. */
const withoutPassword = (error: OdinError): OdinError =>
	error.with({
		description: sentences(
			error.description,
			'If it was created, set a new password: the generated one cannot be shown any more',
		),
	});

/** Whether an existing record is what this item asked to create, as far as its profile shows. */
export const isCreated = (model: Provisioned, { attempt }: Creation, profile: Profile): boolean =>
	attempt.unknown !== undefined &&
	attempt.body !== undefined &&
	isShown({ model, body: attempt.body }, profile);
