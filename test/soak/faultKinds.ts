import type { Fault } from '../../simulator';

/** What a request is for. */
export type Role =
	| 'read'
	| 'users'
	| 'readUser'
	| 'create'
	| 'change'
	| 'rename'
	| 'remove'
	/** Off the trunk group */
	| 'takeOff';

export interface FaultRow {
	fault: Fault;
	/** How often it is met beside the others */
	weight: number;
	/** So many in a row end the item; one that does not say passes when it is sent again. */
	ends?: number;
	/** Where it is left out, since there it would be Odin's own word for something that is not so */
	notFor?: Role[];
}

const SOON = { 'retry-after': '0' };
const IN_USE = { error: 'User name is already in use' };
const SINCE_LONG = { 'retry-after': new Date(0).toUTCString() };

const WRITES: Role[] = ['create', 'change', 'rename', 'remove', 'takeOff'];
const READS: Role[] = ['read', 'users', 'readUser'];

/**
 * Every kind of fault. `Retry-After: 0` spares most of the waits between tries; kinds without headers have to wait.
 * Answers that ask for less at once are few, since the node then asks for less at once. Nothing here says of a trunk group that is not there that it is, or the other way round, such as 404 to a GET: the node
 * believes Odin.
 */
export const faultKinds = (otherHost: string): FaultRow[] => [
	{ fault: { kind: 'status', status: 429, headers: SOON }, weight: 1.5 },
	{ fault: { kind: 'status', status: 429, headers: SINCE_LONG }, weight: 0.5 },
	{ fault: { kind: 'status', status: 429 }, weight: 0.3 },
	{ fault: { kind: 'status', status: 503, headers: SOON }, weight: 1.5 },
	{ fault: { kind: 'status', status: 503 }, weight: 0.3 },
	{ fault: { kind: 'status', status: 500, headers: SOON }, weight: 4 },
	{ fault: { kind: 'status', status: 502, headers: SOON }, weight: 2 },
	{ fault: { kind: 'status', status: 504, headers: SOON, body: '' }, weight: 2 },
	{ fault: { kind: 'status', status: 401, body: { error: 'Expired token' } }, weight: 1 },
	{ fault: { kind: 'status', status: 403, body: { error: 'Expired token' } }, weight: 1 },
	{ fault: { kind: 'sessionEnded' }, weight: 0.3 },
	{ fault: { kind: 'sessionEnded', status: 403 }, weight: 0.3 },
	{ fault: { kind: 'sessionEndedAfterWrite', status: 200 }, weight: 0.5, notFor: READS },
	{ fault: { kind: 'sessionEndedAfterWrite', status: 500 }, weight: 0.5, notFor: READS },
	{ fault: { kind: 'html', headers: SOON }, weight: 4 },
	{ fault: { kind: 'html', status: 503, headers: SOON }, weight: 0.5 },
	{ fault: { kind: 'reset' }, weight: 2 },
	{ fault: { kind: 'lostAnswer' }, weight: 4 },
	{ fault: { kind: 'hang' }, weight: 0.5 },
	{ fault: { kind: 'hangAfterWrite' }, weight: 1 },
	{ fault: { kind: 'slowBody', paceMs: 1 }, weight: 4 },
	// Longer than the time-out in all, and never silent for as long.
	{ fault: { kind: 'slowBody', paceMs: 60 }, weight: 0.5 },
	{ fault: { kind: 'truncated', headers: SOON }, weight: 4 },
	{ fault: { kind: 'cutBody' }, weight: 3 },
	{ fault: { kind: 'empty' }, weight: 3, notFor: READS },
	{ fault: { kind: 'empty', status: 204 }, weight: 3, notFor: READS },
	{ fault: { kind: 'oldProfile' }, weight: 3, notFor: [...READS, 'create', 'remove'] },
	{ fault: { kind: 'readLag' }, weight: 2, notFor: READS },
	{ fault: { kind: 'gatewayAfterWrite', headers: SOON }, weight: 4 },
	{ fault: { kind: 'gatewayAfterWrite', status: 504, headers: SOON }, weight: 2 },
	{ fault: { kind: 'gatewayAfterWrite', status: 500, headers: SOON }, weight: 2 },
	{ fault: { kind: 'gatewayAfterWrite', status: 503, headers: SOON }, weight: 1 },
	{ fault: { kind: 'noise', headers: SOON }, weight: 0.05 },
	{ fault: { kind: 'status', status: 400, body: { error: 'Not today' } }, weight: 4, ends: 1 },
	{ fault: { kind: 'status', status: 422, body: '' }, weight: 1, ends: 1 },
	{ fault: { kind: 'status', status: 409, body: IN_USE }, weight: 2, ends: 1, notFor: READS },
	// A proxy in front of Odin sent it a second time.
	{
		fault: { kind: 'answerAfterWrite', status: 409, body: IN_USE },
		weight: 1,
		ends: 1,
		notFor: [...READS, 'change', 'remove', 'takeOff'],
	},
	// A plain yes to a deletion is believed, and so is a new profile with all that was asked.
	{ fault: { kind: 'ignored' }, weight: 3, ends: 1, notFor: [...READS, 'create', 'remove'] },
	{
		fault: { kind: 'html', status: 404 },
		weight: 1,
		ends: 1,
		notFor: [...READS, 'remove', 'takeOff'],
	},
	{ fault: { kind: 'html', status: 407 }, weight: 1, ends: 1 },
	{ fault: { kind: 'html', status: 200 }, weight: 2, ends: 1 },
	{ fault: { kind: 'gatewayAfterWrite', status: 200 }, weight: 2, ends: 1, notFor: READS },
	{ fault: { kind: 'errorIn200' }, weight: 3, ends: 1 },
	{ fault: { kind: 'redirect', location: otherHost }, weight: 2, ends: 1 },
	{ fault: { kind: 'redirect', status: 307, location: otherHost }, weight: 1, ends: 1 },
	// Once for the session at hand, once for the new one.
	{
		fault: { kind: 'status', status: 403, body: { error: 'Admin is not authorized' } },
		weight: 2,
		ends: 2,
	},
];

/** Faults of the login, all of which pass: one that does not would end every item at once. */
export const LOGIN_FAULTS: Fault[] = [
	{ kind: 'status', status: 503, headers: SOON },
	{ kind: 'html', headers: SOON },
	{ kind: 'lostAnswer' },
	{ kind: 'status', status: 429, headers: SOON },
	{ kind: 'slowBody', paceMs: 1 },
	{ kind: 'reset' },
];

/** What a request is for; undefined for one that names no trunk group, nor a user of one. */
export function roleOf(method: string, path: string, body: unknown): Role | undefined {
	if (path === '/groups/trunk-groups/users') return 'users';
	if (path === '/users') return method === 'PUT' ? 'takeOff' : 'readUser';
	if (path !== '/groups/trunk-groups') return undefined;
	const roles: Record<string, Role> = {
		GET: 'read',
		POST: 'create',
		PUT: typeof body === 'object' && body !== null && 'newName' in body ? 'rename' : 'change',
		DELETE: 'remove',
	};
	return roles[method];
}

export const isWrite = (role: Role): boolean => WRITES.includes(role);
