import type { Operation } from '../../execution/operation';
import { namedKey, recordText, type Key } from '../../model/key';
import { isSameName } from '../../model/equivalence';
import { readExistingKey } from '../../provisioning/input';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import type { DeletionHook, Provisioned } from '../../provisioning/resource';
import { readRows } from '../../provisioning/rows';
import { OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { nameOf } from '../../values/wireValues';
import { capitalised } from '../../values/text';
import { trunkGroupModel } from '../trunkGroup/model';
import { userRow } from '../trunkGroup/users';
import { deviceModel } from './model';

/** The users on a device, and those of its trunk groups. Odin takes this read as a POST. */
export const readDeviceUsers = async (
	odin: OdinClient,
	key: Key,
): Promise<Array<Record<string, unknown>>> =>
	await readRows(
		odin,
		{
			path: `${deviceModel.path}/users`,
			body: namedKey(deviceModel, key),
			isRead: true,
			purpose: `list the users of ${recordText(deviceModel, key)}`,
		},
		'userId',
	);

export const getUsers = (model: Provisioned): Operation => ({
	name: 'Get Users',
	value: 'getUsers',
	action: 'Get users of device',
	description: 'List the users who are connected through a device',
	properties: [serviceProviderLocator, groupLocator, model.form.locator, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		return {
			subject: `the users of ${recordText(model, key)}`,
			run: async (odin) =>
				(await readDeviceUsers(odin, key)).map((user) => ({
					...userRow(user),
					linePort: nameOf(user.linePort),
					endpointType: nameOf(user.endpointType),
				})),
		};
	},
});

/** The level of a device, or of what refers to one: of the group where Odin does not tell. */
export const isOfGroup = ({ deviceLevel }: Record<string, unknown>): boolean =>
	(nameOf(deviceLevel) ?? 'Group') === 'Group';

/**
 * Names of the trunk groups that are connected through a device, with or without users. Odin refuses to list them in a group
 * without the service Trunk Group, which has none.
 */
export async function readTrunkGroupsOn(odin: OdinClient, key: Key): Promise<string[]> {
	const { serviceProviderId, groupId, id } = key;
	const rows = await readRows(
		odin,
		{
			path: trunkGroupModel.path,
			query: { serviceProviderId, groupId },
			purpose: `list the trunk groups on ${recordText(deviceModel, key)}`,
		},
		trunkGroupModel.id,
	).catch((error: unknown) => {
		if (error instanceof OdinError && ['refused', 'notFound'].includes(error.kind)) return [];
		throw error;
	});
	return rows
		.filter((row) => isOfGroup(row) && isSameName(id, row.deviceName))
		.map((row) => nameOf(row[trunkGroupModel.id]) ?? '');
}

/** A device is deleted when nobody and nothing uses it. */
export const deletion: DeletionHook = {
	options: [],
	async plan(odin, key) {
		const users = (await readDeviceUsers(odin, key)).map(({ userId }) => nameOf(userId) ?? '');
		const trunkGroups = await readTrunkGroupsOn(odin, key);
		if (users.length === 0 && trunkGroups.length === 0) return undefined;
		const uses = [
			...(users.length > 0 ? [`the users ${users.join(', ')}`] : []),
			...(trunkGroups.length > 0 ? [`the trunk groups ${trunkGroups.join(', ')}`] : []),
		];
		throw new OdinError({
			kind: 'refused',
			message: `${capitalised(recordText(deviceModel, key))} is in use by ${uses.join(' and ')}, so it was not deleted`,
			description: 'Connect them through another device, or delete them first',
			details: { ...namedKey(deviceModel, key), userIds: users, trunkGroups },
		});
	},
};
