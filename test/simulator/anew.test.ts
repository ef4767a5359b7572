/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';

import { type Simulator, startSimulator } from '../../simulator';
import { createBody, HQ } from './documentedTrunkGroup';
import { clientOf, logIn } from './odinClient';

const PATH = '/groups/trunk-groups';

/** All that can be seen of a simulator at its beginning. */
const seen = ({ network, requests, username, password, ...simulator }: Simulator): string =>
	inspect([network, requests, username, password, simulator.logins(), simulator.peakInFlight()], {
		depth: Infinity,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
	});

test('a simulator begins anew, whatever became of the one before', async () => {
	const first = await startSimulator();
	const beginning = seen(first);
	const { token, ...client } = await logIn(first);
	first.configure({
		username: 'other',
		password: 'other',
		readLagMs: 100_000,
		rateLimit: { requestsPerSecond: 3 },
		storesNames: 'lowerCase',
	});
	await client.post(PATH, createBody({ name: 'Left-Over' }));
	first.network.reportShape = 'both';
	first.network.systemSipPasswordRules.minLength = 99;
	first.network.user('anna.adler@example.com')!.firstName = 'Another';
	for (const store of Object.values(first.network.stores))
		store.add({ userId: 'left-over' } as never);
	first.addFault({ kind: 'hang', method: 'DELETE', times: Infinity });
	first.injectFault(() => ({ kind: 'status' }));
	const hanging = client.delete(PATH, { ...HQ, name: 'Left-Over' });
	const ended = expect(hanging).rejects.toThrow();
	while (first.requests.at(-1)?.method !== 'DELETE') await pause(5);
	await first.close();
	await ended;

	const second = await startSimulator();
	expect(second.network).toBe(first.network);
	expect(seen(second)).toBe(beginning);
	expect((await clientOf(second, token).get(PATH, HQ)).status).toBe(401);
	const answers = await Promise.all(
		Array.from({ length: 9 }, async () => await (await logIn(second)).get(PATH, HQ)),
	);
	expect(answers.map(({ status, data }) => [status, data])).toEqual(answers.map(() => [200, []]));
	await (await logIn(second)).post(PATH, createBody({ name: 'seen' }));
	const { data } = await (await logIn(second)).get(PATH, HQ);
	expect(data).toEqual([expect.objectContaining({ name: 'seen' })]);
	const rateLimit = { requestsPerSecond: 1 };
	second.configure({ rateLimit });
	expect((await clientOf(second).get('/')).status).toBe(404);
	await second.close();

	const third = await startSimulator({ rateLimit });
	expect((await clientOf(third).get('/')).status).toBe(404);
	expect((await clientOf(third).get('/')).status).toBe(429);
	await third.close();
});
