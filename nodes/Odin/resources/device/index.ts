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

const model: Provisioned = {
	...deviceModel,
	form: { newId: 'deviceName', locator: recordLocator(deviceModel, { search: 'searchDevices' }) },
	password: passwordPart(deviceModel),
	deletion,
};

const getDevices = getAll(model);

export const device: Resource = {
	name: model.label,
	value: model.value,
	operations: [
		compare(model),
		create(model),
		upsert(model),
		remove(model),
		exportRecord(model),
		get(model),
		getDevices,
		getUsers(model),
		update(model),
	],
	defaultOperation: getDevices,
};
