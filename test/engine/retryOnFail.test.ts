import type { IExecuteFunctions, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { runBatch } from '../../nodes/Odin/execution/batch';
import type { Fault, FaultCandidate } from '../../simulator';
import { storedByNode } from './harness';
import { describedAs } from './harness/stubNodes';
import { LOOP_NODES, loopOver } from './support/loop';
import { jsonOf, useOdin, pairing, type Json } from './support/odinRuns';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const PATH = '/groups/trunk-groups';
const NAMED = { ...GROUP, name: '={{ $json.name }}' };
const EXISTING = { ...GROUP, trunkGroup: '={{ $json.name }}' };
const ITEMS = 12;
const named = (count = ITEMS) => Array.from({ length: count }, (_, i) => ({ name: `t${i}` }));

const retrying = (more: Partial<INode> = {}): Partial<INode> => ({
	retryOnFail: true,
	maxTries: 3,
	waitBetweenTries: 1,
	...more,
});

const THROWING = 'odin-test.throwing';

/** Changes a trunk group, or only looks for it, and then meets something in the answer that nobody foresaw. */
const throwing: INodeType = {
	description: describedAs({
		name: 'throwing',
		credentials: [{ name: 'odinApi', required: true }],
		properties: [{ displayName: 'Method', name: 'method', type: 'string', default: '' }],
	}),
	async execute(this: IExecuteFunctions) {
		return await runBatch(this, {
			prepare: (parameters) => ({
				subject: `trunk group 'x${parameters.itemIndex}' in group 'acme-hq' of service provider 'acme-ent'`,
				async run(client) {
					const key = { ...GROUP, name: `x${parameters.itemIndex}` };
					await (parameters.read('method') === 'PUT'
						? client.request({
								method: 'PUT',
								path: PATH,
								body: { ...key, maxActiveCalls: 1 },
								purpose: '',
							})
						: client.request({ method: 'GET', path: PATH, query: GROUP, purpose: '' }));
					throw new RangeError('Maximum call stack size exceeded');
				},
			}),
		});
	},
};

const odin = useOdin({ nodeTypes: { ...LOOP_NODES, [THROWING]: throwing } });

const addTrunkGroups = () => {
	for (const { name } of named()) odin.network.addTrunkGroup({ ...GROUP, name });
};

const nameOf = ({ query, body }: { query: Json; body: unknown }): string =>
	String((body as Json | undefined)?.name ?? query.name);

/** How often each trunk group was written to, by HTTP method. */
function writes(): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const write of odin.writes()) counts[nameOf(write)] = (counts[nameOf(write)] ?? 0) + 1;
	return counts;
}

/** Every trunk group was written to once, and those named as often as given. */
const onceBut = (more: Record<string, number>): Record<string, number> => ({
	...Object.fromEntries(named().map(({ name }) => [name, 1])),
	...more,
});

const REFUSAL: Fault = { kind: 'status', status: 400, body: { error: 'Not now' } };
const everyItem = Array.from({ length: ITEMS }, (_, item) => ({ item }));

interface Row {
	parameters: Json;
	exists: boolean;
	/** The json of a finished item */
	done: (name: string) => Json;
}

const OPERATIONS: Record<string, Row> = {
	create: { parameters: NAMED, exists: false, done: (name) => ({ name }) },
	upsert: {
		parameters: { ...NAMED, maxActiveCalls: 4 },
		exists: false,
		done: (name) => ({ outcome: 'created', trunkGroup: { name } }),
	},
	update: {
		parameters: { ...EXISTING, callCapacity: { maxActiveCalls: 4 } },
		exists: true,
		done: (name) => ({ name, maxActiveCalls: 4 }),
	},
	delete: { parameters: EXISTING, exists: true, done: () => ({ deleted: true }) },
};

