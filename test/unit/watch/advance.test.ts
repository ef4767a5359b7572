import fc from 'fast-check';
import { trunkGroupModel } from '../../../nodes/Odin/resources/trunkGroup/model';
import { advance, planReading, RecordMap, type Seen } from '../../../nodes/Odin/watch/advance';
import { watchFields } from '../../../nodes/Odin/watch/fields';
import { fitted, readMemory, written, type Memory } from '../../../nodes/Odin/watch/memory';
import type { Profile, Watch } from '../../../nodes/Odin/watch/watch';
import { propertyRuns } from '../../propertyRuns';

const COLUMNS = ['maxActiveCalls', 'pilotUserId', 'trunkGroupState'];
const GROUPS = ['g1', 'g2', 'g3'];
const NAMES = ['a', 'b', '__proto__', '7'];

/** Per group, its trunk groups with their fields; a group that is not there does not exist. */
type World = Record<string, Record<string, Profile> | undefined>;

const profile = fc.record({
	maxActiveCalls: fc.integer({ min: 1, max: 3 }),
	pilotUserId: fc.option(fc.constantFrom('p1', 'p2'), { nil: undefined }),
	trunkGroupState: fc.constantFrom('Available', 'Unavailable'),
});

const world: fc.Arbitrary<World> = fc.record(
	Object.fromEntries(
		GROUPS.map((group) => [
			group,
			fc.option(
				fc
					.array(fc.tuple(fc.constantFrom(...NAMES), profile), { maxLength: 4 })
					.map((records) => Object.fromEntries(records) as Record<string, Profile>),
				{ nil: undefined },
			),
		]),
	),
);

/** What goes wrong in a poll: by place, whether it does. */
interface Faults {
	/** The list of groups can't be had, or lacks some */
	groups: 'none' | 'fails' | 'lacks';
	/** A list fails */
	list: (groupId: string) => boolean;
	/** A list lacks a record that is there */
	hides: (groupId: string, name: string) => boolean;
	/** A record can't be read, or there is no time for it */
	record: (groupId: string, name: string) => boolean;
	/** What comes after: n8n is ended before or after it keeps what the poll gave it */
	isLost: boolean;
}

const faults: fc.Arbitrary<Faults> = fc.record({
	groups: fc.constantFrom('none' as const, 'fails' as const, 'lacks' as const),
	list: fc.func(fc.boolean()),
	hides: fc.func(fc.boolean()),
	record: fc.func(fc.boolean()),
	isLost: fc.boolean(),
});

const NO_FAULTS: Faults = {
	groups: 'none',
	list: () => false,
	hides: () => false,
	record: () => false,
	isLost: false,
};

const watchOf = (columns: readonly string[]): Watch =>
	watchFields(trunkGroupModel, columns, {
		event: 'trunkGroupChanged',
		tellsCreated: true,
		tellsDeleted: true,
	});

const scopeOf = (columns: readonly string[], groupId = '') => ({
	odin: 1,
	administrator: 2,
	event: 'trunkGroupChanged',
	serviceProviderId: 'sp',
	groupId,
	columns,
});

/** What a poll sees of the world, with what goes wrong in it. */
function look(memory: Memory, now: World, watch: Watch, fault: Faults): Seen {
	const there = Object.keys(now).filter((groupId) => now[groupId] !== undefined);
	const groups =
		fault.groups === 'fails' ? undefined : fault.groups === 'lacks' ? there.slice(1) : there;
	const lists = new Map<string, string[]>();
	for (const groupId of new Set([...memory.groups.keys(), ...(groups ?? [])])) {
		if (fault.list(groupId)) continue;
		const records = Object.keys(now[groupId] ?? {});
		// As the poll does: without the group in the list of groups, each of its records is asked for.
		lists.set(
			groupId,
			records.filter((name) => !fault.hides(groupId, name)),
		);
	}
	const profiles = new RecordMap<Profile>();
	const gone = new RecordMap<true>();
	const { missing, fresh, known } = planReading(memory, lists, watch);
	for (const ref of [...missing, ...fresh, ...known]) {
		if (fault.record(ref.groupId, ref.name)) continue;
		const found = now[ref.groupId];
		if (found && Object.hasOwn(found, ref.name)) profiles.set(ref, found[ref.name]!);
		else gone.set(ref, true);
	}
	return { groups, lists, profiles, gone, unwatched: new Set() };
}

/** What somebody knows who starts from the first poll and follows what he is told. */
class Follower {
	private readonly records = new Map<string, Record<string, unknown>>();

	constructor(first: World) {
		for (const [groupId, records] of Object.entries(first)) {
			for (const [name, fields] of Object.entries(records ?? {})) {
				this.records.set(JSON.stringify([groupId, name]), shown(fields));
			}
		}
	}

