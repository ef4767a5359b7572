import type { ResourceModel } from '../../model/resourceModel';
import { deviceFields } from './fields';

export const deviceModel: ResourceModel = {
	value: 'device',
	noun: 'device',
	label: 'Device',
	path: '/groups/devices',
	id: 'deviceName',
	fields: deviceFields,
	sections: [{ name: 'deviceFields', label: 'Device Fields' }],
	row: ['deviceLevel', 'deviceType', 'status', 'netAddress', 'macAddress'],
	summary: [
		{ name: 'deviceType' },
		{ name: 'deviceLevel' },
		{ name: 'status' },
		{ name: 'netAddress' },
		{ name: 'port' },
		{ name: 'transportProtocol' },
		{ name: 'macAddress' },
		{ name: 'description' },
		{ name: 'useCustomUserNamePassword' },
		{ name: 'numberOfAssignedPorts' },
	],
};