const MODES = [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const;

/** n8n tries again in the Continue modes where the first item failed, so that one fails too. */
const FAILING = ['t0', 't5', 't6'];

describe.each(Object.entries(OPERATIONS))('%s', (operation, { parameters, exists, done }) => {
	it.each(MODES.flatMap((mode) => [1, 5].map((concurrency) => [mode, concurrency] as const)))(
		'sends no finished item again, and all results are in the output: On Error %s, concurrency %i',
		async (onError, concurrency) => {
			if (exists) addTrunkGroups();
			const failures = new Map(FAILING.map((name) => [name, 1]));
			odin.simulator.injectFault((request: FaultCandidate) => {
				const left = failures.get(nameOf(request)) ?? 0;
				if (request.path !== PATH || request.method === 'GET' || left === 0) return undefined;
				failures.set(nameOf(request), left - 1);
				return REFUSAL;
			});
			const run = await odin.run(
				`trunkGroup.${operation}`,
				{ ...parameters, options: { concurrency } },
				// With Stop and one at a time, each of the three ends a try.
				{ items: named(), node: retrying({ ...(onError && { onError }), maxTries: 4 }) },
			);
			expect([run.status, run.error?.message]).toEqual(['success', undefined]);
			expect(writes()).toEqual(onceBut({ t0: 2, t5: 2, t6: 2 }));
			expect(jsonOf(run.output[0])).toMatchObject(named().map(({ name }) => done(name)));
			expect(pairing(run.output[0])).toEqual(everyItem);
			expect(run.output[1]).toEqual([]);
		},
	);
});

/** The fate of item 4, whose answer is lost and can't be found out in the first try of the node. */
const LOST: Fault = { kind: 'status', status: 504 };

it('an item of doubtful outcome keeps the SIP password that was generated in the first try', async () => {
	odin.simulator.addFault({ kind: 'lostAnswer', method: 'POST', name: 't4' });
	odin.simulator.addFault({ ...LOST, method: 'GET', name: 't4' });
	const run = await odin.run(
		'trunkGroup.create',
		{
			...NAMED,
			requireAuthentication: true,
			sipAuthenticationUserName: '={{ $json.name }}-user',
			sipPasswordSource: 'generate',
			options: { maxRetries: 0, includeSipPassword: true },
		},
		{ items: named(), node: retrying() },
	);
	expect(run.status).toBe('success');
	const passwords = jsonOf(run.output[0]).map((json) => json.sipAuthenticationPassword);
	expect(passwords).toEqual(
		named().map(({ name }) => odin.sipPassword({ ...GROUP, name }) ?? 'none'),
	);
});

describe('an item that meets something unforeseen', () => {
	const run = async (method: string) => {
		const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
			...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} },
			...more,
		});
		return await odin.run(
			'',
			{},
			{
				workflow: {
					nodes: [
						node('Start', 'n8n-nodes-base.manualTrigger'),
						node('Odin', 'n8n-nodes-odin.odin'),
						node('Throwing', THROWING, {
							...retrying(),
							parameters: { method },
							credentials: { odinApi: { id: '', name: '' } },
						}),
					],
					connections: { Start: { main: [[{ node: 'Throwing', type: 'main', index: 0 }]] } },
				},
				items: named(2),
			},
		);
	};

	it('after its write is told as unknown, and is not written again', async () => {
		for (const name of ['x0', 'x1']) odin.network.addTrunkGroup({ ...GROUP, name });
		const { error } = await run('PUT');
		expect(error?.message).toMatch(
			/^Items 0, 1: The outcome is unknown: .* trunk group '…'.*\(RangeError\)\. .*Outcome unknown: items 0, 1\. Every item was tried$/,
		);
		expect(error?.description).toMatch(
			/^Check its state in Odin .*Outcome unknown: trunk group 'x0' \(item 0\), /,
		);
		expect(writes()).toEqual({ x0: 1, x1: 1 });
	});

	it('before it has written is told as not done', async () => {
		const { error } = await run('GET');
		expect(error?.message).toMatch(/can't be read \(RangeError\)\. No other item was done\. Every/);
		expect(error?.description).toMatch(/^Nothing was written\. /);
		expect(odin.requests()).toHaveLength(6);
	});
});

describe('in a loop', () => {
	const run = async (rounds: number, parameters: Json, items: INodeExecutionData['json'][]) =>
		await odin.run(
			'',
			{},
			{
				workflow: loopOver(
					rounds,
					{ resource: 'trunkGroup', operation: 'create', ...GROUP, ...parameters },
					retrying(),
				),
				items,
			},
		);

	it('no round takes the results of another', async () => {
		const failures = new Set(['t1-0', 't2-1', 't0-2']);
		odin.simulator.injectFault((request) =>
			request.method === 'POST' && failures.delete(nameOf(request)) ? REFUSAL : undefined,
		);
		const name = '={{ `${$json.name}-${$runIndex}` }}';
		const { status, runData } = await run(3, { name }, named(4));
		expect(status).toBe('success');
		const rounds = (runData.Odin ?? []).map(({ data }) => data?.main?.[0] ?? []);
		expect(rounds.map((items) => jsonOf(items).map((json) => json.name))).toEqual(
			[0, 1, 2].map((round) => named(4).map((item) => `${item.name}-${round}`)),
		);
		for (const items of rounds) {
			expect(pairing(items)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		}
		expect(Object.values(writes()).sort()).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
	});

	it('a failed round that left results does not lend them to the next execution', async () => {
		odin.simulator.addFault({ ...REFUSAL, method: 'POST', name: 't1', times: 3 });
		const first = await run(1, { name: '={{ $json.name }}' }, named(2));
		expect(first.status).toBe('error');
		odin.network.removeTrunkGroup(odin.network.trunkGroup('acme-ent', 'acme-hq', 't0')!);
		odin.forget();
		const second = await run(1, { name: '={{ $json.name }}' }, named(2));
		expect(second.status).toBe('success');
		expect(writes()).toEqual({ t0: 1, t1: 1 });
	});
});

describe('what is remembered', () => {
	it('is not stored with the execution, nor are passwords', async () => {
		odin.simulator.addFault({ ...REFUSAL, method: 'POST', name: 't5', times: 3 });
		const run = await odin.run(
			'trunkGroup.create',
			{
				...NAMED,
				requireAuthentication: true,
				sipAuthenticationUserName: '={{ $json.name }}-user',
				sipPasswordSource: 'generate',
				options: { includeSipPassword: true, requestsPerSecond: 1000 },
			},
			{ items: named(), node: retrying() },
		);
		expect(run.status).toBe('error');
		expect(run.error?.message).toContain('. Done: items 0 to ');
		expect(run.run.data.executionData?.contextData['node:Odin'] ?? {}).toEqual({});
		const passwords = named().map(({ name }) => odin.sipPassword({ ...GROUP, name }));
		expect(passwords.filter(Boolean).length).toBeGreaterThan(4);
		for (const password of passwords.filter(Boolean)) {
			expect(storedByNode(run)).not.toContain(password);
			expect(run.logs.join('\n')).not.toContain(password);
		}
	});
});
