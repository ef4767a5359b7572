import type { Body } from '../contract/convertBody';
import type { Network } from '../network/network';
import type { TrunkGroup } from '../network/records';
import { alreadyExists, malformed, missingKey } from '../odinErrors';
import { requireFreeLinePort, requireRoomForUser } from '../users/rules';

// BroadWorks requires these of a pilot user that is created together with its trunk group.
const REQUIRED = {
	userId: 161,
	lastName: 30,
	firstName: 30,
	callingLineIdLastName: 30,
	callingLineIdFirstName: 30,
	linePort: 161,
} as const;

/** Adds the pilot user of a new trunk group. Whether Odin passes pilotUser on is unknown; BroadWorks takes it. */
export function addPilotUser(network: Network, trunkGroup: TrunkGroup, pilotUser: Body): void {
	const text = (key: keyof typeof REQUIRED): string => {
		const value = pilotUser[key];
		if (typeof value !== 'string' || value === '') throw missingKey(`pilotUser.${key}`);
		if ([...value].length > REQUIRED[key]) throw malformed(`pilotUser.${key} is too long`);
		return value;
	};
	const given = Object.keys(REQUIRED).map((key) => [key, text(key as keyof typeof REQUIRED)]);
	const user = Object.fromEntries(given) as Record<keyof typeof REQUIRED, string>;
	if (network.user(user.userId)) throw alreadyExists('User', user.userId);
	requireFreeLinePort(network, user.userId, user.linePort);
	requireRoomForUser(network, trunkGroup);
	const { serviceProviderId, groupId, name } = trunkGroup;
	network.addUser({ ...user, serviceProviderId, groupId, trunkGroup: name });
	trunkGroup.pilotUserId = user.userId;
}
