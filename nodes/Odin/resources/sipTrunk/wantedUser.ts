import { readDesired } from '../../model/desired';
import type { GroupKey, Key } from '../../model/key';
import type { Wanted } from '../../model/reconcile';
import type { Issue } from '../../values/issues';
import { isObject } from '../../values/json';
import { isAbsent } from '../../values/text';
import { wireText } from '../../values/wireValues';
import { readNumbers, type Entry } from '../number/spelling';
import { userModel } from '../user/model';

/** A user that the trunk is to have. */
export interface WantedUser {
	wanted: Wanted;
	number?: Entry;
	sipUserName: string;
}

/** A user as a row or a template describes it. `onlyWhenNew`: fields that nobody named. */
export function wantedUser(
	{ group, key }: { group: GroupKey; key: Key },
	raw: Record<string, unknown>,
	label: string,
	onlyWhenNew: readonly string[] = [],
): { user: WantedUser; issues: Issue[] } | { issues: Issue[] } {
	const { userId, linePort, phoneNumber, sipAuthenticationUserName, ...keys } = raw;
	const id = wireText(userId);
	if (id === '') return { issues: [{ label, reason: 'has a user without userId' }] };
	const issues: Issue[] = [];
	const { entries, refused } = isAbsent(phoneNumber)
		? { entries: [], refused: [] }
		: readNumbers(phoneNumber);
	const [number, ...others] = entries;
	if (refused.length > 0 || others.length > 0 || (number && !number.single)) {
		issues.push({ label, reason: `user '${id}': phoneNumber ${refused[0] ?? 'takes one number'}` });
	}
	const desired = readDesired({
		model: userModel,
		key: { ...group, id },
		entries: { trunkGroupName: key.id, linePort },
		payload: { keys },
		nulls: 'ignore',
	});
	issues.push(
		...desired.issues.map(({ label: field, reason }) => ({
			label,
			reason: `user '${id}': '${field}' ${reason}`,
		})),
	);
	const wanted: Wanted = {
		key: { ...group, id },
		desired,
		onlyWhenNew: new Set(onlyWhenNew),
		generatedPassword: desired.fields.has('password') ? undefined : 'password',
		setsPassword: false,
	};
	const sipUserName = wireText(sipAuthenticationUserName) || id;
	return { user: { wanted, ...(number && { number }), sipUserName }, issues };
}

export const linePortOf = ({ wanted }: WantedUser): string => {
	const { value } = wanted.desired.fields.get('trunkAddressing') ?? {};
	const endpoint = isObject(value) ? value.trunkGroupDeviceEndpoint : undefined;
	return (isObject(endpoint) && wireText(endpoint.linePort)) || wanted.key.id;
};

/** The same user or line port twice: the second would meet the first. */
export function doubled(users: readonly WantedUser[]): string[] {
	const texts: string[] = [];
	const seen = { user: new Set<string>(), 'line port': new Set<string>() };
	for (const user of users) {
		const ids = { user: user.wanted.key.id, 'line port': linePortOf(user) };
		for (const noun of ['user', 'line port'] as const) {
			const id = ids[noun].toLowerCase();
			if (seen[noun].has(id)) texts.push(`names ${noun} '${ids[noun]}' twice`);
			seen[noun].add(id);
		}
	}
	return texts;
}
