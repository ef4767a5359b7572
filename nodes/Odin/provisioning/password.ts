import type { Key } from '../model/key';
import { MASK } from '../secrets/redact';
import type { OdinClient } from '../transport/odinClient';
import type { JsonObject } from '../values/json';
import type { Provisioned } from './resource';

/**
 * The body with the password that is made for it. A next try of the item sends the one of the try before: of two, nobody could
 * tell which Odin has. `stored` is what the record has otherwise, such as the SIP user name, which a password must not contain.
 */
export async function withPassword(
	odin: OdinClient,
	{ password }: Provisioned,
	{
		key,
		body,
		generate,
		attempt,
		stored = {},
	}: {
		key: Key;
		body: JsonObject;
		generate: boolean;
		attempt: { body?: JsonObject };
		stored?: Record<string, unknown> | undefined;
	},
): Promise<JsonObject> {
	if (!generate || !password?.generate) return body;
	const made =
		attempt.body?.[password.field] ?? (await password.generate(odin, key, { ...stored, ...body }));
	return { ...body, [password.field]: made };
}

/** A body as a preview shows it: no password is generated for that. */
export const shown = (
	{ password }: Provisioned,
	{ body, generatePassword }: { body: JsonObject; generatePassword: boolean },
) => (generatePassword && password ? { ...body, [password.field]: MASK } : body);

/** The password that was sent, for the output. */
export const passwordIn = (
	{ password }: Provisioned,
	body: Record<string, unknown> | undefined,
): Record<string, unknown> =>
	password && body?.[password.field] !== undefined
		? { [password.field]: body[password.field] }
		: {};
