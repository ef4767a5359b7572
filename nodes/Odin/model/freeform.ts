import { MASK, maskedAt } from '../secrets/redact';
import { isObject, type JsonObject, type JsonValue } from '../values/json';
import { trimmed } from '../values/text';
import { betterPassword } from './convert';

/** Without a value nothing was given. */
export type Tidied = { value?: JsonValue } | { refused: string };

/**
 * JSON of which no rule is known, as it is sent: texts without white space at their ends, objects without their empty
 * parts, lists without their empty elements. An explicit empty list stays. Passwords are not altered.
 */
export function tidy(name: string, value: JsonValue): Tidied {
	return tidyValue(value, isSecretName(name));
}

const isSecretName = (name: string): boolean => maskedAt(name, 'text') === MASK;

function tidyValue(value: JsonValue, isSecret: boolean): Tidied {
	if (value === null) return {};
	if (typeof value === 'string') return tidyText(value, isSecret);
	if (Array.isArray(value)) return tidyList(value, isSecret);
	return isObject(value) ? tidyObject(value, isSecret) : { value };
}

function tidyText(text: string, isSecret: boolean): Tidied {
	const value = trimmed(text);
	if (value === '') return {};
	if (!isSecret) return { value };
	const better = betterPassword(text);
	return better === undefined ? { value: text } : { refused: `takes ${better}` };
}

function tidyList(list: JsonValue[], isSecret: boolean): Tidied {
	const value: JsonValue[] = [];
	for (const element of list) {
		const tidied = tidyValue(element, isSecret);
		if ('refused' in tidied) return tidied;
		if (tidied.value !== undefined) value.push(tidied.value);
	}
	return value.length > 0 || list.length === 0 ? { value } : {};
}

function tidyObject(object: JsonObject, isSecret: boolean): Tidied {
	const value: JsonObject = {};
	for (const [key, part] of Object.entries(object)) {
		const tidied = tidyValue(part, isSecret || isSecretName(key));
		if ('refused' in tidied) return tidied;
		if (tidied.value !== undefined) value[key] = tidied.value;
	}
	return Object.keys(value).length > 0 ? { value } : {};
}
