import type { OdinLoginError } from './loginError';

/** Where the session of one execution stands. Plain values: what happens is in the tables below. */
export interface SessionState {
	readonly login: LoginState;
	readonly rights: RightsState;
	/** What requests are sent with; empty unless there is a session */
	readonly token: string;
	/** Tokens that were given up */
	readonly spent: ReadonlySet<string>;
	/** How many logins failed since Odin last answered anything else, and the last one of them */
	readonly failedLogins: number;
	readonly loginFailure?: OdinLoginError;
	/** Fresh tokens that were answered with 403 before anything was allowed */
	readonly fruitless: ReadonlySet<string>;
	/** When `paused` and `missing` end */
	readonly pausedUntil: number;
	readonly missingUntil: number;
	/** Odin kept no session, however often it was renewed: more retries would only end the sessions of others */
	readonly isContested: boolean;
}

export type LoginState =
	/** There is a token, and nothing speaks against it */
	| 'signedIn'
	/** Odin refused the token, and n8n's database is read for one that another worker got */
	| 'renewing'
	/** There is no token: the next request brings a login with it */
	| 'signedOut'
	/** The login failed too often: nothing is sent for a while, since the other items would wait as long for nothing */
	| 'paused'
	/** Odin refused the login: trying it for every item could lock the administrator out */
	| 'refused';

export type RightsState =
	/** Nothing was allowed so far */
	| 'unproven'
	/** Odin has done something it was asked for, so a 403 to everything means that the session has ended */
	| 'proven'
	/** Several new sessions got nothing but 403: it counts as missing rights, and no login is spent on it */
	| 'missing';

export type SessionEvent =
	| { type: 'tokenIssued'; token: string }
	/** What n8n's database has, once it was read */
	| { type: 'tokenStored'; token: string }
	/** Odin showed that the session of this token has ended */
	| { type: 'tokenRefused'; token: string }
	| { type: 'loginFailed'; failure: OdinLoginError }
	/** A request was sent as often as it may be, and there is still no login */
	| { type: 'loginGivenUp'; tries: number }
	/** A request was sent as often as it may be, and no session lived long enough */
	| { type: 'sessionGivenUp' }
	/** Odin answered a request, whatever */
	| { type: 'answered' }
	/** Odin did what it was asked for */
	| { type: 'allowed' }
	/** HTTP 403, whose words do not say why. A token is fresh that was issued for this request or while it waited */
	| { type: 'forbidden'; token: string; isFresh: boolean }
	/** Whether Odin had the session after the 403 */
	| { type: 'sessionChecked'; isAlive: boolean };

export type SessionAction =
	/** The answer stands */
	| 'accept'
	/** The session has ended */
	| 'renew'
	/** Ask Odin whether it still has the session */
	| 'check'
	/** The same, once for all requests that the token was issued for */
	| 'checkOnce'
	| 'readStore';

interface Transition {
	change?: Partial<SessionState>;
	action?: SessionAction;
}

/** What an event brings about; one that is not listed, nothing. */
type Row = {
	[T in SessionEvent['type']]?: (
		state: SessionState,
		event: Extract<SessionEvent, { type: T }>,
		now: number,
	) => Transition;
};

/** Short: what comes after an outage of the login should succeed. */
const LOGIN_PAUSE_MS = 5000;

/** Fresh tokens answered 403 before we conclude that the rights are missing; one or two may have been ended by others. */
const MAX_FRUITLESS = 3;

/** How long that conclusion holds. It can be wrong: somebody else may have ended each of these sessions. */
const MISSING_RIGHTS_MS = 30_000;

const signIn = (_: SessionState, { token }: { token: string }): Transition => ({
	change: { login: 'signedIn', token },
});

/** Items that wait for the same login share its failure. */
const countFailure = (
	{ loginFailure, failedLogins }: SessionState,
	{ failure }: { failure: OdinLoginError },
): Transition => ({
	change: {
		...(!failure.isTransient && { login: 'refused' }),
		loginFailure: failure,
		failedLogins: failedLogins + (failure === loginFailure ? 0 : 1),
	},
});

