import { isSameName } from '../../model/equivalence';
import { keyShown, type GroupKey } from '../../model/key';
import { find } from '../../provisioning/read';
import type { ReadOnce } from '../../provisioning/readOnce';
import type { OdinClient } from '../../transport/odinClient';
import { isObject } from '../../values/json';
import { wireText } from '../../values/wireValues';
import { userModel } from '../user/model';
import { readUserRows, untoldAs } from './groupReads';
import { linePortOf, type WantedUser } from './wantedUser';

/** A user who has a line port. It is unique in the whole system. */
export interface LinePortOwner {
	userId: string;
	place: GroupKey;
}

const objectIn = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The line port that a user has now, on a trunk group or a device; empty for none. */
function presentLinePort(profile: Record<string, unknown>): string {
	const onTrunk = objectIn(objectIn(profile.trunkAddressing).trunkGroupDeviceEndpoint);
	return (
		wireText(onTrunk.linePort) ||
		wireText(objectIn(profile.accessDeviceEndpoint).linePort) ||
		wireText(profile.linePort)
	);
}

/**
 * Who has the line ports that users are to get, by line port in lower case, as far as Odin can be asked: the users of the
 * group, and in the whole system the one whose id it is, since a line port is the user id unless somebody names another.
 */
export async function readLinePorts(
	odin: OdinClient,
	group: GroupKey,
	users: ReadonlyArray<WantedUser & { profile: Record<string, unknown> | undefined }>,
	reads: ReadOnce,
): Promise<Map<string, LinePortOwner>> {
	const owners = new Map<string, LinePortOwner>();
	const asking = users.filter(
		(user) => !user.profile || !isSameName(linePortOf(user), presentLinePort(user.profile)),
	);
	if (asking.length === 0) return owners;
	for (const row of await readUserRows(odin, group, reads)) {
		const linePort = presentLinePort(row).toLowerCase();
		if (linePort !== '') owners.set(linePort, { userId: wireText(row.userId), place: group });
	}
	for (const user of asking) {
		const linePort = linePortOf(user);
		const isOwnId = isSameName(linePort, user.wanted.key.id);
		if (isOwnId || owners.has(linePort.toLowerCase())) continue;
		const key = { ...group, id: linePort };
		const other = await find(odin, userModel, key).catch(untoldAs(undefined));
		if (!other || !isSameName(linePort, presentLinePort(other))) continue;
		owners.set(linePort.toLowerCase(), {
			userId: wireText(other.userId),
			place: keyShown(userModel, key, other),
		});
	}
	return owners;
}
