import type { IDataObject } from 'n8n-workflow';
import { groupText, type GroupKey } from '../../model/key';
import { preview, type PreviewedRequest } from '../../provisioning/preview';
import { lookPatiently, settle, whileUnknown, type Attempt } from '../../provisioning/settle';
import { CHECK_FIRST, OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import type { JsonObject } from '../../values/json';
import { quoted } from '../../values/text';
import { NumberMatcher } from './match';
import {
	notYetChanged,
	planNumbers,
	type NumberChange,
	type NumberPlan,
	type OwnedRange,
} from './plan';
import {
	count,
	disjoint,
	joined,
	rangesText,
	rangeText,
	someOf,
	split,
	wireRange,
	type NumberRange,
	type WireRange,
} from './range';
import {
	NUMBERS_PATH,
	readGroupNumbers,
	readNumberDetails,
	readOwnedNumbers,
	searchSystem,
} from './read';
import type { Entry } from './spelling';

/** What one item asks for. */
export interface NumbersAsked {
	group: GroupKey;
	entries: readonly Entry[];
	countryCode?: string | undefined;
}

/** Kept for the next try of n8n's Retry On Fail. */
export interface NumbersAttempt extends Attempt {
	/** What an earlier try may have changed */
	begun?: NumberRange[];
}

export interface NumbersChanged {
	/** How many numbers were asked for */
	requested: number;
	changed: NumberRange[];
	unchanged: NumberRange[];
}

interface Words {
	method: PreviewedRequest['method'];
	/** Verb phrase of the request, around the numbers */
	purpose(numbers: string, group: string): string;
	/** "assigned" */
	participle: string;
	/** What a preview shows of a range */
	change(group: GroupKey): IDataObject;
	foreign: string;
}

const LOOK_WHOSE = 'Take them from where they are first, or leave them out';
const ASSIGN_FIRST =
	'Only numbers of the group itself can be changed: assign them to it first, or leave them out';

const WORDS: Record<NumberChange, Words> = {
	assign: {
		method: 'POST',
		purpose: (numbers, group) => `assign ${numbers} to ${group}`,
		participle: 'assigned',
		change: ({ groupId }) => ({ field: 'groupId', from: null, to: groupId }),
		foreign: LOOK_WHOSE,
	},
	unassign: {
		method: 'DELETE',
		purpose: (numbers, group) => `unassign ${numbers} from ${group}`,
		participle: 'unassigned',
		change: ({ groupId }) => ({ field: 'groupId', from: groupId, to: null }),
		foreign: 'Check service provider and group, or leave them out',
	},
	activate: {
		method: 'PUT',
		purpose: (numbers, group) => `activate ${numbers} of ${group}`,
		participle: 'activated',
		change: () => ({ field: 'activated', from: false, to: true }),
		foreign: ASSIGN_FIRST,
	},
	deactivate: {
		method: 'PUT',
		purpose: (numbers, group) => `deactivate ${numbers} of ${group}`,
		participle: 'deactivated',
		change: () => ({ field: 'activated', from: true, to: false }),
		foreign: ASSIGN_FIRST,
	},
};

const isActivation = (change: NumberChange): boolean => WORDS[change].method === 'PUT';

/** The body of a request: ranges of Odin's, as few as there can be. */
export const numbersBody = (
	change: NumberChange,
	group: GroupKey,
	ranges: readonly NumberRange[],
): JsonObject => ({
	...group,
	dns: ranges.map((range) => ({
		...(isActivation(change) && { activated: change === 'activate' }),
		...wireRange(range),
	})),
});

export const wireRanges = (ranges: readonly NumberRange[]): WireRange[] => ranges.map(wireRange);

/** What a change comes to, from what Odin shows now. Throws OdinError for numbers that may not be touched. */
export async function readNumberPlan(
	odin: OdinClient,
	change: NumberChange,
	{ group, entries, countryCode }: NumbersAsked,
): Promise<NumberPlan> {
	const owned = await readOwnedNumbers(odin, group, {
		countryCode,
		withinGroup: isActivation(change),
	});
	const requested = await matchAll(odin, { group, entries, countryCode }, owned);
	const plan = planNumbers(change, group, requested, owned);
	if (plan.foreign.length > 0) throw ofOthers(change, group, plan.foreign);
	if (plan.inUse.length > 0)
		throw await stillUsed(odin, { group, entries, countryCode }, plan.inUse);
	return plan;
}

/** The numbers that are meant, as Odin writes them. Throws OdinError unless each is found, and only one for each. */
export async function matchAll(
	odin: OdinClient,
	{ group, entries, countryCode }: NumbersAsked,
	owned: readonly OwnedRange[],
): Promise<NumberRange[]> {
	const matcher = new NumberMatcher(owned, countryCode);
	const ranges: NumberRange[] = [];
	const reasons: string[] = [];
	const unmatched: Entry[] = [];
	for (const entry of entries) {
		const match = matcher.match(entry);
		if ('range' in match) ranges.push(match.range);
		else {
			reasons.push(match.refused);
			unmatched.push(entry);
		}
	}
	if (reasons.length === 0) return joined(ranges);
	const elsewhere = await ownersOf(odin, unmatched, countryCode);
	const numbers =
		owned.length === 0
			? `Odin shows no numbers of service provider ${quoted(group.serviceProviderId)}`
			: `Each number must be one of those of service provider ${quoted(group.serviceProviderId)}`;
	throw new OdinError({
		kind: 'refused',
		message: [`${numbers}: ${someOf(reasons, '; ')}`, ...elsewhere].reduce(sentences),
		effect: 'Nothing was sent',
		description:
			"Correct the numbers, or add them to the service provider in Odin first. 'Country Code' in the options decides between numbers of several countries",
		details: { ...group, unmatched: unmatched.map(({ text }) => text) },
	});
}

const MAX_OWNERS = 3;

/** Whose numbers they are that the service provider does not have, as far as this administrator may see. */
async function ownersOf(
	odin: OdinClient,
	entries: Entry[],
	countryCode: string | undefined,
): Promise<string[]> {
	const texts: string[] = [];
	for (const { single, ranges } of entries.slice(0, MAX_OWNERS)) {
		const spelled = single ?? ranges[0]?.from;
		// It explains only: that it can't be read changes nothing.
		const found =
			spelled && (await searchSystem(odin, spelled, countryCode).catch(() => undefined));
		if (!spelled || !found) continue;
		const [number, ...others] = new NumberMatcher(found, countryCode).numbers(spelled);
		if (!number || others.length > 0) continue;
		const [owner] = split([number], disjoint(found)).inside;
		if (owner) texts.push(`${rangeText(number)} belongs to ${ownerText(owner.other)}`);
	}
	return texts;
}

export const ownerText = ({ serviceProviderId, groupId }: OwnedRange): string =>
	groupId === null
		? `service provider ${quoted(serviceProviderId)} and is in no group`
		: groupText({ serviceProviderId, groupId });

function ofOthers(change: NumberChange, group: GroupKey, foreign: OwnedRange[]): OdinError {
	const texts = foreign.map((range) => `${rangeText(range)} belongs to ${ownerText(range)}`);
	const { participle, foreign: advice } = WORDS[change];
	return new OdinError({
		kind: 'refused',
		message: `No number was ${participle}: ${someOf(texts, '; ')}`,
		effect: 'Nothing was sent',
		description: advice,
		details: {
			...group,
			foreign: foreign.map((range) => ({
				...wireRange(range),
				serviceProviderId: range.serviceProviderId,
				groupId: range.groupId,
			})),
		},
	});
}

async function stillUsed(
	odin: OdinClient,
	{ group, countryCode }: NumbersAsked,
	inUse: OwnedRange[],
): Promise<OdinError> {
	// They only name the users: that it can't be read changes nothing.
	const detailed = disjoint(await readNumberDetails(odin, group, countryCode).catch(() => []));
	const { inside, outside } = split(joined(inUse), detailed);
	const users = [
		...inside.map(({ part, other }) => ({ range: part, userId: other.user.userId })),
		...outside.map((range) => ({ range, userId: null })),
	];
	const texts = users.map(
		({ range, userId }) =>
			`${rangeText(range)} by ${userId === null ? 'a user' : `user ${quoted(userId)}`}`,
	);
	return new OdinError({
		kind: 'refused',
		message: `No number was unassigned from ${groupText(group)}: still used are ${someOf(texts)}`,
		effect: 'Nothing was sent',
		description: 'Delete these users or give them another number first',
		details: {
			...group,
			inUse: users.map(({ range, userId }) => ({ ...wireRange(range), userId })),
		},
	});
}

/** Carries out what a plan still has to change, and returns once Odin shows it. Throws OdinError. */
async function carryOut(
	odin: OdinClient,
	change: NumberChange,
	{ group, countryCode }: NumbersAsked,
	{ toChange, attempt }: { toChange: NumberRange[]; attempt: NumbersAttempt },
): Promise<void> {
	const { method, purpose, participle } = WORDS[change];
	const what = toChange.length > 3 ? `${count(toChange)} numbers` : rangesText(toChange);
	const left = async () =>
		notYetChanged(change, group, toChange, await readGroupNumbers(odin, group, countryCode));
	const look = async () => ((await left()).length === 0 ? true : undefined);
	const settled = await settle<true>(odin, {
		request: {
			method,
			path: NUMBERS_PATH,
			body: numbersBody(change, group, toChange),
			purpose: purpose(what, groupText(group)),
		},
		attempt,
		notSeen: `Odin does not show all of them as ${participle}`,
		details: { ...group },
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async () => {
			let latest = toChange;
			const seen = await lookPatiently(odin, async () => {
				latest = await left();
				return latest.length === 0 ? true : undefined;
			}).catch((error: unknown) => {
				throw error instanceof OdinError
					? unread(purpose(what, groupText(group)), group, error)
					: error;
			});
			if (seen) return seen;
			throw new OdinError({
				kind: 'notApplied',
				message: `Odin confirmed that numbers of ${groupText(group)} are ${participle}, but does not show it of ${rangesText(latest)}`,
				description: CHECK_FIRST,
				details: { ...group, notApplied: wireRanges(latest) as unknown as IDataObject[] },
			});
		},
	});
	if ('seen' in settled) return;
	throw await withPartOf(settled.refused, { toChange, left, participle, attempt });
}

/** Odin may carry out a part of a request before it refuses the rest. */
async function withPartOf(
	error: OdinError,
	{
		toChange,
		left,
		participle,
		attempt,
	}: {
		toChange: NumberRange[];
		left: () => Promise<NumberRange[]>;
		participle: string;
		attempt: NumbersAttempt;
	},
): Promise<OdinError> {
	if (!['refused', 'notFound', 'lost'].includes(error.kind)) return error;
	const remaining = await left().catch(() => undefined);
	if (!remaining || count(remaining) === count(toChange)) return error;
	const done = split(toChange, remaining).outside;
	attempt.begun = joined([...(attempt.begun ?? []), ...done]);
	return error.with({
		message: sentences(
			error.message,
			`Odin shows ${count(done)} of ${count(toChange)} numbers as ${participle} all the same`,
		),
		effect: '',
		description: sentences(error.description, 'A second run goes on with the others'),
		details: {
			...error.furtherDetails,
			changed: wireRanges(done) as unknown as IDataObject[],
			notChanged: wireRanges(remaining) as unknown as IDataObject[],
		},
	});
}

const unread = (purpose: string, group: GroupKey, { message }: OdinError): OdinError =>
	new OdinError({
		kind: 'lost',
		message: `Odin was asked to ${purpose} and said yes, but the numbers could not be read. ${message}`,
		description: CHECK_FIRST,
		details: { ...group },
	});

/** Brings the numbers to the state, and says which were in it already. Safe to repeat. Throws OdinError. */
export async function changeNumbers(
	odin: OdinClient,
	change: NumberChange,
	asked: NumbersAsked,
	attempt: NumbersAttempt = {},
): Promise<NumbersChanged> {
	const { toChange, unchanged } = await whileUnknown(
		attempt,
		async () => await readNumberPlan(odin, change, asked),
	);
	const changed = joined([...(attempt.begun ?? []), ...toChange]);
	if (toChange.length > 0) {
		await carryOut(odin, change, asked, { toChange, attempt }).catch((error: unknown) => {
			if (attempt.unknown) attempt.begun = changed;
			throw error;
		});
	}
	return {
		requested: count(toChange) + count(unchanged),
		changed,
		unchanged: split(unchanged, changed).outside,
	};
}

type ChangeNumbers = (
	odin: OdinClient,
	asked: NumbersAsked,
	attempt?: NumbersAttempt,
) => Promise<NumbersChanged>;

const changing =
	(change: NumberChange): ChangeNumbers =>
	async (odin, asked, attempt) =>
		await changeNumbers(odin, change, asked, attempt);

export const assignNumbers = changing('assign');
export const unassignNumbers = changing('unassign');
export const activateNumbers = changing('activate');
export const deactivateNumbers = changing('deactivate');

/** What a change would send. Throws OdinError. */
export async function previewNumbers(
	odin: OdinClient,
	change: NumberChange,
	asked: NumbersAsked,
): Promise<IDataObject> {
	const { group } = asked;
	const { toChange } = await readNumberPlan(odin, change, asked);
	const { method, change: difference } = WORDS[change];
	return preview(
		{ ...group },
		{
			outcome: toChange.length > 0 ? 'updated' : 'unchanged',
			changes: toChange.map((range) => ({ ...difference(group), ...wireRange(range) })),
			request:
				toChange.length > 0
					? { method, path: NUMBERS_PATH, body: numbersBody(change, group, toChange) }
					: null,
		},
	);
}
