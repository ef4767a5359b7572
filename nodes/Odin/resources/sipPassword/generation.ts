import { randomInt } from 'n8n-workflow';
import { isObject } from '../../values/json';
import { groupText, type GroupKey } from '../../model/key';
import type { ErrorKind, OdinError } from '../../transport/odinError';
import type { OdinClient } from '../../transport/odinClient';
import { isOn } from '../../values/wireValues';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
/** Without those that SIP addresses, XML or shells give a meaning to. */
const OTHERS = '!#*+-._=';

/** With the most that any rule can demand (fields of the rules endpoint: 1..10 of each kind, length 3..40). */
const MOST_DEMANDING = { digits: 10, upper: 10, lower: 10, others: 10, length: 40 };
const USUAL = { digits: 2, upper: 2, lower: 2, others: 2, length: 16 };

type Demands = typeof USUAL;

/** Odin knows the generator, but not whom it should work for. */
const UNKNOWN_GROUP = /(group|provider|enterprise)\b.*not found/i;

const isWithoutGenerator = (failure: OdinError): boolean =>
	NO_GENERATOR.includes(failure.kind) && !failure.says(UNKNOWN_GROUP);

/** Answers to which Odin's generator counts as not available; with others the password would be of no use either. */
const NO_GENERATOR: ErrorKind[] = ['refused', 'notFound', 'forbidden', 'lost'];

/**
 * A SIP password that obeys the rules: from Odin's generator, or made here from the rules of the service provider
 * (else of the system) where that is not available. Throws OdinFailure.
 */
export async function generateSipPassword(
	odin: OdinClient,
	{ serviceProviderId, groupId }: GroupKey,
	userName = '',
): Promise<string> {
	const group = { serviceProviderId, groupId };
	const outcome = await odin.send({
		method: 'GET',
		path: '/sip-password/generate',
		query: { ...group },
		purpose: `generate a SIP password for ${groupText(group)}`,
	});
	if (!outcome.ok && !isWithoutGenerator(outcome.failure)) throw outcome.failure;
	const generated = outcome.ok && isObject(outcome.body) ? outcome.body.password : undefined;
	const password =
		typeof generated === 'string' && generated !== ''
			? generated
			: passwordFor(await readDemands(odin, group), userName);
	odin.keepSecret(password);
	return password;
}

async function readDemands(odin: OdinClient, group: GroupKey): Promise<Demands> {
	const own = await readRules(odin, '/service-providers/sip-authentication-password-rules', {
		serviceProviderId: group.serviceProviderId,
	});
	if (own && isOn(own.useServiceProviderSettings)) return demandsOf(own);
	const system = await readRules(odin, '/system/sip-authentication-password-rules');
	// An administrator of a service provider may not be allowed to read the system's rules.
	return system ? demandsOf(system) : MOST_DEMANDING;
}

async function readRules(
	odin: OdinClient,
	path: string,
	query: Record<string, string> = {},
): Promise<Record<string, unknown> | undefined> {
	const outcome = await odin.send({
		method: 'GET',
		path,
		query,
		purpose: 'read the rules for SIP passwords',
	});
	return outcome.ok && isObject(outcome.body) ? outcome.body : undefined;
}

/** Rules hold numbers also as text; the portal, too, converts them. */
function demandsOf(rules: Record<string, unknown>): Demands {
	const least = (restricted: string, amount: string, usual: number): number =>
		isOn(rules[restricted]) ? Math.max(Number(rules[amount]) || 0, usual) : usual;
	const demands = {
		digits: least('restrictMinDigits', 'minDigits', USUAL.digits),
		upper: least('restrictMinUpperCaseLetters', 'minUpperCaseLetters', USUAL.upper),
		lower: least('restrictMinLowerCaseLetters', 'minLowerCaseLetters', USUAL.lower),
		others: least(
			'restrictMinNonAlphanumericCharacters',
			'minNonAlphanumericCharacters',
			USUAL.others,
		),
	};
	return { ...demands, length: Math.max(Number(rules.minLength) || 0, USUAL.length) };
}

/** A rule may forbid the user name inside the password; a short name could stand there by chance. */
const MAX_TRIES = 1000;

function passwordFor(demands: Demands, userName: string): string {
	const forbidden = userName.toLowerCase();
	let password = shuffled(demands);
	for (let tries = 1; forbidden !== '' && tries < MAX_TRIES; tries += 1) {
		if (!password.toLowerCase().includes(forbidden)) break;
		password = shuffled(demands);
	}
	return password;
}

function shuffled(demands: Demands): string {
	const picks = [
		...pick(DIGITS, demands.digits),
		...pick(UPPER, demands.upper),
		...pick(LOWER, demands.lower),
		...pick(OTHERS, demands.others),
	];
	picks.push(...pick(DIGITS + UPPER + LOWER, demands.length - picks.length));
	for (let end = picks.length - 1; end > 0; end -= 1) {
		const other = randomInt(end + 1);
		[picks[end], picks[other]] = [picks[other]!, picks[end]!];
	}
	return picks.join('');
}

const pick = (alphabet: string, count: number): string[] =>
	Array.from({ length: Math.max(count, 0) }, () => alphabet[randomInt(alphabet.length)]!);
