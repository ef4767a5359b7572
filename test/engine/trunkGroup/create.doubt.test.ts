import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../simulator';
import { Bench, jsonOf } from '../support/creation';

const bench = Bench.forAllTests();

const PATH = '/groups/trunk-groups';
const SOON = { 'retry-after': '0' };
const DONE_BEHIND_503: Fault = { kind: 'gatewayAfterWrite', status: 503, headers: SOON };
const BUSY: Fault = { kind: 'status', status: 503, headers: SOON };

const onPost = (...faults: Fault[]): void => {
	for (const fault of faults) bench.odin.addFault({ ...fault, method: 'POST', path: PATH });
};
const onGet = (fault: Fault, times = 1): void =>
	bench.odin.addFault({ ...fault, method: 'GET', path: PATH, times });

const DOUBT = /What became of an earlier try of it is not known/g;

/** What the one item says, as message and description. */
async function refusalOf(parameters: IDataObject, tries = 1): Promise<string[]> {
	const { error } = await bench.create({
		parameters: { options: { maxRetries: 1 }, ...parameters },
		node: { retryOnFail: tries > 1, maxTries: 2, waitBetweenTries: 1 },
	});
	return [error?.message ?? '', error?.description ?? ''];
}

describe('a create of which a first try may have been carried out', () => {
	it('says so once, and not that nothing was done, when Odin is too busy in the end', async () => {
		onPost(DONE_BEHIND_503, BUSY);
		const [message, description] = await refusalOf({});
		expect(message).toContain('Odin is too busy to create');
		expect(message?.match(DOUBT)).toHaveLength(1);
		expect(description).toMatch(/^Look in Odin before you run this again\. Run it again later/);
	});

	it('says so when Odin has the name and it cannot be read by whom it was created', async () => {
		onPost(DONE_BEHIND_503);
		onGet({ kind: 'html', headers: SOON }, 2);
		const [message, description] = await refusalOf({});
		expect(message).toContain('There is already a trunk group');
		expect(message).toMatch(DOUBT);
		expect(description).toMatch(/^Look in Odin .*'If Exists'/);
		expect(description).not.toContain('Nothing was');
	});

	it.each(['create', 'upsert'])(
		'says so in the next try of Retry On Fail, when it cannot be read there either: %s',
		async (operation) => {
			let isSent = false;
			bench.odin.injectFault(({ method, path }) => {
				if (path !== PATH) return undefined;
				if (method === 'POST') {
					isSent = true;
					return { kind: 'lostAnswer' };
				}
				return isSent ? { kind: 'html', headers: SOON } : undefined;
			});
			const [message] = await refusalOf({ operation }, 2);
			expect(message).toMatch(/Odin could not read .*What became of an earlier try/);
			expect(bench.posts()).toHaveLength(1);
		},
	);

	it('is found by the next try of Retry On Fail, also when Odin was too busy in the end', async () => {
		onPost(DONE_BEHIND_503, BUSY);
		const run = await bench.create({
			parameters: { options: { maxRetries: 1 } },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.error).toBeUndefined();
		expect(bench.posts()).toHaveLength(2);
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
	});

	it('is found by the next try of Retry On Fail, also when Odin accepted it and did not show it', async () => {
		onPost({ kind: 'empty' });
		onGet({ kind: 'html', headers: SOON }, 2);
		const run = await bench.create({
			parameters: { options: { maxRetries: 1 } },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.error).toBeUndefined();
		expect(bench.posts()).toHaveLength(1);
		expect(jsonOf(run)).toStrictEqual([await bench.profile('sbc')]);
	});

	// The last one: it leaves no session behind.
	it('says so when no login comes about for the next try', async () => {
		onPost(DONE_BEHIND_503);
		bench.odin.injectFault(({ path }) => {
			if (path === '/auth/token') return { kind: 'html', status: 200 };
			bench.odin.revokeTokens();
			return undefined;
		});
		const [message, description] = await refusalOf({ name: 'without a session' });
		expect(message).toMatch(/Odin was not asked to create .*What became of an earlier try/);
		expect(description).not.toContain('Nothing was');
		expect(bench.posts()).toHaveLength(2);
	});
});
