import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { namedKey, recordText, type Key } from '../../model/key';
import { idIn } from '../../model/equivalence';
import { trunkGroupModel } from './model';
import type { OdinClient } from '../../transport/odinClient';
import { nameOf } from '../../values/wireValues';
import { readExistingKey } from '../../provisioning/input';
import { groupLocator, serviceProviderLocator } from '../../provisioning/locators';
import { optionsCollection } from '../../provisioning/options';
import type { Provisioned } from '../../provisioning/resource';
import { readRows } from '../../provisioning/rows';

export type UserList = 'assigned' | 'available';

const PATHS: Record<UserList, string> = {
	assigned: '/groups/trunk-groups/users',
	// Not the hosted users of the trunk group, which stand in its profile, but those that could become one.
	available: '/groups/trunk-groups/users/hosted',
};

export const usersRequest = (key: Key, list: UserList) => ({
	path: PATHS[list],
	query: namedKey(trunkGroupModel, key),
	purpose: `list the ${list === 'assigned' ? '' : 'available '}users of ${recordText(trunkGroupModel, key)}`,
});

/** The users of a trunk group, or those that could be its hosted users, as Odin lists them. */
export const readUsers = async (
	odin: OdinClient,
	key: Key,
	list: UserList,
): Promise<Array<Record<string, unknown>>> =>
	await readRows(odin, usersRequest(key, list), 'userId');

/** A user in one shape; texts of digits stay text. */
export const userRow = (user: Record<string, unknown>): IDataObject => ({
	userId: idIn(user, 'userId'),
	lastName: nameOf(user.lastName),
	firstName: nameOf(user.firstName),
	hiraganaLastName: nameOf(user.hiraganaLastName),
	hiraganaFirstName: nameOf(user.hiraganaFirstName),
	phoneNumber: nameOf(user.phoneNumber),
	extension: nameOf(user.extension),
	department: nameOf(user.department),
	emailAddress: nameOf(user.emailAddress),
});

interface UserListing extends Pick<Operation, 'name' | 'value' | 'action' | 'description'> {
	list: UserList;
	/** How the item is named in messages, before the trunk group */
	subject: string;
}

const listUsers = (model: Provisioned, { list, subject, ...texts }: UserListing): Operation => ({
	...texts,
	properties: [serviceProviderLocator, groupLocator, model.form.locator, optionsCollection()],
	prepare(parameters) {
		const key = readExistingKey(parameters, model);
		return {
			subject: `${subject} of ${recordText(model, key)}`,
			run: async (odin) => (await readUsers(odin, key, list)).map(userRow),
		};
	},
});

export const getUsers = (model: Provisioned): Operation =>
	listUsers(model, {
		name: 'Get Users',
		value: 'getUsers',
		action: 'Get users of trunk group',
		description: 'List the users who make and receive their calls through a trunk group',
		list: 'assigned',
		subject: 'the users',
	});

export const getAvailableUsers = (model: Provisioned): Operation =>
	listUsers(model, {
		name: 'Get Available Users',
		value: 'getAvailableUsers',
		action: 'Get available users of trunk group',
		description: 'List the users who could become hosted users of a trunk group',
		list: 'available',
		subject: 'the available users',
	});
