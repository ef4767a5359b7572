import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../simulator';
import { DEFAULT_BODY, HOME, jsonOf, said } from '../support/creation';
import { useOdin } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';

const odin = useOdin({ loggedIn: true });

const PATH = '/groups/trunk-groups';
const NOW = { 'retry-after': '0' };
const LOST: Fault = { kind: 'status', status: 500, headers: NOW };
const ALREADY = '[Error 6650] Trunk Group already exists: sbc';

const add = (fields: IDataObject = {}): void => {
	odin.simulator.network.addTrunkGroup({ ...HOME, name: 'sbc', maxActiveCalls: 1, ...fields });
};

/** What happens to the first, second … request of a method. */
function script(method: string, ...steps: Array<Fault | (() => Fault | undefined) | undefined>) {
	const rest = [...steps];
	return (request: { method: string; path: string }): Fault | undefined => {
		if (request.method !== method || request.path !== PATH) return undefined;
		const step = rest.shift();
		return typeof step === 'function' ? step() : step;
	};
}

type Script = ReturnType<typeof script>;
const play = (...scripts: Script[]) =>
	odin.simulator.injectFault((request) =>
		scripts.map((one) => one(request)).find((fault) => fault !== undefined),
	);

const sent = () =>
	odin.simulator.requests.filter(({ path }) => path === PATH).map(({ method }) => method);

/** Carried out so late that the read-back did not see it. */
const lateWrite = (fields: IDataObject = {}) => {
	return (): undefined => add({ ...DEFAULT_BODY, ...fields }) as undefined;
};

describe('a create that is carried out only after it was looked for', () => {
	it('is the result when the next one meets it', async () => {
		play(script('POST', LOST, lateWrite()));
		const run = await odin.create();
		expect(said(run)).toBe('');
		expect(sent()).toEqual(['POST', 'GET', 'POST', 'GET']);
		expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
	});

	it('with other values is not claimed to be the own one, nor that nothing was created', async () => {
		play(script('POST', LOST, lateWrite({ maxActiveCalls: 7 })));
		const run = await odin.create();
		expect(sent()).toEqual(['POST', 'GET', 'POST', 'GET']);
		expect(run.error?.message).toContain(ALREADY);
		expect(run.error?.message).toContain('The outcome of an earlier attempt is unknown');
		expect(run.error?.message).toContain(
			"Odin has the trunk group, but with other values: 'Max Active Calls' is 7, not 1",
		);
		expect(run.error?.description).toContain('Check its state in Odin before you run this again');
		expect(said(run)).not.toContain('Nothing was created');
		expectPlainWords(said(run), ALREADY, 'There has been a BroadWorks error.');
	});

	it('that cannot be read then leaves open what is there', async () => {
		const unreadable: Fault = { kind: 'status', status: 504, headers: NOW };
		play(
			script('POST', LOST, lateWrite()),
			script('GET', undefined, unreadable, unreadable, unreadable),
		);
		const run = await odin.create({ parameters: { options: { maxRetries: 2 } } });
		expect(sent()).toEqual(['POST', 'GET', 'POST', 'GET', 'GET', 'GET']);
		expect(run.error?.message).toContain(ALREADY);
		expect(run.error?.message).toContain('The outcome of an earlier attempt is unknown');
		expect(run.error?.message).toContain('Reading it back was inconclusive: Odin could not read');
		expect(said(run)).not.toContain('Nothing was created');
		expectPlainWords(
			said(run),
			ALREADY,
			'There has been a BroadWorks error.',
			'There has been an error.',
			'Injected by a test.',
		);
	});

	it('is returned as the existing one where that was asked for', async () => {
		play(script('POST', LOST, lateWrite({ maxActiveCalls: 7 })));
		const run = await odin.create({ parameters: { options: { ifExists: 'returnExisting' } } });
		expect(said(run)).toBe('');
		expect(jsonOf(run)).toMatchObject([{ name: 'sbc', maxActiveCalls: 7 }]);
	});

	it('is what Create or Update created, also when its second read-back is the one that finds it', async () => {
		const unreadable: Fault = { kind: 'status', status: 504 };
		// Looked for, created without an answer, not there, refused as existing, not readable, there.
		play(
			script('POST', LOST, lateWrite()),
			script('GET', undefined, undefined, unreadable, undefined),
		);
		const run = await odin.create({
			parameters: { operation: 'upsert', options: { maxRetries: 1 } },
		});
		expect(said(run)).toBe('');
		expect(jsonOf(run)).toMatchObject([{ outcome: 'created', changes: [] }]);
		expect(sent().filter((method) => method === 'PUT')).toEqual([]);
	});
});

describe('after a lost answer, a create that Odin then', () => {
	it.each<[string, Fault, RegExp]>([
		['is too busy for', { kind: 'status', status: 429, headers: NOW }, /too busy .*HTTP 429/],
		[
			'does not allow',
			{ kind: 'status', status: 403, body: { error: 'Not for you' } },
			/does not allow .*Not for you/,
		],
		[
			'refuses',
			{ kind: 'status', status: 400, body: { error: 'Group is full' } },
			/Group is full.*Afterwards the trunk group did not exist/,
		],
	])('%s says so, and that the first try is unknown', async (_, fault, told) => {
		odin.simulator.addFault({ ...LOST, method: 'POST', path: PATH });
		odin.simulator.addFault({ ...fault, method: 'POST', path: PATH, times: Infinity });
		const run = await odin.create({ parameters: { options: { maxRetries: 2 } } });
		expect(run.error?.message).toMatch(told);
		expect(run.error?.message).toContain('The outcome of an earlier attempt is unknown');
		expect(said(run)).not.toMatch(/Nothing was (done|created|sent)/);
		expect(run.error?.description).toContain('Check its state in Odin before you run this again');
		expectPlainWords(said(run), 'There has been an error.', 'Injected by a test.');
	});
});

it('a 503 of a proxy for a create that was carried out ends in the profile', async () => {
	play(script('POST', { kind: 'gatewayAfterWrite', status: 503, headers: NOW }));
	const run = await odin.create();
	expect(said(run)).toBe('');
	expect(sent()).toEqual(['POST', 'POST', 'GET']);
	expect(jsonOf(run)).toStrictEqual([await odin.profile('sbc')]);
});

it('lost answers and lost read-backs in a row are each told', async () => {
	// Not there, sent again, lost again, and then it can't be read any more.
	play(script('POST', LOST, LOST), script('GET', undefined, LOST, LOST));
	const run = await odin.create({ parameters: { options: { maxRetries: 1 } } });
	expect(sent()).toEqual(['POST', 'GET', 'POST', 'GET', 'GET']);
	expect(run.error?.message).toMatch(
		/^The outcome is unknown: Odin may or may not have created .*HTTP 500.*Reading it back was inconclusive: Odin could not read/,
	);
	expectPlainWords(said(run), 'There has been an error.', 'Injected by a test.');
});
