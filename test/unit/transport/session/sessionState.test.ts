import { OdinLoginError } from '../../../../nodes/Odin/transport/session/loginError';
import {
	atTime,
	sessionWith,
	transition,
	type SessionAction,
	type SessionEvent,
	type SessionState,
} from '../../../../nodes/Odin/transport/session/sessionState';

const REFUSED = new OdinLoginError('Wrong password');
const BUSY = new OdinLoginError('Too busy', { isTransient: true });
const BUSY_AGAIN = new OdinLoginError('Too busy', { isTransient: true });

/** An event, and how many milliseconds after the one before it happens. */
type Happening = SessionEvent | [wait: number, SessionEvent];

/** What becomes of a session that began with a token, and each action. */
function after(token: string, ...happenings: Happening[]) {
	let state = sessionWith(token);
	let now = 1_000_000;
	const actions: Array<string | undefined> = [];
	for (const happening of happenings) {
		const [wait, event] = Array.isArray(happening) ? happening : [0, happening];
		now += wait;
		const { state: next, action } = transition(state, event, now);
		state = next;
		actions.push(action);
	}
	return { state, actions, last: actions.at(-1), now };
}

const issued = (token: string): SessionEvent => ({ type: 'tokenIssued', token });
const stored = (token: string): SessionEvent => ({ type: 'tokenStored', token });
const refused = (token: string): SessionEvent => ({ type: 'tokenRefused', token });
const failed = (failure: OdinLoginError): SessionEvent => ({ type: 'loginFailed', failure });
const forbidden = (token: string, isFresh = false): SessionEvent => ({
	type: 'forbidden',
	token,
	isFresh,
});
const checked = (isAlive: boolean): SessionEvent => ({ type: 'sessionChecked', isAlive });
const loginGivenUp = (tries: number): SessionEvent => ({ type: 'loginGivenUp', tries });
const ALLOWED: SessionEvent = { type: 'allowed' };
const ANSWERED: SessionEvent = { type: 'answered' };
/** A new session that gets nothing but 403. */
const barren = (token: string): SessionEvent[] => [issued(token), forbidden(token, true)];

describe('the login', () => {
	test.each<[string, string, Happening[], Partial<SessionState> & { action?: SessionAction }]>([
		['without a token', '', [], { login: 'signedOut', token: '' }],
		['with a token', 'a', [], { login: 'signedIn', token: 'a' }],
		['issued', '', [issued('a')], { login: 'signedIn', token: 'a' }],
		['refused', 'a', [refused('a')], { login: 'renewing', token: 'a', action: 'readStore' }],
		[
			'refused twice: the second waits',
			'a',
			[refused('a'), refused('a')],
			{ login: 'renewing', action: 'readStore' },
		],
		[
			'refused, though another one is used already',
			'b',
			[refused('a')],
			{ login: 'signedIn', token: 'b' },
		],
		['got by another worker', 'a', [refused('a'), stored('b')], { login: 'signedIn', token: 'b' }],
		[
			'stored is the refused one',
			'a',
			[refused('a'), stored('a')],
			{ login: 'signedOut', token: '' },
		],
		['stored is none', 'a', [refused('a'), stored('')], { login: 'signedOut', token: '' }],
		[
			'stored was refused before',
			'a',
			[refused('a'), stored('b'), refused('b'), stored('a')],
			{ login: 'signedOut', token: '' },
		],
		[
			'refused after that changes nothing',
			'a',
			[refused('a'), stored(''), refused('a')],
			{ login: 'signedOut' },
		],
		[
			'refused by its password: for good',
			'',
			[failed(REFUSED), [1e9, ANSWERED]],
			{ login: 'refused' },
		],
		['that fails for now', '', [failed(BUSY)], { login: 'signedOut', failedLogins: 1 }],
		['that fails once for two requests', '', [failed(BUSY), failed(BUSY)], { failedLogins: 1 }],
		['that fails twice', '', [failed(BUSY), failed(BUSY_AGAIN)], { failedLogins: 2 }],
		['that fails, and Odin answers', '', [failed(BUSY), ANSWERED], { failedLogins: 0 }],
		['given up too early', '', [failed(BUSY), loginGivenUp(2)], { login: 'signedOut' }],
		[
			'given up',
			'',
			[failed(BUSY), failed(BUSY_AGAIN), loginGivenUp(2)],
			{ login: 'paused', loginFailure: BUSY_AGAIN },
		],
		[
			'given up, and under way elsewhere',
			'',
			[failed(BUSY), loginGivenUp(1), issued('a')],
			{ login: 'signedIn' },
		],
		[
			'given up, then refused',
			'',
			[failed(BUSY), loginGivenUp(1), failed(REFUSED)],
			{ login: 'refused' },
		],
		[
			'given up for five seconds',
			'',
			[failed(BUSY), loginGivenUp(1), [4999, ANSWERED]],
			{ login: 'paused' },
		],
		[
			'and no longer',
			'',
			[failed(BUSY), loginGivenUp(1), [5000, ANSWERED]],
			{ login: 'signedOut' },
		],
		[
			'given up again does not prolong that',
			'',
			[failed(BUSY), loginGivenUp(1), [4000, loginGivenUp(1)], [1000, ANSWERED]],
			{ login: 'signedOut' },
		],
	])('%s', (_, token, happenings, expected) => {
		const { state, last } = after(token, ...happenings);
		expect({ ...state, action: last }).toMatchObject({ action: undefined, ...expected });
	});

	test('is tried again as soon as the pause is over, without any event', () => {
		const { state, now } = after('', failed(BUSY), loginGivenUp(1));
		expect([4999, 5000].map((wait) => atTime(state, now + wait).login)).toEqual([
			'paused',
			'signedOut',
		]);
	});
});

