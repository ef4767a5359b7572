import { Deadline } from '../../../nodes/Odin/transport/deadline';

const LONG_MS = 60_000;

/** Resolves when a deadline has ended its request. */
const ended = async ({ signal }: Deadline): Promise<void> =>
	await new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

describe('the time of a request', () => {
	it('ends the one whose time is over, and no other', async () => {
		const long = new Deadline(LONG_MS, undefined);
		const [short, shorter] = [new Deadline(30, undefined), new Deadline(10, undefined)];
		await Promise.all([ended(short), ended(shorter)]);
		expect([short, shorter, long].map(({ isOver }) => isOver)).toEqual([true, true, false]);
		expect(long.signal.aborted).toBe(false);
		long.end();
	});

	it('is of no matter once the answer is there', async () => {
		const answered = new Deadline(5, undefined);
		answered.end();
		await ended(new Deadline(30, undefined));
		expect([answered.isOver, answered.signal.aborted]).toEqual([false, false]);
	});

	it('stands still during a login, and begins anew after it', async () => {
		const deadline = new Deadline(10, undefined);
		const order: string[] = [];
		const over = ended(deadline).then(() => order.push('over'));
		const login = ended(new Deadline(60, undefined)).then(() => order.push('login'));
		await deadline.pausedFor(login);
		expect(deadline.isOver).toBe(false);
		await over;
		expect(order).toEqual(['login', 'over']);
	});

	it('ends with the execution, which is not over time', () => {
		const stop = new AbortController();
		const deadline = new Deadline(LONG_MS, stop.signal);
		stop.abort();
		expect([deadline.signal.aborted, deadline.isOver]).toEqual([true, false]);
		expect(new Deadline(LONG_MS, stop.signal).signal.aborted).toBe(true);
		deadline.end();
	});

	it('costs no timer a request: each would be kept until it is over', () => {
		const first = new Deadline(LONG_MS, undefined);
		const timers = jest.spyOn(AbortSignal, 'timeout');
		for (let request = 0; request < 100; request += 1) new Deadline(LONG_MS, undefined).end();
		expect(timers).not.toHaveBeenCalled();
		timers.mockRestore();
		first.end();
	});
});
