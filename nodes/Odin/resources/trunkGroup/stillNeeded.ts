import { issuesText, type Issue } from '../../trunkGroup/desired';
import type { JsonObject, JsonValue } from '../../trunkGroup/json';
import { missingNeeded } from '../../trunkGroup/payload';
import { isAbsent } from '../../trunkGroup/values';
import { OdinFailure } from '../../transport/failure';
import type { Profile } from './profile';

/**
 * What an existing trunk group still lacks with the changes of `body`: for example the address of an action that is
 * switched on now. A password can't be seen, so it counts as there.
 */
export function stillNeeded(
	body: JsonObject,
	profile: Profile,
	generatePassword: boolean,
): OdinFailure | undefined {
	const after = { ...profile, ...body };
	const touched = (name: string): JsonValue | undefined => body[name];
	const has = (name: string) =>
		name === 'sipAuthenticationPassword'
			? generatePassword || body[name] !== null
			: !isAbsent(after[name]);
	return unusableChange(missingNeeded(touched, has));
}

/** The failure for what can't be used in view of the stored trunk group. */
export const unusableChange = (issues: Issue[]): OdinFailure | undefined =>
	issues.length === 0
		? undefined
		: new OdinFailure({
				kind: 'parameter',
				message: issuesText(issues),
				effect: 'Nothing was written',
				description: 'The stored trunk group does not make up for it',
			});
