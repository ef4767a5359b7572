import { isObject, type JsonValue } from '../values/json';
import { namedKey, type Key } from './key';
import type { ResourceModel } from './resourceModel';

/** The most useful fields of a profile, flat and always all there: null where Odin has nothing. */
export function summarise(
	model: ResourceModel,
	key: Key,
	profile: Record<string, unknown>,
): Record<string, JsonValue> {
	const columns = model.summary.map(({ name, field = name, part }) => [
		name,
		valueAt(profile[field], part) ?? null,
	]);
	return { ...namedKey(model, key), ...Object.fromEntries(columns) };
}

/** In lists an object is only what it is named by. */
export const valueAt = (value: unknown, part?: string): JsonValue =>
	(part === undefined ? value : part.split('.').reduce(stepInto, value)) as JsonValue;

const stepInto = (value: unknown, property: string): unknown =>
	isObject(value) ? value[property] : value;
