import fc from 'fast-check';
import {
	backoffMs,
	MAX_WAIT_MS,
	nextStep,
	retryAfterMs,
	waitBeforeRetry,
	type FailedTry,
} from '../../../nodes/Odin/transport/retryPolicy';

const NOW = Date.parse('Tue, 24 Nov 2026 10:00:00 GMT');
const inHttp = (milliseconds: number): string => new Date(milliseconds).toUTCString();

describe('Retry-After', () => {
	it('in seconds is never cut short, and hardly prolonged', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
				const wait = retryAfterMs({ 'retry-after': `${seconds}` }, NOW) ?? -1;
				expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
				expect(wait).toBeLessThan(seconds * 1000 + 100);
			}),
		);
	});

	it('as a date counts from the clock of the server, whatever the own one says', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 86_400 }), fc.integer(), (seconds, ownNow) => {
				const headers = { date: inHttp(NOW), 'retry-after': inHttp(NOW + seconds * 1000) };
				const wait = retryAfterMs(headers, ownNow) ?? -1;
				expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
				expect(wait).toBeLessThan(seconds * 1000 + 100);
			}),
		);
	});

	it.each(['Tue, 24 Nov 2026 10:00:07 GMT', 'Tuesday, 24-Nov-26 10:00:07 GMT'])(
		'as a date without the clock of the server counts from the own one: %s',
		(date) => {
			expect(retryAfterMs({ 'retry-after': date }, NOW)).toBeGreaterThanOrEqual(7000);
		},
	);

	it('as a date that is over asks for nothing: the own wait is kinder than none', () => {
		const over = { 'retry-after': inHttp(NOW) };
		expect(retryAfterMs(over, NOW + 60_000)).toBeUndefined();
		expect(retryAfterMs({ ...over, date: inHttp(NOW + 1000) }, 0)).toBeUndefined();
	});

	it('of two minutes is kept, a longer one is not', () => {
		expect(retryAfterMs({ 'retry-after': '120' })).toBe(MAX_WAIT_MS);
		const asDate = { 'retry-after': inHttp(NOW + 120_000), date: inHttp(NOW) };
		expect(retryAfterMs(asDate)).toBe(MAX_WAIT_MS);
		expect(retryAfterMs({ 'retry-after': '121' })).toBeGreaterThan(MAX_WAIT_MS);
	});

	it.each(['', 'soon', '-5', '5, 10', 'in 5 seconds', '1e3', 'NaN', 'Infinity'])(
		'that nobody can read is none: %j',
		(value) => expect(retryAfterMs({ 'retry-after': value }, NOW)).toBeUndefined(),
	);
});

describe('without it the wait', () => {
	const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

	it('doubles from half a second to half a minute, with jitter of half up and down', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2000 }), unit, (repeat, random) => {
				const middle = Math.min(500 * 2 ** repeat, 30_000);
				const wait = backoffMs(repeat, random);
				expect(wait).toBeGreaterThanOrEqual(middle / 2);
				expect(wait).toBeLessThanOrEqual(middle * 1.5);
				expect(wait).toBeLessThan(MAX_WAIT_MS);
			}),
		);
	});

	it('is not the same for all', () => {
		expect(new Set(Array.from({ length: 50 }, () => backoffMs(0))).size).toBeGreaterThan(10);
	});
});

describe('what comes after a failure', () => {
	const BUSY = { kind: 'busy', isTransient: true, retryAfterMs: 7, sessionEnded: false } as const;
	const LOST = { ...BUSY, kind: 'lost' } as const;
	const REFUSED = { ...BUSY, kind: 'refused', isTransient: false } as const;
	const ENDED = { ...BUSY, kind: 'session', sessionEnded: true } as const;
	const ENDED_AND_OPEN = { ...LOST, sessionEnded: true } as const;
	const again = { step: 'renew', sendAgain: true };
	const handBack = { step: 'renew', sendAgain: false };
	const retry = { step: 'retry', afterMs: 7 };
	const giveUp = { step: 'giveUp' };
	const FIRST: FailedTry = {
		isWrite: true,
		failure: BUSY,
		retries: 0,
		renewals: 0,
		isTokenFresh: false,
		isGivenUp: false,
		maxRetries: 4,
	};

	test.each<[string, Partial<FailedTry>, object]>([
		['busy', {}, retry],
		['busy, a read', { isWrite: false }, retry],
		['lost, a read', { isWrite: false, failure: LOST }, retry],
		['lost, a write', { failure: LOST }, giveUp],
		['refused', { failure: REFUSED }, giveUp],
		['the last retry', { retries: 3 }, retry],
		['retries used up', { retries: 4 }, giveUp],
		['no retries wanted', { maxRetries: 0 }, giveUp],
		[
			'the longest wait',
			{ failure: { ...BUSY, retryAfterMs: MAX_WAIT_MS } },
			{ ...retry, afterMs: MAX_WAIT_MS },
		],
		['a longer one', { failure: { ...BUSY, retryAfterMs: MAX_WAIT_MS + 1 } }, giveUp],
		['no login is tried now', { failure: { ...BUSY, kind: 'login' }, isGivenUp: true }, giveUp],
		['session ended', { failure: ENDED }, again],
		['session ended, a write of unknown outcome', { failure: ENDED_AND_OPEN }, handBack],
		['session ended, a read', { isWrite: false, failure: ENDED_AND_OPEN }, again],
		['session ended, without retries', { failure: ENDED, maxRetries: 0 }, again],
		['session ended, retries used up', { failure: ENDED, retries: 4 }, again],
		['session ended, kept by none', { failure: ENDED, isGivenUp: true }, again],
		['a first fresh session ended', { failure: ENDED, isTokenFresh: true }, again],
		['a session ended that others renewed', { failure: ENDED, renewals: 2 }, again],
		['the third of those', { failure: ENDED, renewals: 3 }, retry],
		['a renewed session ended at once', { failure: ENDED, isTokenFresh: true, renewals: 1 }, retry],
		[
			'a renewed session ended at once, as for others',
			{ failure: ENDED, isTokenFresh: true, renewals: 1, isGivenUp: true },
			giveUp,
		],
		[
			'a renewed session ended at once, retries used up',
			{ failure: ENDED, isTokenFresh: true, renewals: 1, retries: 4 },
			giveUp,
		],
		[
			'a renewed session ended at once, a write of unknown outcome',
			{ failure: ENDED_AND_OPEN, isTokenFresh: true, renewals: 1 },
			giveUp,
		],
	])('%s', (_, failed, step) => {
		expect(nextStep({ ...FIRST, ...failed })).toEqual(step);
	});

	test('without a wish of Odin the waits grow', () => {
		const waits = [0, 1, 2].map((retries) => waitBeforeRetry({}, retries, 3) ?? 0);
		[250, 500, 1000].forEach((least, retry) => expect(waits[retry]).toBeGreaterThanOrEqual(least));
		expect(waitBeforeRetry({}, 3, 3)).toBeUndefined();
	});

	test('a create that met the end of a session is sent once more than Max Retries, the first time at once', () => {
		expect(waitBeforeRetry({ sessionEnded: true }, 0, 0)).toBe(0);
		expect(waitBeforeRetry({ sessionEnded: true }, 1, 1)).toBeGreaterThan(0);
		expect(waitBeforeRetry({ sessionEnded: true }, 1, 0)).toBeUndefined();
	});
});
