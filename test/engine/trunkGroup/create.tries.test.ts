import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../simulator';
import { jsonOf } from '../support/creation';
import { useOdin } from '../support/odinRuns';

const odin = useOdin({ loggedIn: true });

const PATH = '/groups/trunk-groups';
const SOON = { 'retry-after': '0' };
const DONE_BEHIND_503: Fault = { kind: 'gatewayAfterWrite', status: 503, headers: SOON };
const BUSY: Fault = { kind: 'status', status: 503, headers: SOON };

const onPost = (...faults: Fault[]): void => {
	for (const fault of faults) odin.simulator.addFault({ ...fault, method: 'POST', path: PATH });
};
const onGet = (fault: Fault, times = 1): void =>
	odin.simulator.addFault({ ...fault, method: 'GET', path: PATH, times });

const DOUBT = /The outcome of an earlier attempt is unknown/g;

/** What the one item says, as message and description. */
async function refusalOf(parameters: IDataObject, tries = 1): Promise<string[]> {
	const { error } = await odin.create({
		parameters: { options: { maxRetries: 1 }, ...parameters },
		node: { retryOnFail: tries > 1, maxTries: 2, waitBetweenTries: 1 },
	});
	return [error?.message ?? '', error?.description ?? ''];
}

const sent = () =>
	odin.simulator.requests.filter(({ path }) => path === PATH).map(({ method }) => method);

describe('Retry On Fail, after a create of unknown outcome', () => {
	const create = async () =>
		await odin.create({
			parameters: { options: { maxRetries: 0 } },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

	beforeEach(() => odin.simulator.addFault({ method: 'GET', path: PATH, kind: 'reset' }));

	it('looks for the trunk group, and sends nothing where it is there as asked', async () => {
		odin.simulator.addFault({ method: 'POST', path: PATH, kind: 'lostAnswer' });
		const run = await create();
		expect(sent()).toEqual(['POST', 'GET', 'GET']);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('looks for the trunk group, and sends it again where it is not there', async () => {
		odin.simulator.addFault({ method: 'POST', path: PATH, kind: 'reset' });
		const run = await create();
		const methods = sent();
		expect(methods.filter((method) => method !== 'GET')).toEqual(['POST', 'POST']);
		expect(methods.at(-1)).toBe('POST');
		expect(methods.slice(1, 3)).toEqual(['GET', 'GET']);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('sends nothing either while it cannot look', async () => {
		odin.simulator.addFault({ method: 'GET', path: PATH, kind: 'reset' });
		odin.simulator.addFault({ method: 'POST', path: PATH, kind: 'reset' });
		const run = await create();
		expect(sent()).toEqual(['POST', 'GET', 'GET']);
		expect(run.error?.message).toMatch(/The outcome is unknown: .*was inconclusive/);
	});
});

describe('a create of which a first try may have been carried out', () => {
	it('is looked for when Odin is too busy in the end, and found', async () => {
		onPost(DONE_BEHIND_503, BUSY);
		const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
		expect(sent()).toEqual(['POST', 'POST', 'GET']);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('says so once when Odin is too busy in the end and does not have it', async () => {
		onPost(BUSY, BUSY);
		const [message, description] = await refusalOf({});
		expect(message).toContain('Odin is too busy to create');
		expect(message?.match(DOUBT)).toHaveLength(1);
		expect(message).toContain('Afterwards the trunk group did not exist');
		expect(description).toMatch(
			/^Check its state in Odin before you run this again\. Run it again later/,
		);
	});

	it('is found where Odin has its name, but at first does not show it', async () => {
		onPost({ kind: 'lostAnswer' });
		const behind: Fault = { kind: 'status', status: 404, body: { error: 'Trunk Group not found' } };
		onGet(behind, 2);
		const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
		expect(sent()).toEqual(['POST', 'GET', 'POST', 'GET', 'GET']);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('is not blamed on the parameters where Odin has its name and never shows it', async () => {
		onPost({ kind: 'lostAnswer' });
		onGet({ kind: 'status', status: 404, body: { error: 'Trunk Group not found' } }, 9);
		const [message, description] = await refusalOf({});
		expect(message).toMatch(/already exists.*Afterwards the trunk group did not exist/);
		expect(description).toBe('Check its state in Odin before you run this again');
	});

	it('says so when Odin has the name and it cannot be read by whom it was created', async () => {
		onPost(DONE_BEHIND_503);
		onGet({ kind: 'html', headers: SOON }, 2);
		const [message, description] = await refusalOf({});
		expect(message).toMatch(/already exists.*Reading it back was inconclusive/i);
		expect(message).toMatch(DOUBT);
		expect(description).toMatch(/^Check its state in Odin/);
		expect(description).not.toContain('Nothing was');
	});

	it.each(['create', 'upsert'])(
		'says so in the next try of Retry On Fail, when it cannot be read there either: %s',
		async (operation) => {
			let isSent = false;
			odin.simulator.injectFault(({ method, path }) => {
				if (path !== PATH) return undefined;
				if (method === 'POST') {
					isSent = true;
					return { kind: 'lostAnswer' };
				}
				return isSent ? { kind: 'html', headers: SOON } : undefined;
			});
			const [message] = await refusalOf({ operation }, 2);
			expect(message).toMatch(/The outcome is unknown: .*was inconclusive: Odin could not read/);
			expect(odin.posts()).toHaveLength(1);
		},
	);

	it('is found by the next try of Retry On Fail, also when Odin was too busy in the end', async () => {
		onPost(DONE_BEHIND_503, BUSY);
		onGet({ kind: 'html', headers: SOON }, 2);
		const run = await odin.create({
			parameters: { options: { maxRetries: 1 } },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.error).toBeUndefined();
		expect(odin.posts()).toHaveLength(2);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('is found by the next try of Retry On Fail, also when Odin accepted it and did not show it', async () => {
		onPost({ kind: 'empty' });
		onGet({ kind: 'html', headers: SOON }, 2);
		const run = await odin.create({
			parameters: { options: { maxRetries: 1 } },
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});
		expect(run.error).toBeUndefined();
		expect(odin.posts()).toHaveLength(1);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	// The last one: it leaves no session behind.
	it('says so when no login comes about for the next try', async () => {
		onPost(DONE_BEHIND_503);
		odin.simulator.injectFault(({ path }) => {
			if (path === '/auth/token') return { kind: 'html', status: 200 };
			odin.simulator.revokeTokens();
			return undefined;
		});
		const [message, description] = await refusalOf({ name: 'without a session' });
		expect(message).toMatch(
			/The login did not succeed, so .* could not be created.*The outcome of an earlier attempt is unknown/,
		);
		expect(description).not.toContain('Nothing was');
		expect(odin.posts()).toHaveLength(2);
	});
});
