import type { RealN8n } from '../support/realN8n';
import { importExample } from './support/exampleWorkflow';
import { runByHand } from './support/manualRun';
import { startStandIn, type StandIn } from './support/standIn';
import { writes } from './support/writes';

const SOUTH = { serviceProviderId: 'globex-ent', groupId: 'globex-south' };

interface Table {
	id: string;
	name: string;
	projectId: string;
}

export function driftAlert(server: () => RealN8n): void {
	let chat: StandIn;
	let workflowId: string;

	beforeAll(async () => {
		chat = await startStandIn();
		const { network } = server().simulator;
		network.addTrunkGroup({ ...SOUTH, name: 'drift-1', maxActiveCalls: 4 });
		network.addTrunkGroup({ ...SOUTH, name: 'drift-2', maxActiveCalls: 4 });
		workflowId = await importExample(server(), 'drift-alert.json', {
			settings: { alertUrl: `${chat.url}/alerts` },
		});
	});

	afterAll(async () => await chat?.close());

	/** Runs the workflow and returns the texts of the alerts that it sent. */
	async function run(): Promise<string[]> {
		const before = chat.received.length;
		await runByHand(server().api, workflowId, 'Try It');
		return chat.received.slice(before).map(({ body }) => (body as { text: string }).text);
	}

	async function fill(rows: object[]): Promise<void> {
		const { api } = server();
		const { id: projectId } = await api.get<{ id: string }>('/projects/personal');
		const { data } = await api.get<{ data: Table[] }>(`/projects/${projectId}/data-tables`);
		const table = data.find(({ name }) => name === 'Trunk groups as agreed')!;
		await api.post(`/projects/${projectId}/data-tables/${table.id}/insert`, { data: rows });
	}

	it('makes the table, and does not end well as long as it is empty', async () => {
		await expect(run()).rejects.toThrow(/has no row with a name/);
	});

	it('tells each finding once, and writes nothing to Odin', async () => {
		await fill([
			{ ...SOUTH, name: 'drift-1', maxActiveCalls: 4, fields: '' },
			{ ...SOUTH, name: 'drift-2', maxActiveCalls: 5, fields: '{"invitationTimeout":8}' },
			{ ...SOUTH, name: 'drift-3', maxActiveCalls: null, fields: null },
			{ ...SOUTH, groupId: 'nowhere', name: 'drift-4', maxActiveCalls: 1, fields: null },
		]);
		const [alert = '', ...more] = await run();
		expect(more).toEqual([]);
		expect(alert.split('\n')).toEqual([
			'Not as agreed:',
			'globex-ent/globex-south/drift-2 invitationTimeout is 6, agreed 8; maxActiveCalls is 4, agreed 5',
			'globex-ent/globex-south/drift-3 is not there',
			expect.stringMatching(/^globex-ent\/nowhere\/drift-4 (is not there|could not be compared: )/),
		]);
		expect(await run()).toEqual([]);
		const { network } = server().simulator;
		network.trunkGroup('globex-ent', 'globex-south', 'drift-1')!.maxActiveCalls = 9;
		expect(await run()).toEqual([
			'Not as agreed:\nglobex-ent/globex-south/drift-1 maxActiveCalls is 9, agreed 4',
		]);
		expect(writes(server().simulator)).toEqual([]);
	});
}
