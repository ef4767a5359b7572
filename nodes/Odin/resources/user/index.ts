import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../../execution/operation';
import { recordLocator } from '../../provisioning/locators';
import { compare } from '../../provisioning/operations/compare';
import { create } from '../../provisioning/operations/create';
import { remove } from '../../provisioning/operations/delete';
import { get } from '../../provisioning/operations/get';
import { update } from '../../provisioning/operations/update';
import { upsert } from '../../provisioning/operations/upsert';
import type { Provisioned } from '../../provisioning/resource';
import { getAll } from './getAll';
import { getRegistration } from './getRegistration';
import { userModel } from './model';
import { portalPassword } from './portalPassword';
import { setSipAuthentication } from './setSipAuthentication';
import { assignTrunkGroup, removeTrunkGroup } from './trunkOperations';
import { updateServices } from './updateServices';

const userLocator: INodeProperties = {
	...recordLocator(userModel, { search: 'searchUsers', by: 'id' }),
	name: userModel.id,
	description: 'The user; the list has those of the group',
};

export const provisionedUser: Provisioned = {
	...userModel,
	form: { newId: 'newUserId', locator: userLocator },
	password: portalPassword,
};

export const user: Resource = {
	name: provisionedUser.label,
	value: provisionedUser.value,
	model: provisionedUser,
	operations: [
		assignTrunkGroup(provisionedUser),
		compare(provisionedUser),
		create(provisionedUser),
		upsert(provisionedUser),
		remove(provisionedUser),
		get(provisionedUser),
		getAll,
		getRegistration(provisionedUser),
		removeTrunkGroup(provisionedUser),
		setSipAuthentication(provisionedUser),
		update(provisionedUser),
		updateServices(provisionedUser),
	],
	defaultOperation: getAll,
};
