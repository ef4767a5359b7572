import type { Resource } from '../../execution/operation';
import { recordLocator } from '../../provisioning/locators';
import { compare } from '../../provisioning/operations/compare';
import { create } from '../../provisioning/operations/create';
import { remove } from '../../provisioning/operations/delete';
import { exportRecord } from '../../provisioning/operations/export';
import { get } from '../../provisioning/operations/get';
import { getAll } from '../../provisioning/operations/getAll';
import { update } from '../../provisioning/operations/update';
import { upsert } from '../../provisioning/operations/upsert';
import { passwordPart } from '../../provisioning/passwordPart';
import type { Provisioned } from '../../provisioning/resource';
import { deviceModel } from './model';
import { deletion, getUsers } from './users';

export const provisionedDevice: Provisioned = {
	...deviceModel,
	form: { newId: 'deviceName', locator: recordLocator(deviceModel, { search: 'searchDevices' }) },
	password: passwordPart(deviceModel),
	deletion,
};

const getDevices = getAll(provisionedDevice);

export const device: Resource = {
	name: provisionedDevice.label,
	value: provisionedDevice.value,
	model: provisionedDevice,
	operations: [
		compare(provisionedDevice),
		create(provisionedDevice),
		upsert(provisionedDevice),
		remove(provisionedDevice),
		exportRecord(provisionedDevice),
		get(provisionedDevice),
		getDevices,
		getUsers(provisionedDevice),
		update(provisionedDevice),
	],
	defaultOperation: getDevices,
};
