import type { IDataObject } from 'n8n-workflow';
import { groupText, type GroupKey } from '../../model/key';
import type { Plan } from '../../provisioning/preview';
import { settleParts, whileUnknown, type Attempt } from '../../provisioning/settle';
import { CHECK_FIRST, OdinError, sentences } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { doing } from '../../transport/subject';
import type { JsonObject } from '../../values/json';
import { notYetChanged, type NumberChange } from './plan';
import {
	count,
	joined,
	rangesText,
	split,
	wireRange,
	type NumberRange,
	type WireRange,
} from './range';
import { NUMBERS_PATH, readGroupNumbers } from './read';
import { readNumberPlan, type NumbersAsked } from './readPlan';
import { isActivation, WORDS } from './words';

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

/** The body of a request: ranges of Odin's, as few as there can be. */
const numbersBody = (
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

/** The same for the details of an error item. */
const shownRanges = (ranges: readonly NumberRange[]): IDataObject[] =>
	ranges.map((range) => ({ ...wireRange(range) }));

/** What a change is, from → to, of each range. */
export const changesOf = (
	change: NumberChange,
	group: GroupKey,
	ranges: readonly NumberRange[],
): IDataObject[] =>
	ranges.map((range) => ({ ...WORDS[change].change(group), ...wireRange(range) }));

/** Carries out what a plan still has to change, and returns once Odin shows it. Throws OdinError. */
export async function applyNumbers(
	odin: OdinClient,
	change: NumberChange,
	{ group, countryCode }: NumbersAsked,
	{ toChange, attempt }: { toChange: NumberRange[]; attempt: NumbersAttempt },
): Promise<void> {
	const { method, purpose, participle } = WORDS[change];
	const what = toChange.length > 3 ? `${count(toChange)} numbers` : rangesText(toChange);
	const request = purpose(what, groupText(group));
	const left = async () =>
		notYetChanged(change, group, toChange, await readGroupNumbers(odin, group, countryCode));
	const settled = await settleParts(odin, {
		request: {
			method,
			path: NUMBERS_PATH,
			body: numbersBody(change, group, toChange),
			purpose: request,
		},
		attempt,
		notSeen: `Odin did not show all of them as ${participle}`,
		details: { ...group },
		left,
		notApplied: (ranges) =>
			new OdinError({
				kind: 'notApplied',
				message: `Odin confirmed ${doing(request)}, but does not show ${rangesText(ranges)} as ${participle}`,
				description: CHECK_FIRST,
				details: { ...group, notApplied: shownRanges(ranges) },
			}),
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
			`Odin nevertheless shows ${count(done)} of ${count(toChange)} numbers as ${participle}`,
		),
		effect: '',
		description: sentences(error.description, 'A second run goes on with the others'),
		details: {
			...error.furtherDetails,
			changed: shownRanges(done),
			notChanged: shownRanges(remaining),
		},
	});
}

/** Brings the numbers to the state, and says which were in it already. Safe to repeat. Throws OdinError. */
export async function changeNumbers(
	odin: OdinClient,
	change: NumberChange,
	asked: NumbersAsked,
	attempt: NumbersAttempt = {},
	/** Throws OdinError for a plan that is not to be carried out */
	admit: (plan: Plan) => Promise<void> = async () => {},
): Promise<NumbersChanged> {
	const { toChange, unchanged } = await whileUnknown(
		attempt,
		async () => await readNumberPlan(odin, change, asked),
	);
	await admit(planOf(change, asked.group, toChange));
	const changed = joined([...(attempt.begun ?? []), ...toChange]);
	if (toChange.length > 0) {
		await applyNumbers(odin, change, asked, { toChange, attempt }).catch((error: unknown) => {
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

/** What a change sends. */
export function planOf(change: NumberChange, group: GroupKey, toChange: NumberRange[]): Plan {
	const isSent = toChange.length > 0;
	const { method } = WORDS[change];
	return {
		outcome: isSent ? 'updated' : 'unchanged',
		changes: changesOf(change, group, toChange),
		request: isSent
			? { method, path: NUMBERS_PATH, body: numbersBody(change, group, toChange) }
			: null,
	};
}
