import { redactErrorText } from '../secrets/errorText';
import { isCallAddress, isHost, isMac, isSpoiled, plainMac } from '../values/addresses';
import type { JsonValue } from '../values/json';
import { BROKEN, cut, INVISIBLE, isAbsent, trimmed, visible } from '../values/text';
import type { ValueRule } from './field';

export { isAbsent };

export type Conversion = { value: JsonValue } | { refused: string };

/** A whole file that got into a field must not be searched for secrets when only its beginning is shown. */
const MAX_LOOKED_AT = 1000;

/** A value as messages show it, cut short. Of objects and lists only that they are: a password may be inside. */
export function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	if (typeof value !== 'string') return cut(String(value));
	const text = cut(redactErrorText(value.slice(0, MAX_LOOKED_AT), []));
	return `"${visible(text.replace(/["\\]/g, '\\$&'))}"`;
}

const refuse = (rule: ValueRule, wanted: string, value: unknown): Conversion => ({
	refused: `takes ${wanted}, not ${rule.secret ? 'the value given (hidden)' : shown(value)}`,
});

function range(rule: ValueRule): string {
	if (rule.min === undefined) return 'a whole number';
	return rule.max === undefined
		? `a whole number of ${rule.min} or more`
		: `a whole number from ${rule.min} to ${rule.max}`;
}

function toInteger(rule: ValueRule, raw: unknown): Conversion {
	const value = typeof raw === 'string' && /^-?\d+$/.test(trimmed(raw)) ? Number(raw) : raw;
	const fits =
		typeof value === 'number' &&
		Number.isSafeInteger(value) &&
		(rule.min === undefined || value >= rule.min) &&
		(rule.max === undefined || value <= rule.max);
	return fits ? { value: value === 0 ? 0 : value } : refuse(rule, range(rule), raw);
}

function toBoolean(rule: ValueRule, raw: unknown): Conversion {
	if (typeof raw === 'boolean') return { value: raw };
	const word = typeof raw === 'string' ? trimmed(raw).toLowerCase() : undefined;
	if (word === 'true' || word === 'false') return { value: word === 'true' };
	return refuse(rule, 'true or false', raw);
}

/** The decimal text of a number, or undefined where digits would be lost (1e21, 12345678901234567890). */
function decimalText(value: number): string | undefined {
	const text = String(value);
	const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
	return exact && !text.includes('e') ? text : undefined;
}

/** No id or address of BroadWorks is longer. */
const LONGEST_ID = 161;

function toText(rule: ValueRule, raw: unknown): Conversion {
	const given = typeof raw === 'number' ? decimalText(raw) : raw;
	const maxLength = rule.maxLength ?? (rule.isName || rule.format ? LONGEST_ID : undefined);
	const wanted = maxLength === undefined ? 'text' : `text of 1 to ${maxLength} characters`;
	if (typeof given !== 'string') return refuse(rule, wanted, raw);
	const value = textOf(rule, given);
	if (value === '' || isLonger(value, maxLength)) return refuse(rule, wanted, raw);
	const better = rule.secret ? betterPassword(value) : betterText(rule, value);
	return better === undefined ? { value } : refuse(rule, better, raw);
}

function textOf({ secret, format }: ValueRule, given: string): string {
	if (secret) return given;
	return format === 'mac' ? plainMac(trimmed(given)) : trimmed(given);
}

/** BroadWorks counts characters, as XML Schema does, not UTF-16 units. */
const isLonger = (text: string, maxLength = Infinity): boolean =>
	text.length > maxLength && (text.length > 2 * maxLength || [...text].length > maxLength);

const without = (text: string, pattern: RegExp, named: string): string | undefined => {
	const [found] = pattern.exec(text) ?? [];
	return found === undefined ? undefined : `text without ${named} (${visible(found)})`;
};

/** What would be taken in place of a password; a password is never altered. Undefined for one that is taken. */
export const betterPassword = (password: string): string | undefined =>
	without(password, BROKEN, 'broken characters') ??
	(password === trimmed(password) ? undefined : 'text without white space at its ends') ??
	(/\s{2}/.test(password) ? 'text without several spaces in a row' : undefined) ??
	without(password, INVISIBLE, 'invisible characters');

/** What would be taken in place of a text; undefined for one that is taken. */
function betterText(rule: ValueRule, text: string): string | undefined {
	const lost = without(text, BROKEN, 'broken characters, as a wrong file encoding leaves them');
	if (lost !== undefined) return lost;
	// BroadWorks speaks XML, which does not carry them.
	if (!rule.isName && !rule.format) return without(text, /\p{Cc}/u, 'control characters');
	return (
		without(text, INVISIBLE, 'invisible characters') ??
		(text.includes('  ') ? 'text without several spaces in a row' : undefined) ??
		betterFormat(rule, text)
	);
}

function betterFormat({ format }: ValueRule, text: string): string | undefined {
	if (format === 'address') {
		return isCallAddress(text) ? undefined : 'a phone number or user@host';
	}
	if (format === 'mac')
		return isMac(text) ? undefined : 'the 12 hexadecimal digits of a MAC address';
	if (format === 'host' && /^\d+(?:\.\d+)+$/.test(text) && !isHost(text)) {
		return 'a host name or IP address';
	}
	return isSpoiled(text) ? 'text as it was before a spreadsheet changed it' : undefined;
}

function toChoice(rule: ValueRule, raw: unknown): Conversion {
	const choices = rule.choices ?? [];
	const value = typeof raw === 'string' ? trimmed(raw) : '';
	if (choices.includes(value)) return { value };
	return refuse(rule, `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`, raw);
}

/**
 * Converts a plain value to what Odin takes: text without white space at its ends, text that is a whole number to a
 * number where one is wanted, true/false in any case to a boolean, a number to its decimal text where text is wanted.
 * All else is refused with the reason, in words that follow the field's label.
 */
export function convertValue(rule: ValueRule, raw: unknown): Conversion {
	switch (rule.type) {
		case 'integer':
			return toInteger(rule, raw);
		case 'boolean':
			return toBoolean(rule, raw);
		case 'choice':
			return toChoice(rule, raw);
		default:
			return toText(rule, raw);
	}
}
