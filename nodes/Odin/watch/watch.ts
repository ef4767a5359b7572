import type { Remembered } from './memory';
import type { JsonValue } from '../values/json';

/** A profile as Odin returned it. */
export type Profile = Record<string, unknown>;

export interface Change {
	field: string;
	from: JsonValue;
	to: JsonValue;
}

/** What an event is about. */
export interface Watch {
	event: string;
	/** What is remembered of a record */
	columns: readonly string[];
	/** The fields of a record count, so its profile has to be read; else that it is in the list */
	readsProfiles: boolean;
	tellsCreated: boolean;
	tellsDeleted: boolean;
	/** The values of a record before it was there, where its coming is no event of its own */
	initial?: Remembered;
	/** The values that a profile shows; undefined where it lacks what every profile has */
	read(profile: Profile): Remembered | undefined;
	/** What is to be remembered from now on, and what has changed */
	compare(before: Remembered, now: Remembered): { remembered: Remembered; changes: Change[] };
}
