import type { FastifyInstance } from 'fastify';

import { bodyContract } from '../contract/bodyContract';
import { checkBody } from '../contract/checkBody';
import type { Body } from '../contract/convertBody';
import type { FieldRule } from '../contract/trunkGroupFields';
import { findGroup, type GroupKey } from '../network/lookUp';
import type { Network } from '../network/network';
import type { Device } from '../network/records';
import { alreadyExists, notFound, refused } from '../odinErrors';
import type { Simulation } from '../simulation';
import { DEVICE_QUERY, GROUP_QUERY } from './queries';

interface DeviceKey extends GroupKey {
	deviceName: string;
}

const text = (name: string, maxLength: number): FieldRule => ({
	name,
	type: 'string',
	minLength: 1,
	maxLength,
});
const KEY = [text('serviceProviderId', 30), text('groupId', 30), text('deviceName', 40)];
const SETTINGS: readonly FieldRule[] = [
	{ name: 'deviceLevel', type: 'enum', enumValues: ['Group'] },
	text('deviceType', 40),
	text('protocol', 40),
	text('netAddress', 80),
	{ name: 'port', type: 'integer', min: 1025, max: 65535 },
	text('outboundProxyServerNetAddress', 80),
	text('stunServerNetAddress', 80),
	// Empty in the profile of a device without one, and portals send profiles back.
	{ name: 'macAddress', type: 'string', maxLength: 12 },
	text('serialNumber', 80),
	text('description', 80),
	text('physicalLocation', 1024),
	text('transportProtocol', 40),
	{ name: 'useCustomUserNamePassword', type: 'boolean' },
	{ name: 'accessDeviceCredentials', type: 'object' },
];

// The profile has more keys than are documented for writing: unknown ones pass.
const CREATE_BODY = bodyContract({
	operation: 'create',
	fields: [...KEY, ...SETTINGS],
	required: ['serviceProviderId', 'groupId', 'deviceName', 'deviceType'],
	open: true,
});
const UPDATE_BODY = bodyContract({
	operation: 'update',
	fields: [...KEY, ...SETTINGS.map((field) => ({ ...field, clearable: true }))],
	required: ['serviceProviderId', 'groupId', 'deviceName'],
	open: true,
});

const PATH = '/groups/devices';

export function addDeviceRoutes(app: FastifyInstance, simulation: Simulation): void {
	const { network, switches } = simulation;

	app.get<{ Querystring: GroupKey & { deviceName?: string; q?: string } }>(
		PATH,
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			const { deviceName } = query;
			if (deviceName) return profileOf(network, findDevice(network, { ...query, deviceName }));
			const { serviceProviderId, groupId } = findGroup(network, query);
			const ofGroup = network.devices(serviceProviderId, groupId);
			if (query.q !== 'available') return ofGroup.map(rowOf);
			const inReach = [...ofGroup, ...network.devices(serviceProviderId), ...network.devices()];
			return inReach.filter((device) => hasFreePort(network, device)).map(rowOf);
		},
	);

	app.post(PATH, async (request) => {
		const { serviceProviderId, groupId, deviceName, deviceType, ...settings } = checkBody(
			request,
			CREATE_BODY,
			switches,
		) as unknown as DeviceKey & { deviceType: string } & Body;
		findGroup(network, { serviceProviderId, groupId });
		const devices = network.devices(serviceProviderId, groupId);
		if (devices.some((device) => device.deviceName === deviceName)) {
			throw alreadyExists('Access Device', deviceName);
		}
		const given = { serviceProviderId, groupId, deviceName, deviceType, settings };
		return profileOf(network, network.addDevice(given));
	});

	app.put(PATH, async (request) => {
		const { serviceProviderId, groupId, deviceName, deviceType, ...settings } = checkBody(
			request,
			UPDATE_BODY,
			switches,
		) as unknown as DeviceKey & { deviceType?: string } & Body;
		const device = findDevice(network, { serviceProviderId, groupId, deviceName });
		device.deviceType = deviceType ?? device.deviceType;
		Object.assign(device.settings, settings);
		return profileOf(network, device);
	});

	app.delete<{ Querystring: DeviceKey }>(
		PATH,
		{ schema: { querystring: DEVICE_QUERY } },
		async ({ query }, reply) => {
			const device = findDevice(network, query);
			if (trunkGroupsOn(network, device).length > 0) {
				throw refused(`The access device is used by a trunk group: ${device.deviceName}`);
			}
			network.removeDevice(device);
			return reply.send();
		},
	);
}

function findDevice(network: Network, key: DeviceKey): Device {
	const { serviceProviderId, groupId } = findGroup(network, key);
	const devices = network.devices(serviceProviderId, groupId);
	const device = devices.find(({ deviceName }) => deviceName === key.deviceName);
	if (!device) throw notFound('Access Device', key.deviceName);
	return device;
}

function trunkGroupsOn(network: Network, device: Device) {
	const groups = network
		.serviceProviders()
		.flatMap(({ serviceProviderId }) => network.groups(serviceProviderId))
		.filter(
			(group) =>
				(device.serviceProviderId ?? group.serviceProviderId) === group.serviceProviderId &&
				(device.groupId ?? group.groupId) === group.groupId,
		);
	return groups
		.flatMap((group) => network.trunkGroups(group.serviceProviderId, group.groupId))
		.filter(
			({ accessDevice }) =>
				accessDevice?.deviceName === device.deviceName &&
				accessDevice.deviceLevel === device.deviceLevel,
		);
}

/** Every trunk user takes a port of the device of its trunk group. */
function assignedPorts(network: Network, device: Device): number {
	const trunkUsers = trunkGroupsOn(network, device).flatMap((one) => network.trunkUsers(one));
	return trunkUsers.length;
}

function hasFreePort(network: Network, device: Device): boolean {
	const ports = device.numberOfPorts;
	return 'unlimited' in ports || assignedPorts(network, device) < Number(ports.quantity);
}

function rowOf({
	deviceName,
	deviceLevel,
	deviceType,
	serviceProviderId,
	groupId,
	settings,
}: Device) {
	const { netAddress = null, macAddress = null, status = 'Online' } = settings;
	return {
		deviceName,
		deviceLevel,
		deviceType,
		netAddress,
		macAddress,
		status,
		serviceProviderId,
		groupId,
	};
}

function profileOf(network: Network, device: Device) {
	const { accessDeviceCredentials, ...settings } = device.settings;
	const { userName = null } = (accessDeviceCredentials ?? {}) as { userName?: unknown };
	return {
		deviceType: device.deviceType,
		protocol: 'SIP 2.0',
		numberOfPorts: device.numberOfPorts,
		numberOfAssignedPorts: assignedPorts(network, device),
		status: 'Online',
		transportProtocol: 'Unspecified',
		useCustomUserNamePassword: false,
		deviceName: device.deviceName,
		serviceProviderId: device.serviceProviderId,
		groupId: device.groupId,
		macAddress: '',
		deviceLevel: device.deviceLevel,
		...settings,
		// The password never comes back.
		accessDeviceCredentials: { userName },
		tags: [],
		relatedServices: [],
	};
}
