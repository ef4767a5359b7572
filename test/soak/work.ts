import type { IDataObject } from 'n8n-workflow';

import { Dice } from './dice';

/** Where all trunk groups of a campaign are. */
export const HOME = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

/** What is done with a trunk group. The retried ones stop at an error and leave the rest to n8n's Retry On Fail. */
export type Share =
	| 'create'
	| 'upsert'
	| 'update'
	| 'rename'
	| 'delete'
	| 'retriedCreate'
	| 'retriedUpsert'
	| 'retriedRename'
	| 'retriedDelete';

/** One input item: what is there before, what is asked for, and what must be there in the end. */
export interface Task {
	share: Share;
	name: string;
	/** Its name in the end */
	newName: string;
	/** Max Active Calls that the item asks for */
	calls: number;
	/** Max Active Calls of a trunk group that is there before */
	callsBefore: number | undefined;
	/** Max Active Calls in the end; undefined for a trunk group that must be gone */
	wantedCalls: number | undefined;
	/** Of trunk groups with SIP authentication */
	sipPassword: string | undefined;
	/** Who uses the trunk group that is there before, and is taken off before it is deleted */
	usedBy: { pilot?: string; hosted?: string };
}

/** How the trunk groups of a campaign are divided. What is left over is created. */
const PARTS: Array<{ share: Share; part: number }> = [
	{ share: 'upsert', part: 0.22 },
	{ share: 'update', part: 0.06 },
	{ share: 'rename', part: 0.03 },
	{ share: 'delete', part: 0.05 },
	{ share: 'retriedCreate', part: 0.04 },
	{ share: 'retriedUpsert', part: 0.04 },
	{ share: 'retriedRename', part: 0.02 },
	{ share: 'retriedDelete', part: 0.02 },
];

/** A user of the example network. */
const HOSTED_USER = 'anna.adler@example.com';

const MOST_CALLS = 49;

export function planWork(seed: number, trunkGroups: number): Task[] {
	const counts = PARTS.map(({ share, part }) => ({ share, count: Math.ceil(trunkGroups * part) }));
	const rest = trunkGroups - counts.reduce((sum, { count }) => sum + count, 0);
	return [{ share: 'create' as const, count: Math.max(rest, 0) }, ...counts].flatMap(
		({ share, count }) => Array.from({ length: count }, (_, index) => taskOf(seed, share, index)),
	);
}

function taskOf(seed: number, share: Share, index: number): Task {
	const name = `${share}-${index}`;
	const dice = new Dice(seed, 'task', name);
	const calls = dice.between(1, MOST_CALLS);
	const existsBefore = dice.chance(EXISTS_BEFORE[share]);
	const hasPassword = share === 'create' && !existsBefore && dice.chance(0.05);
	const task = {
		share,
		name,
		newName: isRename(share) ? `${name}-new` : name,
		calls,
		callsBefore: existsBefore ? calls + 1 : undefined,
		wantedCalls: calls,
		usedBy: {
			...(isDeletion(share) && dice.chance(0.4) && { pilot: `${name}@example.com` }),
			...(isDeletion(share) && dice.chance(0.2) && { hosted: HOSTED_USER }),
		},
		sipPassword: hasPassword ? `Sip-Secret-${seed}-${index}` : undefined,
	};
	if (isDeletion(share)) return { ...task, wantedCalls: undefined };
	// The trunk group of somebody else has the name: it stays as it is.
	if (share === 'create' && existsBefore) return { ...task, wantedCalls: calls + 1 };
	return task;
}

const isRename = (share: Share): boolean => /rename/i.test(share);
const isDeletion = (share: Share): boolean => /delete/i.test(share);

const EXISTS_BEFORE: Record<Share, number> = {
	create: 0.03,
	upsert: 0.5,
	update: 1,
	rename: 1,
	delete: 1,
	retriedCreate: 0,
	retriedUpsert: 0.3,
	retriedRename: 1,
	retriedDelete: 1,
};

/** Whether its trunk group comes into being in the campaign. */
export const isNew = ({ callsBefore, wantedCalls }: Task): boolean =>
	callsBefore === undefined && wantedCalls !== undefined;

export const isRetried = (share: Share): boolean => share.startsWith('retried');

/** Whether a person can run a task again that was done: a trunk group that was renamed or deleted is not found then. */
export const isRepeatable = (share: Share): boolean => !isRename(share) && !isDeletion(share);

export const itemOf = ({ name, newName, calls, sipPassword }: Task): IDataObject => ({
	name,
	newName,
	calls,
	payload:
		sipPassword === undefined
			? {}
			: {
					requireAuthentication: true,
					sipAuthenticationUserName: name,
					sipAuthenticationPassword: sipPassword,
				},
});

const OPTIONS = { concurrency: 10, timeout: 700, maxRetries: 2 };

const CREATE = {
	operation: 'create',
	name: '={{ $json.name }}',
	maxActiveCalls: '={{ $json.calls }}',
	payload: '={{ $json.payload }}',
	options: OPTIONS,
};
const UPSERT = { ...CREATE, operation: 'upsert' };
const UPDATE = {
	operation: 'update',
	trunkGroup: '={{ $json.name }}',
	callCapacity: { maxActiveCalls: '={{ $json.calls }}' },
	options: OPTIONS,
};

const RENAME = { ...UPDATE, newName: '={{ $json.newName }}' };
const DELETE = {
	operation: 'delete',
	trunkGroup: '={{ $json.name }}',
	options: { ...OPTIONS, force: true },
};

const PARAMETERS: Record<Share, IDataObject> = {
	create: CREATE,
	upsert: UPSERT,
	update: UPDATE,
	rename: RENAME,
	delete: DELETE,
	// What an earlier execution has created is no reason to stop.
	retriedCreate: { ...CREATE, options: { ...OPTIONS, ifExists: 'returnExisting' } },
	retriedUpsert: UPSERT,
	retriedRename: RENAME,
	retriedDelete: DELETE,
};

/** What stands in the node. */
export const parametersOf = (share: Share): IDataObject => ({
	resource: 'trunkGroup',
	...HOME,
	...PARAMETERS[share],
});
