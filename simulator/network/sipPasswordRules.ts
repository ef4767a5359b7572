import { randomInt } from 'node:crypto';

import type { SipPasswordRules } from './records';

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

const LENGTH_OF_A_GENERATED_PASSWORD = 12;
const DIGITS = '0123456789';
const UPPER_CASE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER_CASE = UPPER_CASE.toLowerCase();
const NON_ALPHANUMERIC = '!#$%()*+,-.:;=?@[]^_{|}~';

interface Demand {
	what: string;
	least: number;
	from: string;
	pattern: RegExp;
}

function demandsOf(rules: SipPasswordRules): Demand[] {
	const demand = (what: string, active: boolean, least: number, from: string, pattern: RegExp) =>
		active ? [{ what, least, from, pattern }] : [];
	return [
		...demand('digits', rules.restrictMinDigits, rules.minDigits, DIGITS, /\d/gu),
		...demand(
			'upper case letters',
			rules.restrictMinUpperCaseLetters,
			rules.minUpperCaseLetters,
			UPPER_CASE,
			/\p{Lu}/gu,
		),
		...demand(
			'lower case letters',
			rules.restrictMinLowerCaseLetters,
			rules.minLowerCaseLetters,
			LOWER_CASE,
			/\p{Ll}/gu,
		),
		...demand(
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
	const demanded = demandsOf(rules).flatMap(({ least, from }) => drawn(least, from));
	const length = Math.max(rules.minLength, LENGTH_OF_A_GENERATED_PASSWORD, demanded.length);
	const rest = drawn(length - demanded.length, DIGITS + UPPER_CASE + LOWER_CASE);
	return shuffled([...demanded, ...rest]).join('');
}

function drawn(count: number, from: string): string[] {
	return Array.from({ length: count }, () => from.charAt(randomInt(from.length)));
}

function shuffled(characters: string[]): string[] {
	const left = [...characters];
	return characters.flatMap(() => left.splice(randomInt(left.length), 1));
}

interface SipCredentials {
	password: string;
	userName?: string;
	oldPassword?: string;
}

/** What the rules have against a password; empty when it obeys them. */
export function sipPasswordComplaints(
	rules: SipPasswordRules,
	{ password, userName, oldPassword }: SipCredentials,
): string[] {
	const complaints = demandsOf(rules)
		.filter(({ pattern, least }) => (password.match(pattern) ?? []).length < least)
		.map(({ what, least }) => `at least ${least} ${what}`);
	if ([...password].length < rules.minLength) {
		complaints.push(`at least ${rules.minLength} characters`);
	}
	if (rules.disallowAuthenticationName && userName && password.includes(userName)) {
		complaints.push('not the authentication name');
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
