import type { IDataObject } from 'n8n-workflow';
import type { OdinRequest } from '../transport/httpExchange';
import type { OdinClient } from '../transport/odinClient';
import {
	CHECK_FIRST,
	continued,
	OdinError,
	sentences,
	withUnknownOutcome,
} from '../transport/odinError';
import { doing } from '../transport/subject';

/** What an item has sent, kept for the next try of n8n's Retry On Fail as well. */
export interface Attempt {
	/** Why it is not known whether a write was carried out */
	unknown?: OdinError;
}

/** One write whose outcome can be looked up. */
export interface Write<Seen> {
	request: OdinRequest;
	attempt: Attempt;
	/** What a look shows where it was not carried out, e.g. "the trunk group did not exist" */
	notSeen: string;
	/** The key, for the error item */
	details: IDataObject;
	/**
	 * What Odin shows of the write; undefined when it was not carried out. `patiently`: what answers may lag behind what
	 * wrote, so it is read a few times. Throws OdinError where that can't be told.
	 */
	look(patiently: boolean): Promise<Seen | undefined>;
	/** What Odin shows after its yes, held against what was asked. Throws OdinError. */
	confirm(body: unknown): Promise<Seen>;
}

export type Settled<Seen> = { seen: Seen } | { refused: OdinError };

/**
 * Carries out a write of which, in the end, only what was seen is said. A response that is lost is followed by a look:
 * what was carried out is the result, what was not is sent again, up to Max Retries in all. So is a write that an earlier
 * try left open. Returns Odin's refusal; throws OdinError when the outcome stays unknown.
 */
export async function settle<Seen>(odin: OdinClient, write: Write<Seen>): Promise<Settled<Seen>> {
	const { request, attempt } = write;
	if (attempt.unknown) {
		const seen = await lookAfter(write, attempt.unknown, true);
		if (seen !== undefined) return { seen };
	}
	for (let retries = 0, losses = 1; ; retries += 1, losses += 1) {
		const result = await odin.send(request, retries);
		if (result.ok) return { seen: await confirmed(write, result.body) };
		const { failure: error } = result;
		if (error.kind !== 'lost') {
			const wasUnknown = attempt.unknown !== undefined || result.outcomeUnknown;
			// A proxy may answer 503 for an Odin that did what it was asked.
			if (wasUnknown || error.httpStatus === 503) attempt.unknown ??= error;
			return wasUnknown ? await settleRefused(write, error) : { refused: error };
		}
		attempt.unknown = error;
		const seen = await lookAfter(write, error, false);
		if (seen !== undefined) return { seen };
		retries = result.retries;
		if (!error.isTransient || !(await odin.waitToRetry(error, retries))) {
			const late = await lookAfter(write, error, true);
			if (late !== undefined) return { seen: late };
			throw stillUnknown(write, error, losses);
		}
	}
}

/** Until it is seen, the next try of the node must look for it before it sends. */
async function confirmed<Seen>({ attempt, confirm }: Write<Seen>, body: unknown): Promise<Seen> {
	return await confirm(body).catch(
		rethrown((error) => {
			attempt.unknown = error;
			return error;
		}),
	);
}

/** For a rejected promise: the same error in other words, where it is one of ours. */
const rethrown =
	(reworded: (error: OdinError) => OdinError) =>
	(error: unknown): never => {
		throw error instanceof OdinError ? reworded(error) : error;
	};

/** Reads for an item of which an earlier write is open: that it can't be read leaves that open. */
export async function whileUnknown<Seen>(
	{ unknown }: Attempt,
	look: () => Promise<Seen>,
): Promise<Seen> {
	return await look().catch(rethrown((error) => (unknown ? inconclusive(unknown, error) : error)));
}

async function lookAfter<Seen>(
	{ look }: Write<Seen>,
	unknown: OdinError,
	patiently: boolean,
): Promise<Seen | undefined> {
	return await look(patiently).catch(rethrown((error) => inconclusive(unknown, error)));
}

