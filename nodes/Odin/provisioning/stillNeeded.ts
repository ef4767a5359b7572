import { issuesText, type Issue } from '../values/issues';
import type { JsonObject, JsonValue } from '../values/json';
import { missingNeeded } from '../model/requestBody';
import { isAbsent } from '../model/convert';
import { OdinError } from '../transport/odinError';
import type { Profile } from './read';

/**
 * What an existing trunk group still lacks with the changes of `body`: for example the address of an action that is
 * switched on now. A password can't be seen, so it counts as there.
 */
export function stillNeeded(
	body: JsonObject,
	profile: Profile,
	generatePassword: boolean,
): OdinError | undefined {
	const after = { ...profile, ...body };
	const touched = (name: string): JsonValue | undefined => body[name];
	const has = (name: string) =>
		name === 'sipAuthenticationPassword'
			? generatePassword || body[name] !== null
			: !isAbsent(after[name]);
	return unusableChange(missingNeeded(touched, has));
}

/** The failure for what can't be used in view of the stored trunk group. */
export const unusableChange = (issues: Issue[]): OdinError | undefined =>
	issues.length === 0
		? undefined
		: new OdinError({
				kind: 'parameter',
				message: issuesText(issues),
				effect: 'Nothing was written',
				description: 'The stored trunk group does not make up for it',
			});
