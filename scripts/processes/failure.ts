/** A reason to end that the user can act on: plain words, and the last lines of whatever failed. */
export class Failure extends Error {
	constructor(
		message: string,
		readonly lastLines: readonly string[] = [],
	) {
		super(message);
	}
}

/** The user asked for the end: Ctrl-C, SIGTERM, a closed terminal. */
export class Interruption extends Error {
	constructor(readonly exitCode: number) {
		super('Interrupted');
	}
}
