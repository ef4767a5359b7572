import type { Field } from '../resources/trunkGroup/fields';
import type { JsonValue } from '../values/json';
import { redactErrorText } from '../secrets/errorText';
import { cut } from '../values/text';

/** What a value must satisfy: a field of the catalogue, or one property of an object field. */
export type ValueRule = Pick<
	Field,
	'type' | 'min' | 'max' | 'maxLength' | 'choices' | 'secret' | 'isName'
>;

export type Conversion = { value: JsonValue } | { refused: string };

/** A whole file that got into a field must not be searched for secrets when only its beginning is shown. */
const MAX_LOOKED_AT = 1000;

/** A value as messages show it, cut short. Of objects and lists only that they are: a password may be inside. */
export function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	if (typeof value !== 'string') return cut(String(value));
	return cut(JSON.stringify(redactErrorText(value.slice(0, MAX_LOOKED_AT), [])));
}

/** Nothing was given: an empty cell of a spreadsheet, a missing key, an expression without a result. */
export const isAbsent = (value: unknown): value is undefined | null | '' =>
	value === undefined || value === null || value === '';

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
	const trimmed = typeof raw === 'string' ? raw.trim() : '';
	const value = /^-?\d+$/.test(trimmed) ? Number(trimmed) : raw;
	const fits =
		typeof value === 'number' &&
		Number.isSafeInteger(value) &&
		(rule.min === undefined || value >= rule.min) &&
		(rule.max === undefined || value <= rule.max);
	return fits ? { value: value === 0 ? 0 : value } : refuse(rule, range(rule), raw);
}

function toBoolean(rule: ValueRule, raw: unknown): Conversion {
	if (typeof raw === 'boolean') return { value: raw };
	const word = typeof raw === 'string' ? raw.trim().toLowerCase() : undefined;
	if (word === 'true' || word === 'false') return { value: word === 'true' };
	return refuse(rule, 'true or false', raw);
}

/** The decimal text of a number, or undefined where digits would be lost (1e21, 12345678901234567890). */
function decimalText(value: number): string | undefined {
	const text = String(value === 0 ? 0 : value);
	const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
	return exact && !text.includes('e') ? text : undefined;
}

function toText(rule: ValueRule, raw: unknown): Conversion {
	const value = typeof raw === 'number' ? decimalText(raw) : raw;
	const wanted =
		rule.maxLength === undefined ? 'text' : `text of 1 to ${rule.maxLength} characters`;
	if (typeof value !== 'string' || value === '') return refuse(rule, wanted, raw);
	// BroadWorks counts characters, as XML Schema does, not UTF-16 units.
	if (rule.maxLength !== undefined && value.length > rule.maxLength) {
		if (value.length > 2 * rule.maxLength || [...value].length > rule.maxLength) {
			return refuse(rule, wanted, raw);
		}
	}
	// Neither can travel to BroadWorks, which speaks XML, and half a surrogate pair not even in a URL.
	if (/[\p{Cc}\p{Cs}]/u.test(value)) {
		return refuse(rule, 'text without control characters or broken characters', raw);
	}
	if (rule.isName && value !== value.trim()) {
		return refuse(rule, 'a name without spaces at its ends', raw);
	}
	return { value };
}

function toChoice(rule: ValueRule, raw: unknown): Conversion {
	const choices = rule.choices ?? [];
	if (typeof raw === 'string' && choices.includes(raw)) return { value: raw };
	return refuse(rule, `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`, raw);
}

/**
 * Converts a plain value to what Odin takes: text that is a whole number to a number where one is wanted,
 * true/false in any case to a boolean, a number to its decimal text where text is wanted.
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
