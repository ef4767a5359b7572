import { notAuthorized } from '../odinErrors';
import type { Administrator } from '../options';

/** From the most to the least powerful. */
const LOGIN_TYPES = [
	'System',
	'Provisioning',
	'Reseller',
	'Service Provider',
	'Group',
	'Group Department',
	'User',
];

export function loginTypeOf({ loginType = 'Provisioning' }: Administrator): string {
	return loginType;
}

export function isSystemAdmin(administrator: Administrator): boolean {
	return isAtLeast(administrator, 'Provisioning');
}

export function isAtLeast(administrator: Administrator, loginType: string): boolean {
	return LOGIN_TYPES.indexOf(loginTypeOf(administrator)) <= LOGIN_TYPES.indexOf(loginType);
}

export interface Task {
	/** Such as 'POST /groups/trunk-groups'. */
	name: string;
	writes: boolean;
	serviceProviderId: string | undefined;
	groupId: string | undefined;
}

/** Throws 403 when the administrator may not do the task, or not there. */
export function requireRights(administrator: Administrator, task: Task): void {
	if (administrator.readOnly && task.writes) throw notAuthorized(task.name);
	const ownServiceProvider = administrator.serviceProviderId ?? task.serviceProviderId;
	const ownGroup = administrator.groupId ?? task.groupId;
	const elsewhere =
		(task.serviceProviderId !== undefined && task.serviceProviderId !== ownServiceProvider) ||
		(task.groupId !== undefined && task.groupId !== ownGroup);
	if (elsewhere) throw notAuthorized(task.name);
}

/** Throws 403 for an administrator who may not see lists of service providers and groups. */
export function requireListing({ mayList = true }: Administrator, taskName: string): void {
	if (!mayList) throw notAuthorized(taskName);
}

/** Throws 403 for an administrator of a lower level than the task wants. */
export function requireLevel(
	administrator: Administrator,
	loginType: string,
	taskName: string,
): void {
	if (!isAtLeast(administrator, loginType)) throw notAuthorized(taskName);
}
