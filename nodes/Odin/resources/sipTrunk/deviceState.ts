import { isSameName } from '../../model/equivalence';
import { groupText } from '../../model/key';
import { find, type Profile } from '../../provisioning/read';
import type { ReadOnce } from '../../provisioning/readOnce';
import { readRows } from '../../provisioning/rows';
import type { OdinClient } from '../../transport/odinClient';
import { wireText } from '../../values/wireValues';
import { deviceModel } from '../device/model';
import { readDeviceUsers } from '../device/users';
import { untoldAs } from './groupReads';
import type { TrunkOrder } from './order';
import { deviceOf } from './trunk';

/** What Odin shows of the device of a row. */
export interface DeviceState {
	device: Profile | undefined;
	/** Those that the group may use; empty where Odin does not tell or the device is there */
	deviceTypes: readonly string[];
	/** Those on the device */
	deviceUsers: string[];
}

/** Throws OdinError for a device that can't be read. */
export async function readDeviceState(
	odin: OdinClient,
	{ device: wanted, group }: TrunkOrder,
	{ trunkGroup, trunkUsers }: { trunkGroup: Profile | undefined; trunkUsers: string[] },
	reads: ReadOnce,
): Promise<DeviceState> {
	if (!wanted) return { device: undefined, deviceTypes: [], deviceUsers: [] };
	const { key } = wanted;
	const device = await find(odin, deviceModel, key);
	if (!device) {
		const purpose = `list the device types of ${groupText(group)}`;
		const request = { path: '/groups/device-types', query: { ...group }, purpose };
		const read = async () => await readRows(odin, request, 'deviceType');
		const rows = await reads.once('deviceTypes', read).catch(untoldAs([]));
		const deviceTypes = rows.map(({ deviceType }) => wireText(deviceType));
		return { device, deviceTypes, deviceUsers: [] };
	}
	const isOfTrunk =
		trunkGroup !== undefined && isSameName(key.id, deviceOf(trunkGroup)?.deviceName);
	const deviceUsers = await readDeviceUsers(odin, key).then(
		idsIn,
		untoldAs(isOfTrunk ? trunkUsers : []),
	);
	return { device, deviceTypes: [], deviceUsers };
}

export const idsIn = (rows: Array<Record<string, unknown>>): string[] =>
	rows.map(({ userId }) => wireText(userId));
