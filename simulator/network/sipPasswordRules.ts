import { randomInt } from 'node:crypto';

import { refused } from '../odinErrors';
import type { PasswordRules, PortalPasswordRules, SipPasswordRules } from './records';

export const SYSTEM_SIP_PASSWORD_RULES: SipPasswordRules = {
	disallowAuthenticationName: true,
	disallowOldPassword: false,
	disallowReversedOldPassword: false,
	restrictMinDigits: true,
	minDigits: 1,
	restrictMinUpperCaseLetters: true,
	minUpperCaseLetters: 1,
	restrictMinLowerCaseLetters: true,
	minLowerCaseLetters: 1,
	restrictMinNonAlphanumericCharacters: false,
	minNonAlphanumericCharacters: 1,
	minLength: 8,
	trunkGroupAuthenticationLockoutType: 'None',
	trunkGroupTemporaryLockoutThreshold: 5,
	trunkGroupPermanentLockoutThreshold: 5,
	endpointAuthenticationLockoutType: 'None',
	endpointTemporaryLockoutThreshold: 5,
	endpointPermanentLockoutThreshold: 5,
};

/** Those of the web portal, the same in every group. */
export const PORTAL_PASSWORD_RULES: PortalPasswordRules = {
	disallowUserId: true,
	disallowOldPassword: true,
	disallowReversedOldPassword: true,
	restrictMinDigits: true,
	minDigits: 1,
	restrictMinUpperCaseLetters: true,
	minUpperCaseLetters: 1,
	restrictMinLowerCaseLetters: true,
	minLowerCaseLetters: 1,
	restrictMinNonAlphanumericCharacters: true,
	minNonAlphanumericCharacters: 1,
	minLength: 8,
};

const PASSCODE_LENGTH = 8;
const SIP_PASSWORD_LENGTH = 12;
const PORTAL_PASSWORD_LENGTH = 18;
const DIGITS = '0123456789';
const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER_CASE = UPPER_CASE.toLowerCase();
const NON_ALPHANUMERIC = '!#$%()*+,-.:;=?@[]^_{|}~';

interface Requirement {
	what: string;
	least: number;
	from: string;
	pattern: RegExp;
}

function requirementsOf(rules: PasswordRules): Requirement[] {
	const requirement = (
		what: string,
		active: boolean,
		least: number,
		from: string,
		pattern: RegExp,
	) => (active ? [{ what, least, from, pattern }] : []);
	return [
		...requirement('digits', rules.restrictMinDigits, rules.minDigits, DIGITS, /\d/gu),
		...requirement(
			'upper case letters',
			rules.restrictMinUpperCaseLetters,
			rules.minUpperCaseLetters,
			UPPER_CASE,
			/\p{Lu}/gu,
		),
		...requirement(
			'lower case letters',
			rules.restrictMinLowerCaseLetters,
			rules.minLowerCaseLetters,
			LOWER_CASE,
			/\p{Ll}/gu,
		),
		...requirement(
			'non-alphanumeric characters',
			rules.restrictMinNonAlphanumericCharacters,
			rules.minNonAlphanumericCharacters,
			NON_ALPHANUMERIC,
			/[^\p{L}\p{N}]/gu,
		),
	];
}

/** A random password that obeys the rules. */
export function generateSipPassword(rules: SipPasswordRules): string {
	return generated(rules, SIP_PASSWORD_LENGTH);
}

export function generatePortalPassword(): string {
	return generated(PORTAL_PASSWORD_RULES, PORTAL_PASSWORD_LENGTH);
}

/** Of the voice portal: digits alone. */
export function generatePasscode(): string {
	return drawn(PASSCODE_LENGTH, DIGITS).join('');
}

function generated(rules: PasswordRules, usualLength: number): string {
	const required = requirementsOf(rules).flatMap(({ least, from }) => drawn(least, from));
	const length = Math.max(rules.minLength, usualLength, required.length);
	const rest = drawn(length - required.length, DIGITS + UPPER_CASE + LOWER_CASE);
	return shuffled([...required, ...rest]).join('');
}

function drawn(count: number, from: string): string[] {
	return Array.from({ length: count }, () => from.charAt(randomInt(from.length)));
}

function shuffled(characters: string[]): string[] {
	const left = [...characters];
	return characters.flatMap(() => left.splice(randomInt(left.length), 1));
}

interface Credentials {
	password: string;
	userName?: string;
	oldPassword?: string;
}

/** What the rules have against a password; empty when it obeys them. */
export function sipPasswordComplaints(rules: SipPasswordRules, credentials: Credentials): string[] {
	const { password, userName } = credentials;
	const complaints = complaintsOf(rules, credentials);
	return rules.disallowAuthenticationName && userName && password.includes(userName)
		? [...complaints, 'not the authentication name']
		: complaints;
}

/** Throws unless the password of a portal login obeys the rules. */
export function requirePortalPassword(
	userId: string,
	password: string,
	oldPassword: string | undefined,
): void {
	const complaints = complaintsOf(PORTAL_PASSWORD_RULES, { password, oldPassword });
	if (password.includes(userId)) complaints.push('not the user id');
	if (complaints.length > 0) {
		throw refused(`Invalid password: password needs ${complaints.join(', ')}`);
	}
}

function complaintsOf(rules: PasswordRules, { password, oldPassword }: Credentials): string[] {
	const complaints = requirementsOf(rules)
		.filter(({ pattern, least }) => (password.match(pattern) ?? []).length < least)
		.map(({ what, least }) => `at least ${least} ${what}`);
	if ([...password].length < rules.minLength) {
		complaints.push(`at least ${rules.minLength} characters`);
	}
	if (rules.disallowOldPassword && password === oldPassword)
		complaints.push('not the old password');
	if (rules.disallowReversedOldPassword && password === reversed(oldPassword)) {
		complaints.push('not the old password reversed');
	}
	return complaints;
}

function reversed(text: string | undefined): string | undefined {
	return text === undefined ? undefined : [...text].reverse().join('');
}
