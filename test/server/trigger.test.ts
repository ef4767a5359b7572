/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'flatted';
import { importWorkflow, publishWorkflow } from '../../scripts/n8n/import';
import type { Network } from '../../simulator';
import { triggerSchema } from '../../scripts/generate/schemas/outputs';
import { violations } from '../gates/schemaViolations';
import { runByHand } from './examples/support/manualRun';
import { startRealN8n, type RealN8n } from './support/realN8n';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAME = 'Odin Trigger';

/** n8n polls every minute at most. */
const PATIENCE_MS = 100_000;

let n8n: RealN8n;
let network: Network;

beforeAll(async () => {
	n8n = await startRealN8n();
	({ network } = n8n.simulator);
});

afterAll(async () => await n8n?.stop());

type Item = Record<string, unknown>;

const workflow = (parameters: object) => ({
	name: 'Trigger',
	nodes: [
		{
			id: 'e0f7c3f5-0a3e-4f0e-9d4a-6f6f4d1b2a01',
			name: NAME,
			type: 'n8n-nodes-odin.odinTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				event: 'trunkGroupChanged',
				...HQ,
				...parameters,
			},
			credentials: { odinApi: { id: '', name: 'Odin' } },
		},
		{
			id: 'e0f7c3f5-0a3e-4f0e-9d4a-6f6f4d1b2a02',
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [220, 0],
			parameters: {},
		},
	],
	connections: { [NAME]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
});

/** What the trigger put out in each execution so far, the first one first. */
async function told(workflowId: string): Promise<Item[][]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await n8n.api.get<{ results: Array<{ id: string }> }>(
		`/executions?filter=${filter}&limit=50`,
	);
	const executions = await Promise.all(
		results.reverse().map(async ({ id }) => {
			const { data } = await n8n.api.get<{ data: string }>(`/executions/${id}`);
			const { resultData } = parse(data) as {
				resultData: {
					runData: Record<string, Array<{ data?: { main: Array<Array<{ json: Item }>> } }>>;
				};
			};
			return (resultData.runData[NAME]?.[0]?.data?.main[0] ?? []).map(({ json }) => json);
		}),
	);
	return executions;
}

/** Waits until there have been so many executions. */
async function toldIn(workflowId: string, executions: number): Promise<Item[][]> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const all = await told(workflowId);
		if (all.length >= executions || Date.now() > deadline) return all;
		await delay(500);
	}
}

test('a published workflow starts for what changes, over a restart too, and once for each change', async () => {
	const workflowId = await importWorkflow(n8n.api, workflow({}), n8n.credentialId);
	const one = network.addTrunkGroup({ ...HQ, name: 'one', maxActiveCalls: 3 });
	await publishWorkflow(n8n.api, workflowId);
	network.addTrunkGroup({ ...HQ, name: 'two' });
	const [first = []] = await toldIn(workflowId, 1);
	expect(first).toMatchObject([{ name: 'two', change: 'created', ...HQ }]);
	await n8n.restart(() => {
		one.maxActiveCalls = 4;
	});
	const [, second = []] = await toldIn(workflowId, 2);
	expect(second).toMatchObject([
		{
			name: 'one',
			change: 'changed',
			changes: [{ field: 'maxActiveCalls', from: 3, to: 4 }],
			trunkGroup: { maxActiveCalls: 4 },
		},
	]);
	await n8n.restart();
	network.removeTrunkGroup(one);
	const all = await toldIn(workflowId, 3);
	expect(all.map((items) => items.map(({ name, change }) => [name, change]))).toEqual([
		[['two', 'created']],
		[['one', 'changed']],
		[['one', 'deleted']],
	]);
	const schema = triggerSchema();
	expect(all.flat().flatMap((item) => violations(schema, item))).toEqual([]);
});

test('the test button shows a real trunk group', async () => {
	network.addTrunkGroup({ ...HQ, name: 'shown' });
	const workflowId = await importWorkflow(
		n8n.api,
		workflow({ event: 'trunkGroupState' }),
		n8n.credentialId,
	);
	const { nodes } = await runByHand(n8n.api, workflowId, NAME);
	expect(nodes).toEqual([NAME, 'End']);
	expect(await told(workflowId)).toMatchObject([[{ event: 'trunkGroupState', example: true }]]);
});

test('n8n shows a poll that could read nothing', async () => {
	const workflowId = await importWorkflow(
		n8n.api,
		workflow({ groupId: 'nowhere' }),
		n8n.credentialId,
	);
	await expect(publishWorkflow(n8n.api, workflowId)).rejects.toThrow(/nowhere/);
});
