/** What a message says about the trunk group of its item. */
export type Claim =
	/** Odin has it */
	| 'there'
	/** Odin does not have it */
	| 'absent'
	/** Odin has done what was asked */
	| 'done'
	/** It may or may not be there, without its pilot user */
	| 'cleared'
	/** The item has changed nothing in Odin */
	| 'untouched'
	/** It may or may not have been done */
	| 'unknown';

/** The first that fits counts. */
const CLAIMS: Array<[RegExp, Claim]> = [
	[/There is already a trunk group '/, 'there'],
	[/Odin has trunk group '.*, but with other values of /, 'there'],
	[/Odin has no trunk group '/, 'absent'],
	[/(Right afterwards|right after the last one) Odin did not have trunk group '/, 'absent'],
	[/^Odin accepted to (create|update) /, 'done'],
	[/\b(It is still there, but|Before that it) was cleared of: /, 'cleared'],
	[
		/\bnot known\b|^The outcome is unknown: |The outcome of an earlier attempt is unknown/,
		'unknown',
	],
	[/, so .* could not be [a-z]+$/, 'untouched'],
	[
		/^Odin (refused to|was not able to|could not|is too busy to|does not allow|rejected the session token|was not asked to) /,
		'untouched',
	],
];

/** Undefined for a message that none of this is written for: then these checks have to learn it. */
export const claimOf = (message: string): Claim | undefined =>
	CLAIMS.find(([pattern]) => pattern.test(message))?.[1];

/** A description may say more than its message. */
export const claimsUntouched = (description: string): boolean =>
	/\bNothing was (done|sent|written|created|changed)\b/.test(description);

export interface StoppedMessage {
	/** What is said of the items that were not done; of several that share it, without a name */
	failures: Array<{ item: number; message: string }>;
	/** Names of trunk groups that were done */
	done: string[];
	/** Items that were not tried */
	untried: number[];
}

/** The items of "3, 5 to 7". */
const itemsIn = (ranges: string): number[] =>
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
