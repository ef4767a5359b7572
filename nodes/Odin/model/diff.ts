import { fieldOf } from '../resources/trunkGroup/fields';
import { isStoredAs } from './equivalence';
import type { DesiredFields } from './desired';
import type { JsonValue } from '../values/json';
import { isKeyField } from './requestBody';

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
	desired: DesiredFields,
	profile: Record<string, unknown>,
): Comparison {
	const differences: Difference[] = [];
	const incomparable: string[] = [];
	const compare = (field: string, wanted: JsonValue) => {
		const stored = (Object.hasOwn(profile, field) ? (profile[field] ?? null) : null) as JsonValue;
		if (!isStoredAs(field, wanted, stored)) differences.push({ field, wanted, stored });
	};
	for (const [name, { value }] of desired.fields) {
		if (isKeyField(name)) continue;
		if (fieldOf(name).readable) compare(name, value);
		else if (!fieldOf(name).secret) incomparable.push(name);
	}
	for (const [name, value] of desired.unknownKeys) {
		if (Object.hasOwn(profile, name) || value === null) compare(name, value);
		else incomparable.push(name);
	}
	return { differences, incomparable };
}
