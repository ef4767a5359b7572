import { isRefusal, OdinError } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { recordText } from '../model/key';
import { namesService } from '../resources/groupService/trunkGroupService';
import { trunkGroupModel } from '../resources/trunkGroup/model';
import {
	planReading,
	RecordMap,
	refText,
	startingAt,
	type RecordRef,
	type Seen,
} from '../watch/advance';
import { doWhile, type Budget } from './budget';
import type { Failures } from './failures';
import { groupsOf, readPlaces } from '../provisioning/places';
import type { Memory } from '../watch/memory';
import type { Wanted } from './parameters';
import type { Source } from './source';
import { keyOf } from './trunkGroups';
import type { Profile, Watch } from '../watch/watch';

/** What a poll goes by. */
export interface Polling {
	odin: OdinClient;
	wanted: Wanted;
	memory: Memory;
	watch: Watch;
	source: Source;
	budget: Budget;
	failures: Failures;
	/** Asked of each record that is gone, before that counts; throws OdinError where it has to wait */
	beforeGone?(ref: RecordRef): Promise<void>;
}

/** Reads as much as there is time for: a list a group, then what is missing or new in them, then all others in turn. */
export async function look(polling: Polling): Promise<Seen> {
	const groups = await shownGroups(polling);
	const { lists, isVoid, unwatched, nextGroup } = await readLists(polling, groups);
	return {
		groups,
		lists,
		unwatched,
		nextGroup,
		...(await readRecords(polling, lists, isVoid)),
	};
}

async function shownGroups({ odin, wanted, failures }: Polling): Promise<string[] | undefined> {
	if (wanted.groupId !== '') return [wanted.groupId];
	try {
		return await readPlaces(odin, groupsOf(wanted.serviceProviderId));
	} catch (error) {
		failures.add(asFailure(error));
		return undefined;
	}
}

interface Lists {
	lists: Map<string, readonly string[]>;
	isVoid: Set<string>;
	unwatched: Set<string>;
	nextGroup: string | undefined;
}

async function readLists(
	{ odin, wanted, memory, source, budget, failures }: Polling,
	groups: readonly string[] | undefined,
): Promise<Lists> {
	const { serviceProviderId, settings } = wanted;
	const found: Lists = {
		lists: new Map(),
		isVoid: new Set(),
		unwatched: new Set(),
		nextGroup: undefined,
	};
	const shown = new Set(groups ?? memory.groups.keys());
	const all = [...new Set([...memory.groups.keys(), ...shown])].sort();
	const next = memory.nextGroup ?? '';
	found.nextGroup = await doWhile(
		startingAt(all, (groupId) => groupId >= next),
		settings.concurrency,
		() => budget.hasTimeForLists() && failures.mayGoOn(),
		async (groupId) => {
			try {
				const { names, isVoid } = await source.list(odin, { serviceProviderId, groupId });
				found.lists.set(groupId, names);
				if (isVoid) found.isVoid.add(groupId);
			} catch (error) {
				const failure = asFailure(error);
				if (!shown.has(groupId) && isRefusal(failure) && !memory.knowsGroups) {
					found.unwatched.add(groupId);
				} else if (!shown.has(groupId) && failure.kind === 'notFound') {
					// The group is gone, and with it perhaps its trunk groups: each is asked for.
					found.lists.set(groupId, []);
				} else if (wanted.groupId === '' && namesService(failure)) {
					found.lists.set(groupId, []);
				} else {
					failures.add(failure);
				}
			}
		},
	);
	return found;
}

async function readRecords(
	polling: Polling,
	lists: Lists['lists'],
	isVoid: Lists['isVoid'],
): Promise<Pick<Seen, 'profiles' | 'gone' | 'nextRecord'>> {
	const { odin, wanted, memory, watch, source, budget, failures, beforeGone } = polling;
	const { missing, fresh, known } = planReading(memory, lists, watch);
	const profiles = new RecordMap<Profile>();
	const gone = new RecordMap<true>();
	const isMissing = new Set(missing);
	const next = await doWhile(
		[...missing, ...fresh, ...known],
		wanted.settings.concurrency,
		() => budget.hasTimeForRecords() && failures.mayGoOn(),
		async (ref) => {
			try {
				const profile = await source.read(odin, ref, isVoid.has(ref.groupId));
				if (profile) {
					profiles.set(ref, profile);
					if (watch.readsProfiles && !watch.read(profile)) throw incomplete(wanted, ref);
				} else if (isMissing.has(ref)) {
					await beforeGone?.(ref);
					gone.set(ref, true);
				}
			} catch (error) {
				failures.add(asFailure(error));
			}
		},
	);
	const isKnown = next !== undefined && !isMissing.has(next) && !fresh.includes(next);
	return { profiles, gone, nextRecord: isKnown ? refText(next) : next && memory.nextRecord };
}

const incomplete = ({ serviceProviderId }: Wanted, ref: RecordRef): OdinError =>
	new OdinError({
		kind: 'lost',
		message: `Odin's answer about ${recordText(trunkGroupModel, keyOf(serviceProviderId, ref))} lacks what the event needs`,
		description: 'No event was sent for it. The next poll tries again',
	});

/** An answer that nobody foresaw is one that cannot be read. */
export const asFailure = (error: unknown): OdinError =>
	error instanceof OdinError
		? error
		: new OdinError({
				kind: 'lost',
				message: `Odin's answer can't be read (${(error as Error).name})`,
				description: "Check that the 'Base URL' of the credential is the one of the Odin API",
			});
