import type { Network } from './network';
import type { HostedUser, User } from './records';

/** A row of GET /groups/trunk-groups/users: the department is text, nothing tells the pilot user. */
export function trunkUserRow(user: User): Record<string, unknown> {
	return {
		userId: user.userId,
		lastName: user.lastName,
		firstName: user.firstName,
		department: user.department,
		phoneNumber: user.phoneNumber,
		hiraganaLastName: null,
		hiraganaFirstName: null,
		extension: user.extension,
		emailAddress: user.emailAddress,
	};
}

/** A row of GET /groups/trunk-groups/users/hosted and of a profile's users. */
export function hostedUserRow(user: User): HostedUser {
	return {
		userId: user.userId,
		lastName: user.lastName,
		firstName: user.firstName,
		hiraganaLastName: null,
		hiraganaFirstName: null,
		phoneNumber: user.phoneNumber,
		extension: user.extension,
		department: user.department,
		emailAddress: user.emailAddress,
	};
}

/** The profile of GET /users. Booleans inside trunkAddressing are text. */
export function userProfile(network: Network, user: User): Record<string, unknown> {
	const { serviceProviderId, groupId, trunkGroup } = user;
	const pilotUserId =
		trunkGroup === null
			? undefined
			: network.trunkGroup(serviceProviderId, groupId, trunkGroup)?.pilotUserId;
	return {
		userId: user.userId,
		serviceProviderId,
		groupId,
		lastName: user.lastName,
		firstName: user.firstName,
		endpointType: trunkGroup === null ? 'none' : 'trunkAddressing',
		...(trunkGroup === null
			? {}
			: {
					trunkAddressing: {
						trunkGroupDeviceEndpoint: {
							name: trunkGroup,
							linePort: user.linePort,
							staticRegistrationCapable: String(user.staticRegistrationCapable),
							useDomain: String(user.useDomain),
							isPilotUser: String(pilotUserId === user.userId),
							contacts: [],
						},
					},
				}),
		accessDeviceEndpoint: { contacts: [] },
		phoneNumber: user.phoneNumber,
		extension: user.extension,
		emailAddress: user.emailAddress,
		department: user.department,
	};
}
