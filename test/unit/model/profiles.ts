import { parsePayload } from '../../../nodes/Odin/model/payload';
import { readDesired, type DesiredInput } from '../../../nodes/Odin/model/desired';
import { namedKey, type Key } from '../../../nodes/Odin/model/key';
import { trunkGroupModel } from '../../../nodes/Odin/resources/trunkGroup/model';
import type { JsonObject } from '../../../nodes/Odin/values/json';
import { asOdinReturns, deepFreeze } from './fieldValues';

export const model = trunkGroupModel;

export const key: Key = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', id: 'acme-sbc-1' };

/** The key as it stands in bodies and profiles. */
export const keyFields = namedKey(model, key);

/** What an item asks for. */
export const desiredOf = (input: Partial<DesiredInput>) =>
	readDesired({ model, entries: {}, payload: { keys: {} }, key, ...input });

/** What an item asks for that has nothing but a Payload. */
export const desiredFrom = (payload: unknown, input: Partial<DesiredInput> = {}) =>
	desiredOf({ payload: parsePayload(payload), ...input });

/** The profile that Odin shows after this body was posted, with what only Odin sets. */
export function profileAfter(body: JsonObject): JsonObject {
	const shown = Object.entries(body).filter(([name]) => model.fields.find(name)?.readable);
	const ofOdin = { trunkGroupState: 'Available', totalActiveIncomingCalls: 3 };
	return deepFreeze({
		...(asOdinReturns(Object.fromEntries(shown)) as JsonObject),
		...keyFields,
		...ofOdin,
	});
}
