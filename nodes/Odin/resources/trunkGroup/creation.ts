import type { DesiredFields, Issue } from '../../trunkGroup/desired';
import { fieldOf } from '../../trunkGroup/catalogue';
import { isStoredAs } from '../../trunkGroup/comparison';
import type { JsonObject, JsonValue } from '../../trunkGroup/json';
import { trunkGroupText, type TrunkGroupKey } from '../../trunkGroup/key';
import { mask, MASK } from '../../trunkGroup/masking';
import { missingNeeded, unwritable } from '../../trunkGroup/payload';
import { afterDoubt, OdinFailure, sentences } from '../../transport/failure';
import type { Odin } from '../../transport/odin';
import { generateSipPassword } from '../sipPassword/generation';
import { findTrunkGroup, profileIn, TRUNK_GROUPS, type Profile } from './profile';

/** A trunk group that is to be created. */
export interface NewTrunkGroup {
	key: TrunkGroupKey;
	/** Without a password that is still to be generated */
	body: JsonObject;
	generatePassword: boolean;
	/** What was sent, once something was */
	attempt?: Attempt;
}

interface Attempt {
	body: JsonObject;
	/** A try of it may have been carried out */
	isDoubtful: boolean;
}

/** Why it can't be created. */
export function creationIssues(
	{ body, generatePassword }: NewTrunkGroup,
	desired: DesiredFields,
): Issue[] {
	const refused = new Set(desired.issues.map(({ label }) => label));
	const has = (name: string) =>
		body[name] !== undefined ||
		refused.has(fieldOf(name).label) ||
		(name === 'sipAuthenticationPassword' && generatePassword);
	const issues = [...unwritable(desired, 'create'), ...missingNeeded((name) => body[name], has)];
	if (!has('maxActiveCalls')) {
		issues.push({ label: fieldOf('maxActiveCalls').label, reason: 'is needed' });
	}
	return issues;
}

/** The request as a preview shows it. No password is generated for it. */
export const previewCreation = ({ body, generatePassword }: NewTrunkGroup) => ({
	method: 'POST',
	path: TRUNK_GROUPS,
	body: mask(generatePassword ? { ...body, sipAuthenticationPassword: MASK } : body),
});

/** What is sent, with the password generated where that was asked for. Once an item: a try again sends the same. */
export async function attemptOf(odin: Odin, item: NewTrunkGroup): Promise<Attempt> {
	item.attempt ??= { body: await completeBody(odin, item), isDoubtful: false };
	odin.keepSecret(item.attempt.body.sipAuthenticationPassword);
	return item.attempt;
}

async function completeBody(odin: Odin, item: NewTrunkGroup): Promise<JsonObject> {
	const { key, body, generatePassword } = item;
	if (!generatePassword) return body;
	const userName = String(body.sipAuthenticationUserName ?? '');
	return { ...body, sipAuthenticationPassword: await generateSipPassword(odin, key, userName) };
}

/**
 * Creates a trunk group. A POST whose answer got lost is sent again only after the trunk group was looked for and is
 * not there. Returns the profile, or the failure when Odin said no; throws OdinFailure when it is not known what
 * happened.
 */
export async function postTrunkGroup(
	odin: Odin,
	item: NewTrunkGroup,
): Promise<{ profile: Profile } | { refused: OdinFailure }> {
	const { key } = item;
	const attempt = await attemptOf(odin, item);
	for (let repeats = 0; ; repeats += 1) {
		const outcome = await odin.send({
			method: 'POST',
			path: TRUNK_GROUPS,
			body: attempt.body,
			purpose: `create ${trunkGroupText(key)}`,
		});
		if (outcome.ok) {
			return { profile: profileIn(outcome.body, key.name) ?? (await readBack(odin, key)) };
		}
		const { failure } = outcome;
		const wasDoubtful = attempt.isDoubtful || outcome.isDoubtful;
		attempt.isDoubtful = wasDoubtful || failure.kind === 'lost';
		if (failure.kind !== 'lost') {
			return wasDoubtful ? await settleRefused(odin, key, attempt, failure) : { refused: failure };
		}
		const profile = await settleLost(odin, key, attempt, failure);
		if (profile) return { profile };
		if (!failure.isPassing || !(await odin.waitToRepeat(failure, repeats))) {
			throw stillLost(key, failure, repeats + 1);
		}
	}
}

/**
 * What an earlier try of the node made, of which it is not known whether it was carried out: undefined where nothing
 * was sent yet, or Odin has no such trunk group. Throws OdinFailure when it can't be read: then nothing may be sent.
 */
