import type { JsonObject } from '../values/json';
import { quoted } from '../values/text';
import { wireText } from '../values/wireValues';
import type { ResourceModel } from './resourceModel';

/** Service provider and group that an item works in. */
export interface GroupKey {
	serviceProviderId: string;
	groupId: string;
}

/** What a record is known by. */
export interface Key extends GroupKey {
	/** Its id or name, unique within the group at least */
	id: string;
}

type Named = Pick<ResourceModel, 'noun' | 'id' | 'isIdAlone'>;

/** The key as Odin names it. */
export const namedKey = (
	model: Named,
	{ serviceProviderId, groupId, id }: Key,
): Record<string, string> => ({ serviceProviderId, groupId, [model.id]: id });

/** What a request for one existing record names it by. */
export const lookupKey = (model: Named, key: Key): Record<string, string> =>
	model.isIdAlone ? { [model.id]: key.id } : namedKey(model, key);

/** The key of a record whose id alone points at it, with service provider and group as Odin shows them. */
export const keyShown = (
	{ isIdAlone }: Named,
	key: Key,
	profile: Record<string, unknown> | undefined,
): Key =>
	isIdAlone && profile
		? {
				serviceProviderId: wireText(profile.serviceProviderId) || key.serviceProviderId,
				groupId: wireText(profile.groupId) || key.groupId,
				id: key.id,
			}
		: key;

/** The key, first in every profile and output item: null for what neither Odin nor the item tells. */
export const outputKey = (
	model: Named,
	key: Key,
	profile?: Record<string, unknown>,
): Record<string, string | null> =>
	Object.fromEntries(
		Object.entries(namedKey(model, keyShown(model, key, profile))).map(([name, value]) => [
			name,
			value || null,
		]),
	);

/** E.g. "service provider 'acme'" */
export const serviceProviderText = (serviceProviderId: string): string =>
	`service provider ${quoted(serviceProviderId)}`;

/** E.g. "group 'hq' of service provider 'acme'" */
export const groupText = ({ serviceProviderId, groupId }: GroupKey): string =>
	`group ${quoted(groupId)} of ${serviceProviderText(serviceProviderId)}`;

/** E.g. "trunk group 'sbc' in group 'hq' of service provider 'acme'" */
export const recordText = (model: Named, key: Key): string => {
	const named = `${model.noun} ${quoted(key.id)}`;
	return model.isIdAlone ? named : `${named} in ${groupText(key)}`;
};

/** One text a record, for comparing and grouping. An id that is one in the whole system is so in any case. */
export const keyText = (model: Named, key: Key): string =>
	JSON.stringify(
		model.isIdAlone
			? [model.noun, key.id.toLowerCase()]
			: [model.noun, ...Object.values(namedKey(model, key))],
	);

const KEY_OF_GROUP: readonly string[] = ['serviceProviderId', 'groupId'];

export const isKeyField = (model: Named, name: string): boolean =>
	KEY_OF_GROUP.includes(name) || name === model.id;

/** The fields of a body without those of the key. */
export const withoutKey = (model: Named, body: JsonObject): JsonObject =>
	Object.fromEntries(Object.entries(body).filter(([name]) => !isKeyField(model, name)));
