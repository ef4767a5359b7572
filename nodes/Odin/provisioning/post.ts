import type { DesiredFields } from '../model/desired';
import type { Issue } from '../values/issues';
import { fieldOf } from '../resources/trunkGroup/fields';
import type { JsonObject, JsonValue } from '../values/json';
import { trunkGroupText, type TrunkGroupKey } from '../model/key';
import { mask, MASK, secretsIn } from '../secrets/redact';
import { missingNeeded, unwritable } from '../model/requestBody';
import { isStoredAs } from '../model/equivalence';
import { withUnknownOutcome, LOOK_FIRST, OdinError, sentences } from '../transport/odinError';
import type { OdinClient } from '../transport/odinClient';
import { generateSipPassword } from '../resources/sipPassword/generation';
import { isDuplicate } from './conflict';
import { findTrunkGroup, profileIn, TRUNK_GROUPS, type Profile } from './read';

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
	/** What became of a try that may have been carried out */
	doubt?: OdinError;
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

/** From now on its passwords appear in no message: given ones, and one that an earlier try generated. */
export function keepPassword(odin: OdinClient, { body, attempt }: NewTrunkGroup): void {
	for (const secret of secretsIn([body, attempt?.body])) odin.keepSecret(secret);
}

/** What is sent, with the password generated where that was asked for. Once an item: a try again sends the same. */
async function attemptOf(odin: OdinClient, item: NewTrunkGroup): Promise<Attempt> {
	item.attempt ??= { body: await completeBody(odin, item) };
	odin.keepSecret(item.attempt.body.sipAuthenticationPassword);
	return item.attempt;
}

async function completeBody(odin: OdinClient, item: NewTrunkGroup): Promise<JsonObject> {
	const { key, body, generatePassword } = item;
	if (!generatePassword) return body;
	const userName = String(body.sipAuthenticationUserName ?? '');
	return { ...body, sipAuthenticationPassword: await generateSipPassword(odin, key, userName) };
}

/**
 * Creates a trunk group. A POST whose answer got lost is sent again only after the trunk group was looked for and is
 * not there, also when that was in an earlier try of the node. All sends together are one more than `maxRetries` at
 * most. Returns the profile, or the failure when Odin said no; throws OdinFailure when it is not known what happened.
 */
export async function postTrunkGroup(
	odin: OdinClient,
	item: NewTrunkGroup,
): Promise<{ profile: Profile } | { refused: OdinError }> {
	const { key } = item;
	const attempt = await attemptOf(odin, item);
	if (attempt.doubt) {
		const profile = await settleLost(odin, key, attempt, attempt.doubt);
		if (profile) return { profile };
	}
	const request = {
		method: 'POST' as const,
		path: TRUNK_GROUPS,
		body: attempt.body,
		purpose: `create ${trunkGroupText(key)}`,
	};
	for (let retries = 0, losses = 1; ; retries += 1, losses += 1) {
		const outcome = await odin.send(request, retries);
		if (outcome.ok) {
			const profile = profileIn(outcome.body, key.name);
			if (profile) return { profile };
			const seen = await readBack(odin, item).catch((error: OdinError) => {
				// Until it is seen: the next try of the node must look for it before it sends.
				attempt.doubt = error;
				throw error;
			});
			return { profile: seen };
		}
		const { failure } = outcome;
		const wasDoubtful = attempt.doubt !== undefined || outcome.outcomeUnknown;
		if (failure.kind !== 'lost') {
			if (wasDoubtful || failure.httpStatus === 503) attempt.doubt ??= failure;
			return wasDoubtful ? await settleRefused(odin, key, attempt, failure) : { refused: failure };
		}
		attempt.doubt = failure;
		const profile = await settleLost(odin, key, attempt, failure);
		if (profile) return { profile };
		retries = outcome.retries;
		if (!failure.isTransient || !(await odin.waitToRetry(failure, retries))) {
			throw stillLost(key, failure, losses);
		}
	}
}

/** Odin said yes but did not show the profile. */
async function readBack(
	odin: OdinClient,
	{ key, generatePassword }: NewTrunkGroup,
): Promise<Profile> {
	const accepted = (seen: string): OdinError =>
		new OdinError({
			kind: 'lost',
			message: `Odin accepted to create ${trunkGroupText(key)}, but ${seen}`,
			description: `${LOOK_FIRST}${generatePassword ? '. The SIP password that was generated for it is lost; Update can set a new one' : ''}`,
			details: { ...key },
		});
	const profile = await findSoon(odin, key).catch((error: Error) => {
		throw accepted(`its profile could not be read. ${error.message}`);
	});
	if (profile) return profile;
	throw accepted('does not have it');
}

