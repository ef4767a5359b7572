import type { IDataObject } from 'n8n-workflow';
import { trunkGroupText, type TrunkGroupKey } from '../../model/key';
import { userIdOf } from '../../model/references';
import type { OdinClient } from '../../transport/odinClient';
import { nameOf } from '../../values/wireValues';
import { readRows } from '../../provisioning/rows';

export type UserList = 'assigned' | 'available';

const PATHS: Record<UserList, string> = {
	assigned: '/groups/trunk-groups/users',
	// Not the hosted users of the trunk group, which stand in its profile, but those that could become one.
	available: '/groups/trunk-groups/users/hosted',
};

/** The users of a trunk group, or those that could be its hosted users, as Odin lists them. */
export const readUsers = async (
	odin: OdinClient,
	key: TrunkGroupKey,
	list: UserList,
): Promise<Array<Record<string, unknown>>> =>
	await readRows(
		odin,
		{
			path: PATHS[list],
			query: { ...key },
			purpose: `list the ${list === 'assigned' ? '' : 'available '}users of ${trunkGroupText(key)}`,
		},
		'userId',
	);

/** A user in one shape; texts of digits stay text. */
export const userRow = (user: Record<string, unknown>): IDataObject => ({
	userId: userIdOf(user),
	lastName: nameOf(user.lastName),
	firstName: nameOf(user.firstName),
	hiraganaLastName: nameOf(user.hiraganaLastName),
	hiraganaFirstName: nameOf(user.hiraganaFirstName),
	phoneNumber: nameOf(user.phoneNumber),
	extension: nameOf(user.extension),
	department: nameOf(user.department),
	emailAddress: nameOf(user.emailAddress),
});
