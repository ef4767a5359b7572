import { TRUNK_GROUP_FIELDS } from '../../../nodes/Odin/resources/trunkGroup/fields';
import { parsePayload, readDesired } from '../../../nodes/Odin/model/desired';
import type { JsonObject } from '../../../nodes/Odin/values/json';
import { asOdinReturns, deepFreeze } from './fieldValues';

export const key = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'acme-sbc-1' };

/** What an item asks for that has nothing but a Payload. */
export const desiredFrom = (payload: unknown, group = key) =>
	readDesired({ entries: {}, payload: parsePayload(payload), group });

/** The profile that Odin shows after this body was posted, with what only Odin sets. */
export function profileAfter(body: JsonObject): JsonObject {
	const shown = Object.entries(body).filter(
		([name]) => TRUNK_GROUP_FIELDS.find((field) => field.name === name)?.readable,
	);
	const ofOdin = { trunkGroupState: 'Available', totalActiveIncomingCalls: 3 };
	return deepFreeze({
		...(asOdinReturns(Object.fromEntries(shown)) as JsonObject),
		...key,
		...ofOdin,
	});
}
