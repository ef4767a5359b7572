import type { IDataObject } from 'n8n-workflow';

/** What a failed request means for what was asked. */
export type ErrorKind =
	/** There is no token, so nothing was sent */
	| 'login'
	/** Odin did not take a token that it had just issued */
	| 'session'
	/** The connection was not made, so nothing was sent */
	| 'unreachable'
	/** Odin will not do it for this administrator */
	| 'forbidden'
	/** Odin said no */
	| 'refused'
	/** Odin does not know what the request names */
	| 'notFound'
	/** Odin is too busy and did nothing */
	| 'busy'
	/** The answer was lost or can't be read: what was asked may or may not have happened */
	| 'lost'
	/** The address answers with another address, which is not followed */
	| 'redirect'
	/** Odin said yes, and shows something else than what was asked */
	| 'notApplied'
	/** The execution was stopped, so nothing was sent */
	| 'stopped'
	/** A parameter can't be used */
	| 'parameter'
	/** What would be done is not the plan of the given plan ID, so nothing was written */
	| 'planDiffers';

export interface ErrorFacts {
	kind: ErrorKind;
	message: string;
	/** What was not done, such as "Nothing was created". It holds for the last request, not for those before it */
	effect?: string;
	/** How to get unstuck */
	description: string;
	/** What it is about, as the message names it */
	about?: string;
	httpStatus?: number;
	/** Odin's own words, without secrets */
	odinMessage?: string;
	/** The same as they came. They are only asked for what they mean, and shown nowhere */
	words?: string;
	/** Further facts for the error item */
	details?: IDataObject;
	/** Whether the same request may get another answer a little later */
	isTransient?: boolean;
	/** Milliseconds that Odin asks to wait before that */
	retryAfterMs?: number;
	/** Whether it is due to a session that has ended */
	sessionEnded?: boolean;
}

const REFUSALS: ReadonlySet<ErrorKind> = new Set(['forbidden', 'notFound', 'refused']);

/** Whether Odin said no, and will say so again. */
export const isRefusal = ({ kind }: OdinError): boolean => REFUSALS.has(kind);

const FATAL: ReadonlySet<ErrorKind> = new Set([
	'login',
	'session',
	'stopped',
	'unreachable',
	'redirect',
]);

/** Whether no other request would fare better after it. */
export const isFatal = ({ kind }: OdinError): boolean => FATAL.has(kind);

/** Two sentences as one text; the first may end with words of Odin that have a full stop of their own. */
export const sentences = (first: string, second: string): string =>
	`${first.endsWith('.') ? first.slice(0, -1) : first}. ${second}`;

/** What follows on a text about the same record or group, which is then not named again. */
export function continued(text: string, { message, about = '' }: OdinError): string {
	if (about !== '' && text.includes(about)) return message.replace(about, 'it');
	const place = /\b(trunk )?group '.*/.exec(about)?.[0] ?? '';
	const noun = place.split(" '")[0]!;
	return place !== '' && text.includes(place) ? message.replace(place, `this ${noun}`) : message;
}

/** Why an item did not work out, in words for the person who runs the workflow. */
export class OdinError extends Error {
	override name = 'OdinError';

	readonly kind: ErrorKind;

	readonly effect: string;

	readonly description: string;

	readonly about: string | undefined;

	readonly httpStatus: number | undefined;

	readonly odinMessage: string | undefined;

	readonly isTransient: boolean;

	readonly retryAfterMs: number | undefined;

	readonly sessionEnded: boolean;

	private readonly further: IDataObject;

	/** Invisible from outside, also to what prints or stores an error. */
	readonly #words: string;

	constructor(facts: ErrorFacts) {
		super(facts.message);
		this.kind = facts.kind;
		this.effect = facts.effect ?? '';
		this.description = facts.description;
		this.about = facts.about;
		this.httpStatus = facts.httpStatus;
		this.odinMessage = facts.odinMessage || undefined;
		this.#words = facts.words ?? facts.odinMessage ?? '';
		this.further = facts.details ?? {};
		this.isTransient = facts.isTransient ?? false;
		this.retryAfterMs = facts.retryAfterMs;
		this.sessionEnded = facts.sessionEnded ?? false;
	}

	/** What was not done, and how to get unstuck. */
	get explanation(): string {
		return [this.effect, this.description].filter(Boolean).join('. ');
	}

	/** The further facts alone. */
	get furtherDetails(): IDataObject {
		return this.further;
	}

	/** The same failure with other words or further facts. */
	with(change: Partial<ErrorFacts>): OdinError {
		return new OdinError({
			kind: this.kind,
			message: this.message,
			effect: this.effect,
			description: this.description,
			about: this.about,
			httpStatus: this.httpStatus,
			odinMessage: this.odinMessage,
			words: this.#words,
			details: this.further,
			isTransient: this.isTransient,
			retryAfterMs: this.retryAfterMs,
			sessionEnded: this.sessionEnded,
			...change,
		});
	}

	/**
	 * Whether Odin's words mean something. They are asked before they were freed of secrets: with a password such as
	 * "a" little is left of them.
	 */
	says(meaning: RegExp): boolean {
		return meaning.test(this.#words);
	}

	/** `details` of an error item. */
	details(): IDataObject {
		return {
			kind: this.kind,
			description: this.explanation,
			...(this.httpStatus !== undefined && { httpStatus: this.httpStatus }),
			...(this.odinMessage !== undefined && { odinMessage: this.odinMessage }),
			...this.further,
		};
	}
}

/** What was asked may have been done. A proxy may answer 503 for an Odin that did what it was asked. */
export const leavesOpen = ({ kind, httpStatus }: OdinError): boolean =>
	kind === 'lost' || httpStatus === 503;

/**
 * A failure of a write of which an earlier try may have been carried out. Like a lost answer it leaves open what
 * happened, unless Odin does not know the thing at all.
 */
export function withUnknownOutcome(failure: OdinError): OdinError {
	if (failure.kind === 'lost') return failure;
	return failure.with({
		kind: failure.kind === 'notFound' ? 'notFound' : 'lost',
		message: sentences(failure.message, 'The outcome of an earlier attempt is unknown'),
		effect: '',
		description: failure.description.startsWith(CHECK_FIRST)
			? failure.description
			: [CHECK_FIRST, failure.description].filter(Boolean).join('. '),
	});
}

export const CHECK_FIRST = 'Check its state in Odin before you run this again';
