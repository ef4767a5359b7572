import type { Body } from '../contract/convertBody';
import type { Network } from '../network/network';
import type { ConfiguredDevices, Device } from '../network/records';

export function configuredDevice(device: Device): ConfiguredDevices {
	const { serviceProviderId, groupId, deviceName } = device;
	return { serviceProviderId, groupId, deviceName, deviceType: null };
}

/** The tags of a device or of a type, as Odin shows them. */
export function tagsOf({ stores }: Network, configured: ConfiguredDevices): Body[] {
	return stores.deviceTags
		.all({ ...configured })
		.map(({ tagName, tagValue }) => ({ tagName, tagValue }));
}

/** A deleted device takes its tags and files along. */
export function removeConfiguration({ stores }: Network, device: Device): void {
	const where = { ...configuredDevice(device) };
	for (const tag of stores.deviceTags.all(where)) stores.deviceTags.remove(tag);
	for (const file of stores.deviceFiles.all(where)) stores.deviceFiles.remove(file);
}
