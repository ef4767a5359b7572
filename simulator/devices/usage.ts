import type { GroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Device, DeviceReference, TrunkGroup, User } from '../network/records';
import { refused } from '../odinErrors';

/** The device that something in a group refers to. */
export function deviceInReach(
	{ stores }: Network,
	{ serviceProviderId, groupId }: GroupKey,
	{ deviceLevel, deviceName }: DeviceReference,
): Device | undefined {
	return stores.devices.find({
		serviceProviderId: deviceLevel === 'System' ? null : serviceProviderId,
		groupId: deviceLevel === 'Group' ? groupId : null,
		deviceName,
	});
}

/** Whether a reference of something in this place means the device. */
function means(
	device: Device,
	{ serviceProviderId, groupId }: GroupKey,
	reference: DeviceReference | undefined,
): boolean {
	return (
		reference?.deviceName === device.deviceName &&
		reference.deviceLevel === device.deviceLevel &&
		(device.serviceProviderId ?? serviceProviderId) === serviceProviderId &&
		(device.groupId ?? groupId) === groupId
	);
}

export function trunkGroupsOn({ stores }: Network, device: Device): TrunkGroup[] {
	return stores.trunkGroups.all().filter((one) => means(device, one, one.accessDevice));
}

/** The users on a device and on the trunk groups of a device. Each takes a port. */
export function usersOn(network: Network, device: Device): User[] {
	const ofTrunkGroups = trunkGroupsOn(network, device).flatMap((one) => network.trunkUsers(one));
	const users = network.stores.users.all();
	return [...ofTrunkGroups, ...users.filter((user) => means(device, user, user.accessDevice))];
}

export function hasFreePort(network: Network, device: Device): boolean {
	const { numberOfPorts } = device;
	return (
		'unlimited' in numberOfPorts || usersOn(network, device).length < Number(numberOfPorts.quantity)
	);
}

/** Throws unless one more user can be on the device. */
export function requireFreePort(network: Network, device: Device): void {
	if (!hasFreePort(network, device)) {
		throw refused(`The access device has no free port: ${device.deviceName}`);
	}
}
