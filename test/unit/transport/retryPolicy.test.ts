import fc from 'fast-check';
import { backoffMs, MAX_WAIT_MS, retryAfterMs } from '../../../nodes/Odin/transport/retryPolicy';

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
