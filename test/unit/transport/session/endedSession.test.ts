import fc from 'fast-check';
import { readResponse } from '../../../../nodes/Odin/transport/response';
import { saysSessionEnded } from '../../../../nodes/Odin/transport/session/endedSession';

const ends = (status: number, body: unknown): boolean =>
	saysSessionEnded(
		readResponse(status, typeof body === 'string' ? body : JSON.stringify(body), {}),
	);

const STATUSES = [200, 400, 403, 404, 409, 422, 500, 502, 503];

describe('a session that ended', () => {
	test.each([
		'Expired token',
		'Invalid session',
		'Not logged in',
		'Session has expired, please log in again',
		'Your session has timed out.',
		'Invalid token',
		'No token provided',
		'The access token has been revoked',
		'Token is missing or invalid',
		'Session not found',
		'Unknown session',
		'No active session',
		'SESSION_EXPIRED',
		'TokenExpiredError: jwt expired',
		'JWTExpired',
		'JWT expired at 2026-11-24T10:00:00Z. Current time: 2026-11-24T10:00:05Z',
		'401 Unauthorized: session is no longer valid',
		"User 'odin-admin' is not logged in",
		'You have been logged out',
		'You must log in first. Please log in.',
		'Not authenticated',
		'Unauthenticated.',
		'Login required',
		'Full authentication is required to access this resource',
		'Session terminated because you logged in elsewhere',
	])('is known by its words, whatever the status: %s', (words) => {
		for (const status of STATUSES) {
			expect([status, ends(status, { error: words, status })]).toEqual([status, true]);
			expect([status, ends(status, { message: words })]).toEqual([status, true]);
			expect([status, ends(status, words)]).toEqual([status, true]);
		}
		expect(ends(500, { error: 'Bad Request', message: words })).toBe(true);
		expect(ends(200, { success: false, status: 'failed', message: words })).toBe(true);
		expect(ends(400, { error: words, details: `at Servlet.service\n${'x '.repeat(5000)}` })).toBe(
			true,
		);
	});

	test.each([401, 419, 440])('is known by HTTP %i alone', (status) => {
		expect(ends(status, '')).toBe(true);
		expect(ends(status, '<html><body>Sorry</body></html>')).toBe(true);
	});
});

describe('no session that ended', () => {
	test.each([
		"Trunk group 'expired token' already exists",
		'Trunk group "Not logged in" already exists',
		'Trunk group expired token already exists',
		"Invalid value 'session expired' of name",
		'The token of this device is unknown',
		'Invalid device token',
		'Session timer expired',
		'The session refresh interval is invalid',
		'Maximum number of sessions reached',
		'Unexpected token < in JSON at position 0',
		'Invalid CSRF token',
		'Invalid Credentials',
		'Admin is not authorized for Trunk Group',
		'Administrator may not log in',
		'Access denied',
		'Unauthorized',
		'Not found',
		'SIP authentication user name is required',
		'Proxy Authentication Required',
		'',
	])('%j', (words) => {
		for (const status of STATUSES) {
			expect([status, ends(status, { error: words, status })]).toEqual([status, false]);
			expect([status, ends(status, words)]).toEqual([status, false]);
		}
	});

	test.each([
		{ name: 'Expired token', groupId: 'g' },
		{ name: 'sbc', message: 'Expired token' },
		{ name: 'sbc', details: 'Not logged in', errors: [] },
		{ data: { error: 'Expired token' } },
		[{ name: 'Invalid session' }],
		[],
		{},
	])('in the data of a success: %j', (body) => {
		expect(ends(200, body)).toBe(false);
		expect(ends(201, body)).toBe(false);
	});

	test('whatever a body says without any of the words', () => {
		fc.assert(
			fc.property(fc.constantFrom(200, 400, 500), fc.json(), (status, body) => {
				fc.pre(!/session|token|jwt|cookie|log|sign|authentic/i.test(body));
				expect(ends(status, body)).toBe(false);
			}),
		);
	});

	test('nor is a long text looked through for long', () => {
		for (const body of ["'", '“', '"', ' – ', 'aA', '.'].map((part) => part.repeat(50_000))) {
			expect(ends(400, body)).toBe(false);
		}
	});
});
