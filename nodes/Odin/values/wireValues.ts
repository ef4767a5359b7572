import { isObject } from './json';

/** Odin gives departments as text, as object or not at all. */
export function nameOf(value: unknown): string | null {
	const name = isObject(value) ? value.name : value;
	return name === undefined || name === null || name === '' ? null : String(name);
}

/** A number that Odin may give as text or leave out. */
export function countOf(value: unknown): number | null {
	const isText = typeof value === 'string' && value.trim() !== '';
	const count = isText || typeof value === 'number' ? Number(value) : Number.NaN;
	return Number.isFinite(count) ? count : null;
}

/** A switch that Odin may give as text. */
export const isOn = (value: unknown): boolean => value === true || value === 'true';

/** A switch that Odin may give as text; null where it tells nothing that can be read. */
export const switchOf = (value: unknown): boolean | null =>
	isOn(value) ? true : value === false || value === 'false' ? false : null;