/** What a look tells of a write whose outcome was unknown, and that it stays so. */
function inconclusive(unknown: OdinError, seen: OdinError): OdinError {
	const isOther = seen.kind === 'notApplied';
	// Odin had said yes, and still shows something else.
	if (isOther && unknown.kind === 'notApplied') return seen;
	return unknown.with({
		kind: 'lost',
		message: sentences(
			unknown.message,
			isOther
				? seen.message
				: `Reading it back was inconclusive: ${continued(unknown.message, seen)}`,
		),
		effect: '',
		description: CHECK_FIRST,
		...(isOther && { details: seen.furtherDetails }),
	});
}

/** Odin said no, perhaps because an earlier request, whose outcome is unknown, was carried out. */
async function settleRefused<Seen>(write: Write<Seen>, error: OdinError): Promise<Settled<Seen>> {
	const unknown = withUnknownOutcome(error);
	if (!['refused', 'busy', 'notFound'].includes(error.kind)) return { refused: unknown };
	const notSeen = unknown.with({
		message: sentences(unknown.message, `Afterwards ${write.notSeen}`),
		// Nothing need be wrong with the parameters that Odin's words are about.
		...(error.kind === 'refused' && { description: CHECK_FIRST }),
		details: write.details,
	});
	return await lookAfter(write, unknown, true).then(
		(seen): Settled<Seen> => (seen === undefined ? { refused: notSeen } : { seen }),
		(failed: unknown) => {
			if (failed instanceof OdinError) return { refused: failed };
			throw failed;
		},
	);
}

const stillUnknown = <Seen>(write: Write<Seen>, error: OdinError, sends: number): OdinError =>
	error.with({
		message: sentences(
			error.message,
			sends > 1
				? `Tried ${sends} times; after the last attempt ${write.notSeen}`
				: `Afterwards ${write.notSeen}`,
		),
		details: { ...write.details, tries: sends },
	});

/** Pauses in milliseconds between reads of what Odin does not show yet; 2 seconds in all. */
const PAUSES_MS = [100, 200, 400, 600, 700];

/** Looks again, for 2 seconds, until something is seen. Throws OdinError. */
export async function lookPatiently<Seen>(
	odin: OdinClient,
	look: () => Promise<Seen | undefined>,
): Promise<Seen | undefined> {
	for (const pause of PAUSES_MS) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (!(await odin.pause(pause))) throw stopped();
	}
	return await look();
}

/** That it was not seen by then says nothing. */
const stopped = (): OdinError =>
	new OdinError({
		kind: 'stopped',
		message: 'The execution was stopped before Odin showed the result',
		description: '',
	});

/** The same after Odin's yes. `done`: what it said yes to, e.g. "deleting trunk group 'x' …". */
export async function lookAfterYes<Seen>(
	odin: OdinClient,
	{ done, details }: { done: string; details: IDataObject },
	look: () => Promise<Seen | undefined>,
): Promise<Seen | undefined> {
	return await lookPatiently(odin, look).catch(
		rethrown(
			(error) =>
				new OdinError({
					kind: 'lost',
					message: `Odin confirmed ${done}, but the result could not be read. ${continued(done, error)}`,
					description: CHECK_FIRST,
					details,
				}),
		),
	);
}

/** A write that asks several things at once. */
interface WriteOfParts<Part> extends Omit<Write<true>, 'look' | 'confirm'> {
	/** Which of them Odin does not show yet. Throws OdinError. */
	left(): Promise<Part[]>;
	/** Odin said yes and does not show these */
	notApplied(left: Part[]): OdinError;
}

/** Carries it out as `settle` does: it is done once nothing is left. */
export async function settleParts<Part>(
	odin: OdinClient,
	{ left, notApplied, ...write }: WriteOfParts<Part>,
): Promise<Settled<true>> {
	let latest: Part[] = [];
	const look = async (): Promise<true | undefined> => {
		latest = await left();
		return latest.length === 0 ? true : undefined;
	};
	return await settle<true>(odin, {
		...write,
		look: async (patiently) => await (patiently ? lookPatiently(odin, look) : look()),
		confirm: async () => {
			const { purpose } = write.request;
			const asked = { done: doing(purpose), details: write.details };
			if (await lookAfterYes(odin, asked, look)) return true;
			throw notApplied(latest);
		},
	});
}
