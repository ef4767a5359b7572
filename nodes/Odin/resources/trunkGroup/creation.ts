import type { DesiredFields, Issue } from '../../trunkGroup/desired';
import { fieldOf } from '../../trunkGroup/catalogue';
import { isStoredAs } from '../../trunkGroup/comparison';
import type { JsonObject, JsonValue } from '../../trunkGroup/json';
import { trunkGroupText, type TrunkGroupKey } from '../../trunkGroup/key';
import { mask, MASK } from '../../trunkGroup/masking';
import { missingNeeded, unwritable } from '../../trunkGroup/payload';
import { OdinFailure, sentences } from '../../transport/failure';
import type { Odin } from '../../transport/odin';
import { generateSipPassword } from '../sipPassword/generation';
import { findTrunkGroup, profileIn, TRUNK_GROUPS, type Profile } from './profile';

/** A trunk group that is to be created. */
export interface NewTrunkGroup {
	key: TrunkGroupKey;
	/** Without a password that is still to be generated */
	body: JsonObject;
	generatePassword: boolean;
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

/** The body to send, with the password generated where that was asked for. */
export async function completeBody(odin: Odin, trunkGroup: NewTrunkGroup): Promise<JsonObject> {
	const { key, body, generatePassword } = trunkGroup;
	if (!generatePassword) {
		odin.keepSecret(body.sipAuthenticationPassword);
		return body;
	}
	const userName = String(body.sipAuthenticationUserName ?? '');
	return { ...body, sipAuthenticationPassword: await generateSipPassword(odin, key, userName) };
}

/**
 * Creates a trunk group with one POST, which is never repeated. Returns the profile, or the failure when Odin said
 * no; throws OdinFailure when it is not known what happened.
 */
export async function postTrunkGroup(
	odin: Odin,
	key: TrunkGroupKey,
	body: JsonObject,
): Promise<{ profile: Profile } | { refused: OdinFailure }> {
	const outcome = await odin.send({
		method: 'POST',
		path: TRUNK_GROUPS,
		body,
		purpose: `create ${trunkGroupText(key)}`,
	});
	if (outcome.ok) {
		return { profile: profileIn(outcome.body, key.name) ?? (await readBack(odin, key)) };
	}
	const { failure } = outcome;
	return failure.kind === 'lost'
		? { profile: await settleLost(odin, key, body, failure) }
		: { refused: failure };
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
 * The answer was lost, so the trunk group may or may not be there. It is read by name: found as it was asked for,
 * that is the result.
 */
async function settleLost(
	odin: Odin,
	key: TrunkGroupKey,
	body: JsonObject,
	lost: OdinFailure,
): Promise<Profile> {
	let profile: Profile | undefined;
	try {
		profile = await findTrunkGroup(odin, key);
	} catch (error) {
		const { message } = error as Error;
		throw lost.with({
			message: sentences(lost.message, `Reading it did not settle that: ${message}`),
		});
	}
	if (!profile) {
		throw lost.with({
			message: sentences(lost.message, `Right afterwards Odin did not have ${trunkGroupText(key)}`),
		});
	}
	const found = profile;
	const different = Object.entries(body).filter(([name, value]) => differs(name, value, found));
	if (different.length === 0) return found;
	throw lost.with({
		message: sentences(
			lost.message,
			`Odin has ${trunkGroupText(key)}, but with other values of ${different.map(([name]) => name).join(', ')}`,
		),
	});
}

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
