import { groupText, recordText, type GroupKey } from '../model/key';
import { find } from '../provisioning/read';
import { readRows, withoutList } from '../provisioning/rows';
import { trunkGroupModel } from '../resources/trunkGroup/model';
import { connectionOf } from '../resources/user/trunk';
import { userModel } from '../resources/user/model';
import type { OdinClient } from '../transport/odinClient';
import { isObject } from '../values/json';
import { idIn } from '../model/equivalence';
import { wireText } from '../values/wireValues';
import { readOwnRows, type Source } from './source';
import { keyOf } from './trunkGroups';
import type { Profile, Watch } from '../watch/watch';

/** Only that a user was registered is remembered: a static trunk never is, so it has nothing to lose. */
export const watchRegistrations: Watch = {
	event: 'registrationLost',
	columns: [],
	readsProfiles: false,
	tellsCreated: false,
	tellsDeleted: true,
	read: () => undefined,
	compare: (remembered) => ({ remembered, changes: [] }),
};

const PATH = '/users/registration';

/** The users of a group that are registered. */
export const registrationsOf: Source = {
	async list(odin, group) {
		const purpose = `list the registrations of ${groupText(group)}`;
		const { rows, isVoid } = await readOwnRows(
			odin,
			{ path: `${PATH}/bulk`, purpose },
			group,
			'userId',
		);
		const users = rows.map(userIn);
		if (users.some((user) => user === undefined)) throw withoutList(purpose);
		const registered = users.flatMap((user) => (user?.isRegistered ? [user.userId] : []));
		return { names: registered, isVoid };
	},
	async read(odin, { name: userId }) {
		const registrations = await readRows(
			odin,
			{
				path: PATH,
				query: { userId },
				purpose: `read the registrations of ${userText(userId)}`,
			},
			'linePort',
		);
		return registrations.length > 0 ? {} : undefined;
	},
};

interface BulkUser {
	userId: string;
	isRegistered: boolean;
}

/** A row is a user with registrations, or has both in parts of it. Undefined where neither can be found. */
function userIn(row: Profile): BulkUser | undefined {
	const parts = [row, ...Object.values(row).filter(isObject)];
	const userId = parts.map((part) => idIn(part, 'userId').trim()).find(Boolean);
	if (userId === undefined) return undefined;
	const own = parts.find((part) => 'registrations' in part);
	// One row a registration.
	if (!own) return { userId, isRegistered: parts.some(isRegistration) };
	const { registrations } = own;
	if (registrations !== null && !Array.isArray(registrations)) return undefined;
	return { userId, isRegistered: (registrations ?? []).length > 0 };
}

const isRegistration = (part: Profile): boolean =>
	['uRI', 'line/Port', 'linePort', 'expiration'].some((name) => wireText(part[name]) !== '');

const userText = (userId: string): string =>
	recordText(userModel, { serviceProviderId: '', groupId: '', id: userId });

/** The trunk group of a user; no profile where Odin does not have it any more. */
export interface LostTrunk {
	name: string;
	profile: Profile | undefined;
}

/** What an item tells of it. */
export const registrationLost = (userId: string) => ({
	change: 'changed' as const,
	changes: [{ field: 'registered', from: true, to: false }],
	more: { userId },
});

/** The trunk group whose user is not registered any more; undefined for a user of none. Throws OdinError. */
export async function trunkOf(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	userId: string,
): Promise<LostTrunk | undefined> {
	const user = await find(odin, userModel, { serviceProviderId, groupId, id: userId });
	const connection = user && connectionOf(user);
	if (connection?.through !== 'trunkGroup') return undefined;
	const { name } = connection;
	const profile = await find(odin, trunkGroupModel, keyOf(serviceProviderId, { groupId, name }));
	return { name, profile };
}
