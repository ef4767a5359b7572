import { randomInt } from 'n8n-workflow';
import { isOn } from '../../values/wireValues';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
/** Without those that SIP addresses, XML or shells give a meaning to. */
const OTHERS = '!#*+-._=';

/** With the most that any rule can demand (fields of the rules endpoint: 1..10 of each kind, length 3..40). */
export const MOST_DEMANDING = { digits: 10, upper: 10, lower: 10, others: 10, length: 40 };
const USUAL = { digits: 2, upper: 2, lower: 2, others: 2, length: 16 };

/** How many characters of each kind a password must have. */
export type Demands = typeof USUAL;

/** Rules hold numbers also as text; the portal, too, converts them. */
export function demandsOf(rules: Record<string, unknown>): Demands {
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

export function passwordFor(demands: Demands, userName: string): string {
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