describe('HTTP 403', () => {
	/** Once one was refused: after the first 403 of an execution, or an expiry. */
	const renewed = [refused('a'), stored(''), issued('b')];

	test.each<[string, string, Happening[], string]>([
		['the first one of an execution costs a login', 'a', [forbidden('a')], 'renew'],
		['so does one with a token that is given up', 'a', [...renewed, forbidden('a')], 'renew'],
		['later ones are asked about', 'a', [...renewed, forbidden('b')], 'check'],
		['those of a fresh token together', 'a', [...renewed, forbidden('b', true)], 'checkOnce'],
		[
			'with a live session: missing rights',
			'a',
			[...renewed, forbidden('b'), checked(true)],
			'accept',
		],
		['with one that is over', 'a', [...renewed, forbidden('b'), checked(false)], 'renew'],
		[
			'and nothing else, to three new sessions',
			'a',
			[...renewed, ...['c', 'd', 'e'].flatMap(barren)],
			'accept',
		],
		['to one of them twice', 'a', [...renewed, ...['c', 'd', 'd'].flatMap(barren)], 'checkOnce'],
		['to old sessions', 'a', [...renewed, forbidden('b'), forbidden('c'), forbidden('d')], 'check'],
		[
			'once something was allowed, an ended session is the likelier reason',
			'a',
			[...renewed, ALLOWED, ...['c', 'd', 'e', 'f'].flatMap(barren)],
			'checkOnce',
		],
	])('%s', (_, token, happenings, action) => {
		expect(after(token, ...happenings).last).toBe(action);
	});

	const missing = [...renewed, ...['c', 'd', 'e'].flatMap(barren)];

	test.each<[string, Happening[], string]>([
		['without a question', [forbidden('x')], 'accept'],
		['also of a session that a question was about', [checked(false)], 'accept'],
		['for half a minute', [[29_999, forbidden('x', true)]], 'accept'],
		['and no longer, since it can be wrong', [[30_000, forbidden('x', true)]], 'checkOnce'],
		['until something is allowed', [ALLOWED, forbidden('x', true)], 'checkOnce'],
	])('when rights are missing it is believed %s', (_, happenings, action) => {
		expect(after('a', ...missing, ...happenings).last).toBe(action);
	});
});

test('that Odin keeps no session is known from then on', () => {
	expect(after('a', { type: 'sessionGivenUp' }, ALLOWED, issued('b')).state.isContested).toBe(true);
});
