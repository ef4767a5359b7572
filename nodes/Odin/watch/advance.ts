import type { GroupMemory, Memory, Remembered } from './memory';
import type { Change, Profile, Watch } from './watch';

/** What one poll has seen. What could not be read is simply not in it. */
export interface Seen {
	/** The groups to watch; undefined where Odin did not list them */
	groups: readonly string[] | undefined;
	/** By group, the names of all its records */
	lists: ReadonlyMap<string, readonly string[]>;
	/** Records that were read by name */
	profiles: RecordMap<Profile>;
	/** Records that Odin does not have when it is asked for them by name */
	gone: RecordMap<true>;
	/** Groups that were watched before and are not any more, since this administrator is not shown them */
	unwatched: ReadonlySet<string>;
	/** Where it ended, so that the next poll goes on there */
	nextGroup?: string | undefined;
	nextRecord?: string | undefined;
}

/** Something by group and name. */
export class RecordMap<Value> {
	private readonly groups = new Map<string, Map<string, Value>>();

	get({ groupId, name }: RecordRef): Value | undefined {
		return this.groups.get(groupId)?.get(name);
	}

	set({ groupId, name }: RecordRef, value: Value): this {
		const group = this.groups.get(groupId) ?? new Map<string, Value>();
		this.groups.set(groupId, group.set(name, value));
		return this;
	}
}

export interface RecordRef {
	groupId: string;
	name: string;
}

export interface WatchEvent extends RecordRef {
	change: 'created' | 'changed' | 'deleted';
	changes: Change[];
	/** As it was read; none for a record that is gone */
	profile: Profile | undefined;
}

/** One text a record, for the place where a poll goes on. */
export const refText = ({ groupId, name }: RecordRef): string => JSON.stringify([groupId, name]);

/** All of a sorted list, from where the last poll ended; from the beginning where that is past the end. */
export function startingAt<Entry>(
	sorted: readonly Entry[],
	isStart: (entry: Entry) => boolean,
): Entry[] {
	const from = Math.max(sorted.findIndex(isStart), 0);
	return [...sorted.slice(from), ...sorted.slice(0, from)];
}

/** The records of a group before: none where the whole group is new in Odin, null where nobody knows. */
const recordsBefore = ({ groups, knowsGroups }: Memory, groupId: string): GroupMemory | null => {
	const known = groups.get(groupId);
	return known === undefined ? (knowsGroups ? new Map() : null) : known;
};

/** What has to be read by name, in the order in which it is. */
export interface ReadingPlan {
	/** Not in the list any more: gone only where Odin, asked for them by name, says so too */
	missing: RecordRef[];
	/** New in the list */
	fresh: RecordRef[];
	/** All others, from where the last poll ended */
	known: RecordRef[];
}

export function planReading(
	memory: Memory,
	lists: Seen['lists'],
	{ readsProfiles, columns }: Pick<Watch, 'readsProfiles' | 'columns'>,
): ReadingPlan {
	const plan: ReadingPlan = { missing: [], fresh: [], known: [] };
	for (const [groupId, names] of lists) {
		const before = recordsBefore(memory, groupId);
		const listed = new Set(names);
		for (const name of before?.keys() ?? []) {
			if (!listed.has(name)) plan.missing.push({ groupId, name });
		}
		if (!readsProfiles) continue;
		for (const name of listed) {
			if (before && !before.has(name)) plan.fresh.push({ groupId, name });
			else if (columns.length > 0) plan.known.push({ groupId, name });
		}
	}
	const byText = plan.known.map((ref) => ({ ref, text: refText(ref) }));
	byText.sort((one, other) => (one.text < other.text ? -1 : 1));
	const next = memory.nextRecord ?? '';
	plan.known = startingAt(byText, ({ text }) => text >= next).map(({ ref }) => ref);
	return plan;
}

/**
 * The next memory, and what has happened since the last. A record of which nothing was read keeps what is remembered of
 * it; one that is seen for the first time is remembered and, where everything was known before, told as created.
 */
export function advance(
	memory: Memory,
	seen: Seen,
	watch: Watch,
): { memory: Memory; events: WatchEvent[] } {
	const events: WatchEvent[] = [];
	const groups = new Map<string, GroupMemory | null>();
	const isListed = new Set(seen.groups ?? []);
	const groupIds = new Set([...memory.groups.keys(), ...isListed]);
	for (const groupId of [...groupIds].sort()) {
		const before = recordsBefore(memory, groupId);
		const names = seen.lists.get(groupId);
		if (seen.unwatched.has(groupId)) continue;
		const isLeft = seen.groups === undefined || isListed.has(groupId);
		if (names) {
			const records = advanceGroup(groupId, { before, names, seen, watch }, events);
			if (isLeft || records.size > 0) groups.set(groupId, records);
		} else if (memory.groups.has(groupId) || before === null) {
			groups.set(groupId, before);
		}
	}
	return {
		memory: {
			...memory,
			groups,
			knowsGroups: memory.knowsGroups || seen.groups !== undefined,
			nextGroup: seen.nextGroup,
			nextRecord: seen.nextRecord,
		},
		events,
	};
}

interface SeenGroup {
	before: GroupMemory | null;
	names: readonly string[];
	seen: Seen;
	watch: Watch;
}

function advanceGroup(
	groupId: string,
	{ before, names, seen, watch }: SeenGroup,
	events: WatchEvent[],
): GroupMemory {
	const records = new Map<string, Remembered>();
	const listed = new Set(names);
	for (const name of new Set([...(before?.keys() ?? []), ...listed])) {
		const ref = { groupId, name };
		if (!listed.has(name) && seen.gone.get(ref)) {
			if (watch.tellsDeleted) {
				events.push({ ...ref, change: 'deleted', changes: [], profile: undefined });
			}
			continue;
		}
		const known = before === null ? [] : before.get(name);
		const profile = seen.profiles.get(ref);
		const now = profile && watch.read(profile);
		if (known === undefined && watch.readsProfiles) {
			// Told only with its profile, so until that can be read it stays new.
			if (!now) continue;
			if (watch.tellsCreated) events.push({ ...ref, change: 'created', changes: [], profile });
		}
		const { remembered, changes } = now
			? watch.compare(known ?? watch.initial ?? [], now)
			: { remembered: known ?? [], changes: [] };
		records.set(name, remembered);
		if (changes.length > 0) events.push({ ...ref, change: 'changed', changes, profile });
	}
	return records;
}
