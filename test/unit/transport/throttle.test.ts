/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Throttle, type Permit } from '../../../nodes/Odin/transport/throttle';

describe('a throttle', () => {
	const admissionsOf = (throttle: Throttle, count: number, isRetry = false) => {
		const admitted: Array<Permit | undefined> = [];
		const all = Promise.all(
			Array.from({ length: count }, async () => {
				admitted.push(await throttle.acquire(() => false, isRetry));
			}),
		);
		return { admitted, all };
	};

	/** What was decided is carried out. */
	const settled = async () => await new Promise(process.nextTick);

	it('lets requests begin one after the other, up to as many as may be in flight', async () => {
		const throttle = new Throttle({ concurrency: 3, requestsPerSecond: 0 });
		const { admitted, all } = admissionsOf(throttle, 3);
		await settled();
		expect(admitted).toHaveLength(1);
		await all;
		const fourth = admissionsOf(throttle, 1);
		await settled();
		expect(fourth.admitted).toHaveLength(0);
		throttle.release(admitted[0]!);
		await fourth.all;
		expect(fourth.admitted).toEqual([expect.objectContaining({ withLogin: false })]);
	});

	it('lets a retry begin before what was not sent yet', async () => {
		const throttle = new Throttle({ concurrency: 10, requestsPerSecond: 0 });
		const order: string[] = [];
		const acquire = async (name: string, isRetry: boolean) => {
			await throttle.acquire(() => false, isRetry);
			order.push(name);
		};
		await Promise.all([acquire('first', false), acquire('new', false), acquire('retry', true)]);
		expect(order).toEqual(['first', 'retry', 'new']);
	});

	it('lets nobody begin once the execution is stopped', async () => {
		const stop = new AbortController();
		const throttle = new Throttle({ concurrency: 1, requestsPerSecond: 0, signal: stop.signal });
		const { admitted, all } = admissionsOf(throttle, 3);
		await settled();
		stop.abort();
		await all;
		expect(admitted).toEqual([expect.anything(), undefined, undefined]);
		expect(await throttle.acquire(() => false, true)).toBeUndefined();
	});
});
