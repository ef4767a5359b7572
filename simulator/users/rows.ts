import type { HostedUser, User } from '../network/records';

type Json = Record<string, unknown>;

/** A row of GET /groups/trunk-groups/users: the department is text, nothing tells the pilot user. */
export function trunkUserRow(user: User): Json {
	return {
		userId: user.userId,
		lastName: user.lastName,
		firstName: user.firstName,
		department: departmentText(user),
		phoneNumber: user.phoneNumber ?? null,
		hiraganaLastName: null,
		hiraganaFirstName: null,
		extension: user.extension ?? null,
		emailAddress: user.emailAddress ?? null,
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
		phoneNumber: user.phoneNumber ?? null,
		extension: user.extension ?? null,
		department: departmentText(user),
		emailAddress: user.emailAddress ?? null,
	};
}

/** Lists show the department of a user as text. */
export function departmentText({ department }: User): string | null {
	return department
		? `${department.name} (${department.groupId ?? department.serviceProviderId})`
		: null;
}

export function domainOf({ userId }: User): string {
	return userId.slice(userId.lastIndexOf('@') + 1);
}
