import type { FastifyInstance } from 'fastify';

import { isObject } from '../contract/convertBody';
import { usersOn } from '../devices/usage';
import { findGroup, groupKeyIn, type GroupKey } from '../network/lookUp';
import type { Device, DeviceType } from '../network/records';
import { missingKey, notFound } from '../odinErrors';
import type { Simulation } from '../simulation';
import { trunkUserRow } from '../users/rows';
import { DEVICE_QUERY, GROUP_QUERY } from './queries';

interface TypeQuery {
	deviceType?: string;
}

/** Device types, and what there is about a device beside its profile. */
export function addDeviceDetailRoutes(app: FastifyInstance, { network }: Simulation): void {
	const { devices, deviceTypes } = network.stores;

	const typesFor = ({ deviceType }: TypeQuery): DeviceType | DeviceType[] => {
		if (!deviceType) return deviceTypes.all();
		const found = deviceTypes.find({ deviceType });
		if (!found) throw notFound('Access Device Type', deviceType);
		return found;
	};
	app.get<{ Querystring: TypeQuery }>('/system/device-types', async ({ query }) => typesFor(query));
	app.get<{ Querystring: GroupKey & TypeQuery }>(
		'/groups/device-types',
		{ schema: { querystring: GROUP_QUERY } },
		async ({ query }) => {
			findGroup(network, query);
			return typesFor(query);
		},
	);

	const deviceIn = (key: unknown): Device => {
		const given = isObject(key) ? key : {};
		for (const name of ['serviceProviderId', 'groupId', 'deviceName']) {
			if (!given[name]) throw missingKey(name);
		}
		const group = findGroup(network, groupKeyIn(given));
		const { serviceProviderId, groupId } = group;
		const device = devices.find({ serviceProviderId, groupId, deviceName: given.deviceName });
		if (!device) throw notFound('Access Device', String(given.deviceName));
		return device;
	};
	// The users alone: a trunk group without users that names the device is not shown.
	const usersOf = (device: Device) => {
		const { serviceProviderId, groupId, deviceName } = device;
		const users = usersOn(network, device).map((user) => ({
			...trunkUserRow(user),
			linePort: user.linePort,
			endpointType: user.trunkGroup === undefined ? 'accessDeviceEndpoint' : 'trunkAddressing',
		}));
		return { serviceProviderId, groupId, deviceName, users };
	};
	app.post('/groups/devices/users', async ({ body }) => usersOf(deviceIn(body)));
	app.get('/groups/devices/users', { schema: { querystring: DEVICE_QUERY } }, async ({ query }) =>
		usersOf(deviceIn(query)),
	);
	for (const action of ['rebuild', 'reset']) {
		app.post(`/groups/devices/${action}`, async ({ body }) => {
			deviceIn(body);
			return {};
		});
	}
}