export async function madeBefore(
	odin: Odin,
	{ key, attempt }: NewTrunkGroup,
): Promise<Profile | undefined> {
	if (!attempt?.isDoubtful) return undefined;
	const profile = await findTrunkGroup(odin, key).catch((error: unknown) => {
		throw error instanceof OdinFailure ? afterDoubt(error) : error;
	});
	return profile && isAsAsked(attempt.body, profile) ? profile : undefined;
}

/** Odin said yes but did not show the profile. */
async function readBack(odin: Odin, key: TrunkGroupKey): Promise<Profile> {
	let seen = 'does not have it';
	try {
		const profile = await findTrunkGroup(odin, key);
		if (profile) return profile;
	} catch (error) {
		seen = `its profile could not be read. ${(error as Error).message}`;
	}
	throw new OdinFailure({
		kind: 'lost',
		message: `Odin accepted to create ${trunkGroupText(key)}, but ${seen}`,
		description:
			'Look in Odin before you run this again. A SIP password that was generated for it is lost; Update can set a new one',
		details: { ...key },
	});
}

/**
 * The answer got lost, so the trunk group may or may not be there. It is read by name: found as it was asked for, that
 * is the result; undefined when Odin does not have it.
 */
async function settleLost(
	odin: Odin,
	key: TrunkGroupKey,
	{ body }: Attempt,
	lost: OdinFailure,
): Promise<Profile | undefined> {
	const profile = await findTrunkGroup(odin, key).catch((error: Error) => {
		throw lost.with({
			message: sentences(lost.message, `Reading it did not settle that: ${error.message}`),
			details: { ...key },
		});
	});
	if (!profile) return undefined;
	const different = differences(body, profile);
	if (different.length === 0) return profile;
	throw lost.with({
		message: sentences(
			lost.message,
			`Odin has ${trunkGroupText(key)}, but with other values of ${different.join(', ')}`,
		),
		details: { ...key },
	});
}

const stillLost = (key: TrunkGroupKey, lost: OdinFailure, tries: number): OdinFailure =>
	lost.with({
		message: sentences(
			lost.message,
			`${tries > 1 ? `So it went ${tries} times, and right after the last one` : 'Right afterwards'} Odin did not have ${trunkGroupText(key)}`,
		),
		details: { ...key, tries },
	});

/** Odin said no, perhaps because an earlier try, of which nothing is known, was carried out. */
async function settleRefused(
	odin: Odin,
	key: TrunkGroupKey,
	{ body }: Attempt,
	failure: OdinFailure,
): Promise<{ profile: Profile } | { refused: OdinFailure }> {
	if (failure.kind !== 'refused') return { refused: afterDoubt(failure) };
	const profile = await findTrunkGroup(odin, key).catch(() => undefined);
	return profile && isAsAsked(body, profile) ? { profile } : { refused: afterDoubt(failure) };
}

/** Whether a trunk group is the one that was asked for, as far as its profile shows. */
export const isAsAsked = (body: JsonObject, profile: Profile): boolean =>
	differences(body, profile).length === 0;

const differences = (body: JsonObject, profile: Profile): string[] =>
	Object.entries(body).flatMap(([name, value]) => (differs(name, value, profile) ? [name] : []));

/** Fields that no profile shows can't tell whether the trunk group is the one that was asked for. */
const differs = (name: string, value: JsonValue, profile: Profile): boolean =>
	name in profile && !isStoredAs(name, value, profile[name]);

/** Odin's words for a name that is taken are known from no public source, so several are understood. */
export const isDuplicate = ({ httpStatus, odinMessage = '' }: OdinFailure): boolean =>
	httpStatus === 409 ||
	/already (exist|in use|being used|used|taken|defined|present|created)|duplicate|must be unique|not unique/i.test(
		odinMessage,
	);

/** The name is taken; says by what, and how to go on. */
export function duplicate(key: TrunkGroupKey, failure?: OdinFailure): OdinFailure {
	const words = failure?.odinMessage === undefined ? '' : `. Odin says: ${failure.odinMessage}`;
	return new OdinFailure({
		kind: 'refused',
		message: `There is already a ${trunkGroupText(key)}${words}`,
		description:
			"Nothing was created. To go on with the existing one, set 'If Exists' in the options to 'Return Existing'; to bring it to these values, use the operation 'Create or Update'",
		httpStatus: failure?.httpStatus,
		odinMessage: failure?.odinMessage,
		details: { ...key },
	});
}
