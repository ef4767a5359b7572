/** What a message says about the trunk group of its item. */
export type Claim =
	/** Odin has it */
	| 'there'
	/** Odin has it, also or only under its new name */
	| 'renamed'
	/** Odin has it under its old name and another one under the new name */
	| 'taken'
	/** Odin does not have it */
	| 'absent'
	/** Odin does not show what was asked */
	| 'undone'
	/** It may or may not be there, without those that the message names as taken off */
	| 'cleared'
	/** The item has changed nothing in Odin */
	| 'untouched'
	/** It may or may not have been done */
	| 'unknown';

/** The first that fits counts. */
const CLAIMS: Array<[RegExp, Claim]> = [
	[/\. (Already taken off: |No user had been taken off)/, 'cleared'],
	[/^Trunk group '.*' already exists, so '.*' was not renamed/, 'taken'],
	[/^Trunk group '.*' already exists/, 'there'],
	[/Odin has the trunk group, but with other values: /, 'there'],
	[/Odin has the trunk group as '.*', but not as asked: /, 'renamed'],
	[/Odin has (no trunk group '|the trunk group neither as ')/, 'absent'],
	[/(\. Afterwards|; after the last attempt) the trunk group did not exist$/, 'absent'],
	[/^Odin confirmed creating .*, but the trunk group cannot be found$/, 'absent'],
	[
		/(\. Afterwards|; after the last attempt) (the change did not show|the trunk group (still had its old name|was still there))$/,
		'undone',
	],
	[
		/^Odin confirmed .*, but (shows other values: |does not show |still has it$|the trunk group still has its old name$)/,
		'undone',
	],
	[
		/^The outcome is unknown: |The outcome of an earlier attempt is unknown|, but the result could not be read\. /,
		'unknown',
	],
	// A proxy answers so for an Odin that may have done it.
	[/^Odin is too busy to .* \(HTTP 503\)/, 'unknown'],
	[/^Trunk group '.*' can't be turned up: /, 'untouched'],
	[/, so .* could not be [a-z]+( (to|from|off|for) .*)?(\.|$)/, 'untouched'],
	[
		/^Odin (refused to|could not|is too busy to|does not allow|rejected the session token) /,
		'untouched',
	],
];

/** Undefined for a message that none of this is written for: then these checks have to learn it. */
export const claimOf = (message: string): Claim | undefined =>
	CLAIMS.find(([pattern]) => pattern.test(message))?.[1];

/** A description may say more than its message. */
export const claimsUntouched = (description: string): boolean =>
	/\bNothing was (done|sent|written|created|changed)\b/.test(description);

/** Who is named as taken off the trunk group: "pilot user x", "user x", "hosted users x, y". */
export const takenOff = (message: string): string[] =>
	/\. Already taken off: (.*)$/.exec(message)?.[1]?.split('; ') ?? [];

export interface StoppedMessage {
	/** What is said of the items that were not done; of several that share it, without a name */
	failures: Array<{ item: number; message: string }>;
	/** Names of trunk groups that were done */
	done: string[];
	/** Items that were not tried */
	untried: number[];
}

/** The items of "3, 5 to 7". */
export const itemsIn = (ranges: string): number[] =>
	ranges.split(', ').flatMap((range) => {
		const [from, to = from] = range.split(' to ').map(Number);
		return range === '' ? [] : Array.from({ length: to! - from! + 1 }, (_, index) => from! + index);
	});

/** Takes the message apart that a node with several items ends with which stops at an error. */
export function readStopped(message: string, description: string): StoppedMessage {
	const causes = message.split(/\. (?:Done: items? |No other item was done)/)[0] ?? '';
	const failures = causes.split(/; (?=Items? \d)/).flatMap((line) => {
		const [, ranges = '', text = ''] = /^Items? ([\d, to]+): (.*)$/s.exec(line) ?? [];
		return itemsIn(ranges).map((item) => ({ item, message: text }));
	});
	const names = /\bDone: (trunk group '.*?)(?:\. (?:Outcome unknown|Not )|$)/s.exec(
		description,
	)?.[1];
	const done = (names ?? '').matchAll(/'([^']*)' \(item \d+\)/g);
	const untried = itemsIn(/Not tried: items? ([\d, to]+)/.exec(message)?.[1] ?? '');
	return { failures, done: [...new Set([...done].map(([, name]) => name!))], untried };
}