const LOGIN: Record<LoginState, Row> = {
	signedIn: {
		tokenIssued: signIn,
		tokenRefused: (state, { token }) =>
			// Otherwise another request has renewed the session already.
			token === state.token
				? {
						change: { login: 'renewing', spent: new Set([...state.spent, token]) },
						action: 'readStore',
					}
				: {},
	},
	renewing: {
		tokenIssued: signIn,
		tokenRefused: () => ({ action: 'readStore' }),
		tokenStored: (state, { token }) =>
			token === '' || state.spent.has(token)
				? { change: { login: 'signedOut', token: '' } }
				: { change: { login: 'signedIn', token } },
	},
	signedOut: {
		tokenIssued: signIn,
		loginFailed: countFailure,
		loginGivenUp: ({ failedLogins }, { tries }, now) =>
			// That a request has used up its retries is not enough: most may have been for something else.
			failedLogins >= tries
				? { change: { login: 'paused', pausedUntil: now + LOGIN_PAUSE_MS } }
				: {},
	},
	paused: {
		tokenIssued: signIn,
		loginFailed: countFailure,
	},
	refused: {},
};

/**
 * The first 403 of an execution costs a new login, whatever Odin would say. Later ones are missing rights as long as
 * Odin still has the session.
 */
const judge = (
	{ spent }: SessionState,
	{ token, isFresh }: { token: string; isFresh: boolean },
): Transition => {
	if (spent.size === 0 || spent.has(token)) return { action: 'renew' };
	return { action: isFresh ? 'checkOnce' : 'check' };
};

const prove = (): Transition => ({ change: { rights: 'proven', fruitless: new Set() } });
const believeCheck = (_: SessionState, { isAlive }: { isAlive: boolean }): Transition => ({
	action: isAlive ? 'accept' : 'renew',
});

const RIGHTS: Record<RightsState, Row> = {
	unproven: {
		allowed: prove,
		// An administrator without any rights may not even ask for his session, which looks like one that has ended.
		forbidden: (state, event, now) => {
			const fruitless = new Set(state.fruitless);
			if (event.isFresh) fruitless.add(event.token);
			if (fruitless.size < MAX_FRUITLESS) return { change: { fruitless }, ...judge(state, event) };
			const missingUntil = now + MISSING_RIGHTS_MS;
			return {
				change: { rights: 'missing', missingUntil, fruitless: new Set() },
				action: 'accept',
			};
		},
		sessionChecked: believeCheck,
	},
	proven: {
		forbidden: judge,
		sessionChecked: believeCheck,
	},
	missing: {
		allowed: prove,
		forbidden: () => ({ action: 'accept' }),
		sessionChecked: () => ({ action: 'accept' }),
	},
};

const IN_ANY_STATE: Row = {
	answered: ({ failedLogins }) => (failedLogins > 0 ? { change: { failedLogins: 0 } } : {}),
	sessionGivenUp: () => ({ change: { isContested: true } }),
};

/** What becomes of the session, and what is to be done. */
export function transition(
	before: SessionState,
	event: SessionEvent,
	now: number,
): { state: SessionState; action?: SessionAction } {
	const state = atTime(before, now);
	const rule =
		LOGIN[state.login][event.type] ?? RIGHTS[state.rights][event.type] ?? IN_ANY_STATE[event.type];
	const { change, action } = rule?.(state, event as never, now) ?? {};
	return { state: change ? { ...state, ...change } : state, ...(action && { action }) };
}

/** Two states end with time. */
export function atTime(state: SessionState, now: number): SessionState {
	const isPauseOver = state.login === 'paused' && now >= state.pausedUntil;
	const isBelievedAgain = state.rights === 'missing' && now >= state.missingUntil;
	if (!isPauseOver && !isBelievedAgain) return state;
	return {
		...state,
		...(isPauseOver && { login: 'signedOut' }),
		...(isBelievedAgain && { rights: 'unproven' }),
	};
}

export const sessionWith = (token: string): SessionState => ({
	login: token === '' ? 'signedOut' : 'signedIn',
	rights: 'unproven',
	token,
	spent: new Set(),
	failedLogins: 0,
	fruitless: new Set(),
	pausedUntil: 0,
	missingUntil: 0,
	isContested: false,
});
