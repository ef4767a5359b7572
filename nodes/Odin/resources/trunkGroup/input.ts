import type { ItemParameters } from '../../execution/parameters';
import { fieldOf } from '../../trunkGroup/catalogue';
import type { DesiredFields, Payload } from '../../trunkGroup/desired';
import type { TrunkGroupKey } from '../../trunkGroup/key';
import { isAbsent } from '../../trunkGroup/values';

/** Service provider, group and name: what the form says, else what Payload says. */
export function readKey(
	parameters: ItemParameters,
	payload: Payload,
	name: unknown,
): TrunkGroupKey {
	const keys = 'keys' in payload ? payload.keys : {};
	const part = (field: string, raw: unknown): string =>
		parameters.needed(fieldOf(field), isAbsent(raw) ? keys[field] : raw);
	return {
		serviceProviderId: part('serviceProviderId', parameters.locator('serviceProviderId')),
		groupId: part('groupId', parameters.locator('groupId')),
		name: part('name', name),
	};
}

const quoted = (names: string[]): string => names.map((name) => `'${name}'`).join(', ');

/** What is unusual in Payload, without being wrong. */
export function payloadHints({ unknownKeys, readOnlyKeys }: DesiredFields): string[] {
	const hints: string[] = [];
	if (unknownKeys.size > 0) {
		hints.push(
			`'Payload' names ${quoted([...unknownKeys.keys()])}, which this node does not know; sent to Odin as given`,
		);
	}
	if (readOnlyKeys.length > 0) {
		hints.push(
			`'Payload' names ${quoted(readOnlyKeys)}, which Odin only answers with; left out of the request`,
		);
	}
	return hints;
}
