import { groupText, type GroupKey } from '../../model/key';
import { OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { quoted, someOf } from '../../values/text';
import { NumberMatcher } from './match';
import { planNumbers, type NumberChange, type NumberPlan, type OwnedRange } from './plan';
import { disjoint, joined, rangeText, split, wireRange, type NumberRange } from './range';
import { readNumberDetails, readOwnedNumbers, searchSystem } from './read';
import type { Entry } from './spelling';
import { isActivation, WORDS } from './words';

/** What one item asks for. */
export interface NumbersAsked {
	group: GroupKey;
	entries: readonly Entry[];
	countryCode?: string | undefined;
}

/** What a change comes to, from what Odin shows now. Throws OdinError for numbers that may not be touched. */
export async function readNumberPlan(
	odin: OdinClient,
	change: NumberChange,
	asked: NumbersAsked,
): Promise<NumberPlan> {
	const { group, countryCode } = asked;
	const owned = await readOwnedNumbers(odin, group, {
		countryCode,
		withinGroup: isActivation(change),
	});
	const requested = await matchAll(odin, asked, owned);
	const plan = planNumbers(change, group, requested, owned);
	if (plan.foreign.length > 0) throw ofOthers(change, group, plan.foreign);
	if (plan.inUse.length > 0) throw await stillUsed(odin, asked, plan.inUse);
	return plan;
}

/** The numbers that are meant, as Odin writes them. Throws OdinError unless each is found, and only one for each. */
export async function matchAll(
	odin: OdinClient,
	asked: NumbersAsked,
	owned: readonly OwnedRange[],
): Promise<NumberRange[]> {
	const { ranges, refused } = await matchEach(odin, asked, owned);
	if (refused) throw refused;
	return joined(ranges);
}

/** Those that are found, in the order in which they are named, and what is to be said of the others. */
export async function matchEach(
	odin: OdinClient,
	{ group, entries, countryCode }: NumbersAsked,
	owned: readonly OwnedRange[],
): Promise<{ ranges: NumberRange[]; refused?: OdinError }> {
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
	if (reasons.length === 0) return { ranges };
	const elsewhere = await ownersOf(odin, unmatched, countryCode);
	const of = `${quoted(group.serviceProviderId)} for group ${quoted(group.groupId)}`;
	const numbers =
		owned.length === 0
			? `Odin shows no numbers of service provider ${of}`
			: `Numbers do not match those of service provider ${of}`;
	const refused = new OdinError({
		kind: 'refused',
		message: [`${numbers}: ${someOf(reasons, '; ', MAX_REFUSED)}`, ...elsewhere].reduce(sentences),
		effect: 'Nothing was sent',
		description:
			"Correct the numbers, or add them to the service provider in Odin first. 'Country Code' in the options decides between numbers of several countries",
		details: { ...group, unmatched: unmatched.map(({ text }) => text) },
	});
	return { ranges, refused };
}

/** Who corrects a list of numbers wants to know all that are wrong; of more only the number is said. */
export const MAX_REFUSED = 10;

/** Whose numbers they are that the service provider does not have, as far as this administrator may see. */
async function ownersOf(
	odin: OdinClient,
	entries: Entry[],
	countryCode: string | undefined,
): Promise<string[]> {
	const texts: string[] = [];
	for (const { single, ranges } of entries.slice(0, MAX_REFUSED)) {
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

const ownerText = ({ serviceProviderId, groupId }: OwnedRange): string =>
	groupId === null
		? `service provider ${quoted(serviceProviderId)} and is in no group`
		: groupText({ serviceProviderId, groupId });

/** Why a number is not touched. */
export const foreignText = (range: OwnedRange): string =>
	`${rangeText(range)} belongs to ${ownerText(range)}`;

function ofOthers(change: NumberChange, group: GroupKey, foreign: OwnedRange[]): OdinError {
	const texts = foreign.map(foreignText);
	const { participle, foreign: advice } = WORDS[change];
	return new OdinError({
		kind: 'refused',
		message: `Numbers that belong elsewhere can't be ${participle}: ${someOf(texts, '; ')}`,
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
		message: `Numbers in use can't be unassigned from ${groupText(group)}: ${someOf(texts)}`,
		effect: 'Nothing was sent',
		description: 'Delete these users or give them another number first',
		details: {
			...group,
			inUse: users.map(({ range, userId }) => ({ ...wireRange(range), userId })),
		},
	});
}