	follow({ memory, events }: ReturnType<typeof advance>): void {
		for (const { groupId, name, change, changes, profile: now } of events) {
			const key = JSON.stringify([groupId, name]);
			const before = this.records.get(key);
			expect({ key, change, isKnown: before !== undefined }).toEqual({
				key,
				change,
				isKnown: change !== 'created',
			});
			if (change === 'deleted') this.records.delete(key);
			if (change === 'created') this.records.set(key, shown(now!));
			for (const { field, from, to } of changes) {
				expect(from).not.toEqual(to);
				expect({ field, value: before![field] }).toEqual({ field, value: from });
				before![field] = to;
			}
		}
		expect(memory.columns.length).toBeGreaterThan(0);
	}

	get known() {
		return Object.fromEntries(this.records);
	}
}

const shown = (fields: Profile): Record<string, unknown> =>
	Object.fromEntries(COLUMNS.map((column) => [column, fields[column] ?? null]));

const everything = (now: World) => new Follower(now).known;

const FIRST = fitted(undefined, scopeOf(COLUMNS));

function step(before: string | undefined, now: World, fault: Faults, columns = COLUMNS) {
	const watch = watchOf(columns);
	const memory = fitted(readMemory(before), scopeOf(columns));
	const after = advance(memory, look(memory, now, watch, fault), watch);
	return { ...after, text: written(after.memory) };
}

test('the first poll only remembers', () => {
	fc.assert(
		fc.property(world, (now) => {
			const watch = watchOf(COLUMNS);
			const { events, memory } = advance(FIRST, look(FIRST, now, watch, NO_FAULTS), watch);
			expect(events).toEqual([]);
			expect(readMemory(written(memory))).toEqual(memory);
		}),
	);
});

test('whatever fails between, each change is told once, from what was told last, and in the end nothing is left', () => {
	fc.assert(
		fc.property(
			world,
			fc.array(fc.tuple(world, faults), { maxLength: 8 }),
			world,
			(first, states, last) => {
				const follower = new Follower(first);
				let { text } = step(undefined, first, NO_FAULTS);
				for (const [now, fault] of states) {
					const after = step(text, now, fault);
					// What was found is handed over with what is remembered, or neither is.
					if (fault.isLost) continue;
					follower.follow(after);
					({ text } = after);
				}
				follower.follow(step(text, last, NO_FAULTS));
				expect(follower.known).toEqual(everything(last));
			},
		),
		propertyRuns(300),
	);
});

test('a field that is watched anew is only remembered, those still watched miss nothing', () => {
	fc.assert(
		fc.property(
			world,
			world,
			fc.subarray(COLUMNS, { minLength: 1 }),
			fc.subarray(COLUMNS, { minLength: 1 }),
			(first, last, before, after) => {
				const { text } = step(undefined, first, NO_FAULTS, before);
				const kept = after.filter((column) => before.includes(column));
				const one = step(text, last, NO_FAULTS, after).events;
				const { events } = step(step(undefined, first, NO_FAULTS, COLUMNS).text, last, NO_FAULTS);
				const expected = events
					.map((event) => ({
						...event,
						changes: event.changes.filter(({ field }) => kept.includes(field)),
					}))
					.filter(({ change, changes }) => change !== 'changed' || changes.length > 0);
				const sorted = (list: typeof events) =>
					list.map((event) => ({
						...event,
						changes: [...event.changes].sort((a, b) => (a.field < b.field ? -1 : 1)),
					}));
				expect(sorted(one)).toEqual(sorted(expected));
			},
		),
	);
});

test('a group that is watched anew is only remembered, the one still watched misses nothing', () => {
	fc.assert(
		fc.property(world, world, (first, last) => {
			const watch = watchOf(COLUMNS);
			const one = fitted(undefined, scopeOf(COLUMNS, 'g1'));
			const only = (seen: Seen): Seen => ({
				...seen,
				groups: ['g1'],
				lists: new Map([['g1', seen.lists.get('g1') ?? []]]),
			});
			const before = advance(one, only(look(one, first, watch, NO_FAULTS)), watch);
			expect(before.events).toEqual([]);
			const memory = fitted(before.memory, scopeOf(COLUMNS));
			const { events } = advance(memory, look(memory, last, watch, NO_FAULTS), watch);
			const all = advance(FIRST, look(FIRST, first, watch, NO_FAULTS), watch).memory;
			const whole = advance(all, look(all, last, watch, NO_FAULTS), watch);
			expect(events).toEqual(whole.events.filter(({ groupId }) => groupId === 'g1'));
		}),
	);
});

test.each([
	'',
	'x',
	'{}',
	'[]',
	'{"version":1}',
	'{"version":1,"columns":[],"groups":[]}',
	7,
	null,
])('a memory that is none is like no memory: %j', (text) =>
	expect(readMemory(text)).toBeUndefined(),
);
