import { isObject } from './json';
import { trimmed } from './text';

/** A plain value as text, without white space at its ends; empty for anything else. */
export const wireText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? trimmed(String(value))
		: '';

/** Odin gives departments as text, as object or not at all. */
export function nameOf(value: unknown): string | null {
	const name = isObject(value) ? value.name : value;
	return wireText(name) || null;
}

/** A number that Odin may give as text or leave out. */
export function countOf(value: unknown): number | null {
	const text = wireText(value);
	return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A switch that Odin may give as text. */
export const isOn = (value: unknown): boolean => wireText(value).toLowerCase() === 'true';

/** A switch that Odin may give as text; null where it tells nothing that can be read. */
export function switchOf(value: unknown): boolean | null {
	const text = wireText(value).toLowerCase();
	return text === 'true' || text === 'false' ? text === 'true' : null;
}
