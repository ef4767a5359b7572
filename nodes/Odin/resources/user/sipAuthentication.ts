import { isStoredAs } from '../../model/equivalence';
import type { Key } from '../../model/key';
import { MASK } from '../../secrets/redact';
import type { Plan, PreviewedRequest } from '../../provisioning/preview';
import { lookAfterYes, settle, type Attempt } from '../../provisioning/settle';
import { CHECK_FIRST, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isObject } from '../../values/json';
import { quoted } from '../../values/text';
import { wireText } from '../../values/wireValues';
import { generateSipPassword } from '../sipPassword/generation';
import { trunkGroupFields } from '../trunkGroup/fields';
import { readUser } from './read';

const PATH = '/users/authentication';

/** The same rules as for the SIP user name of a trunk group: another case is another name. */
export const sipUserNameField = trunkGroupFields.get('sipAuthenticationUserName');

export interface SipAuthenticationAttempt extends Attempt {
	/** Once it was sent: a next try sends the same */
	sent?: { userName: string; password: string };
}

export interface SipAuthentication {
	userId: string;
	/** Without it the user keeps the one that Odin has */
	userName?: string | undefined;
	/** Without it one is made by the rules */
	password?: string | undefined;
}

export interface SipAuthenticationResult {
	key: Key;
	sipAuthenticationUserName: string;
	/** For an output that was asked to have it */
	sipAuthenticationPassword: string;
}

/** Gives a user SIP user name and password. Throws OdinError. */
export async function setSipAuthentication(
	odin: OdinClient,
	{ userId, userName, password }: SipAuthentication,
	attempt: SipAuthenticationAttempt = {},
): Promise<SipAuthenticationResult> {
	odin.keepSecret(password);
	odin.keepSecret(attempt.sent?.password);
	const { key } = await readUser(odin, userId);
	const sent = (attempt.sent ??= await complete(odin, key, { userName, password }));
	await send(odin, userId, sent, attempt);
	return {
		key,
		sipAuthenticationUserName: sent.userName,
		sipAuthenticationPassword: sent.password,
	};
}

async function complete(
	odin: OdinClient,
	key: Key,
	{ userName, password }: Omit<SipAuthentication, 'userId'>,
): Promise<{ userName: string; password: string }> {
	const name = userName ?? (await presentName(odin, key.id));
	return { userName: name, password: password ?? (await generateSipPassword(odin, key, name)) };
}

async function presentName(odin: OdinClient, userId: string): Promise<string> {
	const name = await readSipUserName(odin, userId);
	if (name !== '') return name;
	throw new OdinError({
		kind: 'parameter',
		message: `${quoted(sipUserNameField.label)} is needed: user ${quoted(userId)} has none yet`,
		effect: 'Nothing was changed',
		description: 'Name the one that the device of the user logs in with',
		details: { userId },
	});
}

/** Shows what would be sent; no password is made for it. */
export async function planSipAuthentication(
	odin: OdinClient,
	{ userId, userName, password = MASK }: SipAuthentication,
): Promise<Plan & { key: Key }> {
	const { key } = await readUser(odin, userId);
	const present = await readSipUserName(odin, userId);
	const name = userName ?? (await presentName(odin, userId));
	return {
		key,
		outcome: 'updated',
		changes: [
			...(isStoredAs(sipUserNameField, name, present)
				? []
				: [{ field: sipUserNameField.name, from: present || null, to: name }]),
			{ field: 'sipAuthenticationPassword', from: null, to: MASK },
		],
		request: sipAuthenticationRequest(userId, name, password),
	};
}

export const sipAuthenticationRequest = (
	userId: string,
	userName: string,
	newPassword: string,
): PreviewedRequest => ({ method: 'PUT', path: PATH, body: { userId, userName, newPassword } });

/** The SIP user name of a user; empty while there is none. Throws OdinError without the service Authentication. */
export async function readSipUserName(odin: OdinClient, userId: string): Promise<string> {
	const outcome = await odin.send({
		method: 'GET',
		path: PATH,
		query: { userId },
		purpose: `read the SIP authentication of user ${quoted(userId)}`,
	});
	if (!outcome.ok) throw needsService(outcome.failure);
	return isObject(outcome.body) ? wireText(outcome.body.userName) : '';
}

async function send(
	odin: OdinClient,
	userId: string,
	{ userName, password }: { userName: string; password: string },
	attempt: Attempt,
): Promise<void> {
	const isShown = (name: unknown) => isStoredAs(sipUserNameField, userName, name);
	let latest = '';
	const settled = await settle<true>(odin, {
		request: {
			method: 'PUT',
			path: PATH,
			body: { userId, userName, newPassword: password },
			purpose: `set the SIP authentication of user ${quoted(userId)}`,
		},
		attempt,
		notSeen: 'the password could not be checked, since Odin never returns it',
		details: { userId },
		// The password can't be seen, so it is sent again rather than taken for done.
		look: async () => undefined,
		async confirm(body) {
			if (isObject(body) && isShown(wireText(body.userName))) return true;
			const done = `setting the SIP authentication of user ${quoted(userId)}`;
			const seen = await lookAfterYes(odin, { done, details: { userId } }, async () => {
				latest = await readSipUserName(odin, userId);
				return isShown(latest) ? true : undefined;
			});
			if (seen) return seen;
			throw new OdinError({
				kind: 'notApplied',
				message: `Odin confirmed ${done}, but shows other values: ${quoted(sipUserNameField.label)} is ${JSON.stringify(latest)}, not ${JSON.stringify(userName)}`,
				description: CHECK_FIRST,
				details: { userId },
			});
		},
	});
	if ('refused' in settled) throw needsService(settled.refused);
}

const needsService = (error: OdinError): OdinError =>
	error.kind === 'refused' && error.says(/service/i)
		? error.with({
				description:
					"Assign the service 'Authentication' to the user first (operation 'Update Services')",
			})
		: error;
