import type { GroupKey } from './references';

/** What a trunk group is known by in Odin. */
export interface TrunkGroupKey extends GroupKey {
	name: string;
}

export const trunkGroupText = ({ serviceProviderId, groupId, name }: TrunkGroupKey): string =>
	`trunk group '${name}' in group '${groupId}' of service provider '${serviceProviderId}'`;

/** One text a key, for comparing and grouping. */
export const keyText = (key: TrunkGroupKey): string =>
	JSON.stringify([key.serviceProviderId, key.groupId, key.name]);

/** A trunk group that an item brings into being, and the label of the parameter that names it. */
export const newTrunkGroup = (
	key: TrunkGroupKey,
	label: string,
): { key: string; text: string; label: string } => ({
	key: keyText(key),
	text: trunkGroupText(key),
	label,
});
