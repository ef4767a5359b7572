/** An answer of Odin that refuses a request: the JSON body is {error, status, details}. */
export class OdinError extends Error {
	constructor(
		readonly status: number,
		readonly error: string,
		readonly details: string = 'There has been a BroadWorks error.',
		readonly headers: Record<string, string> = {},
	) {
		super(error);
	}

	body(): { error: string; status: number; details: string } {
		return { error: this.error, status: this.status, details: this.details };
	}
}

// BroadWorks numbers of these refusals are not public. These are our own: clients must not depend on them.
const NUMBERS: Readonly<Record<string, number>> = {
	'Service Provider': 4001,
	Group: 4002,
	User: 4008,
	'Access Device': 4505,
	'Access Device Type': 4506,
	Department: 4610,
};

/** Of a thing in BroadWorks' words, a trunk group or any other. */
const numberOf = (thing: string): number => NUMBERS[thing] ?? 5650;

/** 404 when the thing itself was asked for, 400 when a body refers to it. */
export function notFound(thing: string, id: string, status: 400 | 404 = 404): OdinError {
	return new OdinError(status, `[Error ${numberOf(thing)}] ${thing} not found: ${id}`);
}

export function alreadyExists(thing: string, id: string): OdinError {
	return new OdinError(400, `[Error ${numberOf(thing) + 1000}] ${thing} already exists: ${id}`);
}

/** BroadWorks understood the request and does not allow it. */
export function refused(reason: string): OdinError {
	return new OdinError(400, `[Error 5690] ${reason}`);
}

/** The request itself is malformed: Odin answers before it asks BroadWorks. */
export function malformed(reason: string): OdinError {
	return new OdinError(400, reason, 'The request was not passed on to BroadWorks.');
}

export function missingKey(key: string): OdinError {
	return malformed(`Missing required key: ${key}`);
}

export function notAuthorized(task: string): OdinError {
	return new OdinError(403, `Admin is not authorized for ${task}`, 'The rights of the login.');
}
