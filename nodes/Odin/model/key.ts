import type { JsonObject } from '../values/json';
import { quoted } from '../values/text';
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

/** The key as Odin names it, first in every profile and output item. */
export const namedKey = (
	model: Named,
	{ serviceProviderId, groupId, id }: Key,
): Record<string, string> => ({ serviceProviderId, groupId, [model.id]: id });

/** What a request for one existing record names it by. */
export const lookupKey = (model: Named, key: Key): Record<string, string> =>
	model.isIdAlone ? { [model.id]: key.id } : namedKey(model, key);

/** E.g. "group 'hq' of service provider 'acme'" */
export const groupText = ({ serviceProviderId, groupId }: GroupKey): string =>
	`group ${quoted(groupId)} of service provider ${quoted(serviceProviderId)}`;

/** E.g. "trunk group 'sbc' in group 'hq' of service provider 'acme'" */
export const recordText = (model: Named, key: Key): string => {
	const named = `${model.noun} ${quoted(key.id)}`;
	return model.isIdAlone && key.groupId === '' ? named : `${named} in ${groupText(key)}`;
};

/** One text a record, for comparing and grouping. */
export const keyText = (model: Named, key: Key): string =>
	JSON.stringify([model.noun, ...Object.values(lookupKey(model, key))]);

const KEY_OF_GROUP: readonly string[] = ['serviceProviderId', 'groupId'];

export const isKeyField = (model: Named, name: string): boolean =>
	KEY_OF_GROUP.includes(name) || name === model.id;

/** The fields of a body without those of the key. */
export const withoutKey = (model: Named, body: JsonObject): JsonObject =>
	Object.fromEntries(Object.entries(body).filter(([name]) => !isKeyField(model, name)));