/**
 * Reads a trunk group by name that Odin says it has. Where it does not show it, what it reads from may be a little behind:
 * it is read again, up to `maxRetries` times.
 */
async function findSoon(odin: OdinClient, key: TrunkGroupKey): Promise<Profile | undefined> {
	for (let retries = 0; ; retries += 1) {
		const profile = await findTrunkGroup(odin, key);
		if (profile || !(await odin.waitToRetry({}, retries))) return profile;
	}
}

/**
 * The answer got lost, so the trunk group may or may not be there. It is read by name: found as it was asked for, that
 * is the result; undefined when Odin does not have it.
 */
async function settleLost(
	odin: OdinClient,
	key: TrunkGroupKey,
	{ body }: Attempt,
	lost: OdinError,
	find = findTrunkGroup,
): Promise<Profile | undefined> {
	const profile = await find(odin, key).catch((error: Error) => {
		throw unsettled(key, lost, error);
	});
	if (!profile) return undefined;
	const different = differences(body, profile);
	if (different.length === 0) return profile;
	const seen = `Odin has ${trunkGroupText(key)}, but with other values of ${different.join(', ')}`;
	throw open(key, lost, seen);
}

/** It is still not known what became of it, with what was seen. */
const open = (key: TrunkGroupKey, lost: OdinError, seen: string): OdinError =>
	lost.with({
		kind: 'lost',
		message: sentences(lost.message, seen),
		description: LOOK_FIRST,
		details: { ...key },
	});

const unsettled = (key: TrunkGroupKey, lost: OdinError, { message }: Error): OdinError =>
	open(key, lost, `Reading it did not settle that: ${message}`);

const stillLost = (key: TrunkGroupKey, lost: OdinError, tries: number): OdinError =>
	lost.with({
		message: sentences(
			lost.message,
			`${tries > 1 ? `So it went ${tries} times, and right after the last one` : 'Right afterwards'} Odin did not have ${trunkGroupText(key)}`,
		),
		details: { ...key, tries },
	});

/** Odin said no, perhaps because an earlier try, of which nothing is known, was carried out. */
async function settleRefused(
	odin: OdinClient,
	key: TrunkGroupKey,
	attempt: Attempt,
	failure: OdinError,
): Promise<{ profile: Profile } | { refused: OdinError }> {
	const isTaken = failure.kind === 'refused' && isDuplicate(failure);
	// The name may be taken by what the earlier try made: then nothing is wrong with the parameters.
	const doubt = withUnknownOutcome(failure).with(isTaken ? { description: LOOK_FIRST } : {});
	if (failure.kind !== 'refused' && failure.kind !== 'busy') return { refused: doubt };
	const find = isTaken ? findSoon : findTrunkGroup;
	try {
		const profile = await settleLost(odin, key, attempt, doubt, find);
		return profile ? { profile } : { refused: notThere(key, doubt) };
	} catch (error) {
		return { refused: error as OdinError };
	}
}

const notThere = (key: TrunkGroupKey, doubt: OdinError): OdinError =>
	doubt.with({
		message: sentences(doubt.message, `Right afterwards Odin did not have ${trunkGroupText(key)}`),
		details: { ...key },
	});

/** Reads it by name, for an item that may have created it. */
export const findForItem = async (
	odin: OdinClient,
	{ key, attempt }: NewTrunkGroup,
): Promise<Profile | undefined> =>
	await findTrunkGroup(odin, key).catch((error: unknown) => {
		throw error instanceof OdinError && attempt?.doubt
			? unsettled(key, attempt.doubt, error)
			: error;
	});

/** Whether a trunk group is the one that was asked for, as far as its profile shows. */
export const isAsAsked = (body: JsonObject, profile: Profile): boolean =>
	differences(body, profile).length === 0;

const differences = (body: JsonObject, profile: Profile): string[] =>
	Object.entries(body).flatMap(([name, value]) => (differs(name, value, profile) ? [name] : []));

/** Fields that no profile shows can't tell whether the trunk group is the one that was asked for. */
const differs = (name: string, value: JsonValue, profile: Profile): boolean =>
	Object.hasOwn(profile, name) && !isStoredAs(name, value, profile[name]);
