import type { Body } from '../contract/convertBody';
import { atPlace, DEVICE, profileIn, type ResourceContract } from '../contract/resourceContract';
import { findGroup, findServiceProvider, groupKeyIn } from '../network/lookUp';
import type { Device, DeviceLevel } from '../network/records';
import { missingKey, notFound, refused } from '../odinErrors';
import type { Change, Collection } from '../routes/collection';
import type { Simulation } from '../simulation';
import { configuredDevice, removeConfiguration, tagsOf } from './configuration';
import { hasFreePort, trunkGroupsOn, usersOn } from './usage';

/** How devices of a level are addressed. */
const PLACES: Readonly<Record<DeviceLevel, Pick<ResourceContract, 'path' | 'key'>>> = {
	Group: DEVICE,
	'Service Provider': {
		path: '/service-providers/devices',
		key: ['serviceProviderId', 'deviceName'],
	},
	System: { path: '/system/devices', key: ['deviceName'] },
};

export const DEVICE_LEVELS: readonly DeviceLevel[] = ['Group', 'Service Provider', 'System'];

/** The contract of the devices of a level. */
export function deviceContract(level: DeviceLevel): ResourceContract {
	const contract = atPlace(DEVICE, PLACES[level]);
	const fields = contract.fields.map((field) =>
		field.name === 'deviceLevel' ? { ...field, enumValues: [level] } : field,
	);
	return { ...contract, fields };
}

export function devices(
	{ network, switches }: Simulation,
	level: DeviceLevel = 'Group',
): Collection<Device> {
	const { devices: store, deviceTypes } = network.stores;

	// What the type says of a new device.
	const ofType = ({ deviceType, protocol }: Body) => {
		const type = deviceTypes.find({ deviceType });
		return { numberOfPorts: type?.numberOfPorts, protocol: protocol ?? type?.protocolChoice[0] };
	};

	const check = ({ record, before }: Change<Device>): void => {
		if (!deviceTypes.find(record)) throw notFound('Access Device Type', record.deviceType, 400);
		if (record.useCustomUserNamePassword === true && !record.accessDeviceCredentials?.userName) {
			throw missingKey('accessDeviceCredentials.userName');
		}
		if (!before) return;
		if (record.deviceType !== before.deviceType) {
			throw refused(`The type of an access device cannot be changed: ${before.deviceName}`);
		}
		const users = usersOn(network, before);
		if (users.length > 0 && JSON.stringify(record) !== JSON.stringify(before)) {
			throw refused(
				`The access device cannot be changed while it is in use by ${namesOf(users.map(({ userId }) => userId))}`,
			);
		}
	};

	return {
		contract: deviceContract(level),
		store,
		add: (device) => network.addDevice(device),
		spell: (name) => network.spell(name),
		requirePlace: (key) => {
			if (level === 'Group') findGroup(network, groupKeyIn(key));
			if (level === 'Service Provider') findServiceProvider(network, groupKeyIn(key));
		},
		stored: (fields, before) => ({
			...(before ? {} : ofType(fields)),
			...credentialsIn(fields.accessDeviceCredentials, before),
		}),
		check,
		release: (device) => {
			const trunkGroups = trunkGroupsOn(network, device);
			if (trunkGroups.length > 0) {
				throw refused(
					`The access device is used by a trunk group: ${namesOf(trunkGroups.map(({ name }) => name))}`,
				);
			}
			const users = usersOn(network, device);
			if (users.length > 0) {
				throw refused(
					`The access device is in use by ${namesOf(users.map(({ userId }) => userId))}`,
				);
			}
			removeConfiguration(network, device);
		},
		list: (query) => {
			if (level === 'System') return network.devices();
			if (level === 'Service Provider') return network.devices(query.serviceProviderId);
			const { serviceProviderId, groupId } = findGroup(network, groupKeyIn(query));
			const ofGroup = network.devices(serviceProviderId, groupId);
			if (query.q !== 'available') return ofGroup;
			const inReach = [...ofGroup, ...network.devices(serviceProviderId), ...network.devices()];
			return inReach.filter((device) => hasFreePort(network, device));
		},
		row: ({ netAddress = null, macAddress = null, status, ...device }) => ({
			deviceName: device.deviceName,
			deviceLevel: device.deviceLevel,
			deviceType: device.deviceType,
			netAddress,
			macAddress: macAddress === '' ? null : macAddress,
			status,
			serviceProviderId: device.serviceProviderId,
			groupId: device.groupId,
		}),
		profile: (device) =>
			profileIn(
				DEVICE,
				{
					...device,
					numberOfAssignedPorts: usersOn(network, device).length,
					// The password never comes back.
					accessDeviceCredentials: { userName: device.accessDeviceCredentials?.userName ?? null },
					tags: tagsOf(network, configuredDevice(device)),
					relatedServices: [],
				},
				switches.numbersForDigits,
			),
	};
}

// Each part is kept that is not given; the portal sends a profile back without the password.
function credentialsIn(given: unknown, before: Device | undefined): object {
	if (given === undefined || given === null) return {};
	const accessDeviceCredentials = { ...before?.accessDeviceCredentials, ...given };
	return accessDeviceCredentials.userName === null && !before?.accessDeviceCredentials
		? { accessDeviceCredentials: null }
		: { accessDeviceCredentials };
}

const MOST_NAMES = 5;

function namesOf(names: string[]): string {
	const more = names.length - MOST_NAMES;
	return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
