import { MAX_WAIT_MS, retryAfterMs } from '../../../nodes/Odin/transport/repeating';

const DATE = 'Tue, 24 Nov 2026 08:00:00 GMT';
const LATER = 'Tue, 24 Nov 2026 08:02:00 GMT';

test('a wait of two minutes is kept, a longer one is not', () => {
	expect(retryAfterMs({ 'retry-after': '120' })).toBe(MAX_WAIT_MS);
	expect(retryAfterMs({ 'retry-after': LATER, date: DATE })).toBe(MAX_WAIT_MS);
	expect(retryAfterMs({ 'retry-after': '121' })).toBeGreaterThan(MAX_WAIT_MS);
});

test('a date is held against the clock of the server, or of this machine where the server tells none', () => {
	const wait = { 'retry-after': 'Tue, 24 Nov 2026 08:00:05 GMT' };
	expect(retryAfterMs({ ...wait, date: DATE }, 0)).toBe(5_020);
	expect(retryAfterMs(wait, Date.parse(DATE))).toBe(5_020);
	expect(retryAfterMs({ 'retry-after': DATE }, Date.parse(LATER))).toBe(20);
});

test.each(['', 'soon', '-1', '1e3'])('%j makes nobody wait', (value) => {
	expect(retryAfterMs({ 'retry-after': value, date: DATE }) ?? 0).toBeLessThanOrEqual(20);
});
