import type { JsonObject, JsonValue } from '../values/json';
import { wireText } from '../values/wireValues';
import type { DesiredFields } from './desired';
import { isStoredAs } from './equivalence';
import type { Field } from './field';
import { isKeyField } from './key';
import type { ResourceModel } from './resourceModel';
import { completed } from './stored';

/** One field that is not stored as it was asked for. `stored` is null for an unset field. */
export interface Difference {
	field: string;
	wanted: JsonValue;
	stored: JsonValue;
}

export interface Comparison {
	differences: Difference[];
	/** Fields that were named but that no profile shows, so nobody can tell */
	incomparable: string[];
}

/** Compares what was named with a profile; what was not named is not looked at. */
export function compareWithProfile(
	model: ResourceModel,
	desired: DesiredFields,
	profile: Record<string, unknown>,
): Comparison {
	const differences: Difference[] = [];
	const incomparable: string[] = [];
	const complete = completed(model, profile);
	const compare = (field: string, wanted: JsonValue) => {
		const stored = (Object.hasOwn(complete, field) ? (complete[field] ?? null) : null) as JsonValue;
		if (!isShownAs(model.fields.find(field), wanted, stored, profile))
			differences.push({ field, wanted, stored });
	};
	for (const [name, { value }] of desired.fields) {
		const { readable, secret } = model.fields.get(name);
		if (readable) compare(name, value);
		else if (!secret) incomparable.push(name);
	}
	for (const [name, value] of desired.unknownKeys) {
		if (Object.hasOwn(profile, name) || value === null) compare(name, value);
		else incomparable.push(name);
	}
	return { differences, incomparable };
}

/** Whether what a profile shows is what was asked for. */
const isShownAs = (
	field: Field | undefined,
	wanted: JsonValue,
	stored: JsonValue,
	profile: Record<string, unknown>,
): boolean =>
	isStoredAs(field, wanted, stored) ||
	(field?.countryCodeIn !== undefined &&
		isSameNumber(wireText(profile[field.countryCodeIn]), wanted, stored));

/** Whether two spellings of a phone number are one, of which Odin may show either without its country code. */
const isSameNumber = (code: string, wanted: JsonValue, stored: JsonValue): boolean =>
	isIn(code, wanted, stored) || isIn(code, stored, wanted);

/** Whether `part` is the whole number or what follows its country code. */
function isIn(code: string, whole: JsonValue, part: JsonValue): boolean {
	const text = wireText(whole);
	const shown = typeof part === 'number' ? part : digitsOf(wireText(part));
	return [digitsOf(text), ...nationalsOf(text, digitsOf(code))].some(
		(digits) => digits !== '' && isStoredAs(undefined, digits, shown),
	);
}

/** Digits of a number in North America; one with more may begin with a country code. */
const LONGEST_NATIONAL = 10;

/**
 * The digits after the country code: the one that Odin shows apart, else what stands before the first hyphen of `+1-…`, else
 * one of up to three digits of an international number (E.164).
 */
function nationalsOf(number: string, code: string): string[] {
	const digits = digitsOf(number);
	if (code !== '') return digits.startsWith(code) ? [digits.slice(code.length)] : [];
	const [, afterHyphen] = /^\+\d+-(.*)$/.exec(number) ?? [];
	if (afterHyphen !== undefined) return [digitsOf(afterHyphen)];
	const isInternational = number.startsWith('+') || digits.length > LONGEST_NATIONAL;
	return isInternational ? [1, 2, 3].map((length) => digits.slice(length)) : [];
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/**
 * What a profile shows otherwise than a request asked for. Left out is what Odin never shows (secrets, fields that this
 * release does not know).
 */
export function notShown(
	model: ResourceModel,
	body: JsonObject,
	profile: Record<string, unknown>,
): Difference[] {
	const complete = completed(model, profile);
	return Object.entries(body).flatMap(([name, wanted]) => {
		// What the profile was found by is not held against it: Odin may store a name in another spelling.
		if (isKeyField(model, name) || !isTold(model, name, complete)) return [];
		const stored = (complete[name] ?? null) as JsonValue;
		return isShownAs(model.fields.find(name), wanted, stored, profile)
			? []
			: [{ field: name, wanted, stored }];
	});
}

/** Whether a profile tells of every field of a request, so that it can be held against all that was asked. */
export function tellsOfAll(
	model: ResourceModel,
	body: JsonObject,
	profile: Record<string, unknown>,
): boolean {
	const complete = completed(model, profile);
	return Object.keys(body).every(
		(name) => isKeyField(model, name) || isTold(model, name, complete),
	);
}

/** A field that can be cleared and has no value of its own by default is absent when it is unset. */
function isTold(
	{ fields }: ResourceModel,
	name: string,
	complete: Record<string, unknown>,
): boolean {
	const field = fields.find(name);
	if (field?.readable === false) return false;
	const isAbsentWhenUnset = field?.clearable === true && field.storedWhenAbsent === undefined;
	return Object.hasOwn(complete, name) || isAbsentWhenUnset;
}
