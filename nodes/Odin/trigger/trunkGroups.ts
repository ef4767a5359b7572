import { groupText, type Key } from '../model/key';
import { find } from '../provisioning/read';
import { trunkGroupModel } from '../resources/trunkGroup/model';
import { wireText } from '../values/wireValues';
import { readOwnRows, type Source } from './source';

const { path } = trunkGroupModel;

export const keyOf = (
	serviceProviderId: string,
	{ groupId, name }: { groupId: string; name: string },
): Key => ({ serviceProviderId, groupId, id: name });

/** The trunk groups of a service provider. */
export const trunkGroupsOf = (serviceProviderId: string): Source => ({
	async list(odin, group) {
		const purpose = `list the trunk groups of ${groupText(group)}`;
		const { rows, isVoid } = await readOwnRows(odin, { path, purpose }, group, 'name');
		return { names: rows.map(({ name }) => wireText(name)).filter(Boolean), isVoid };
	},
	async read(odin, ref, isVoid) {
		const key = keyOf(serviceProviderId, ref);
		return await find(odin, trunkGroupModel, key, { isEmptyMissing: !isVoid });
	},
});
