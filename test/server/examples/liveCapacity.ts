import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { pollNow } from './support/pollNow';
import { startStandIn, type StandIn } from './support/standIn';

const NORTH = ['globex-ent', 'globex-north', 'north-trunk-1'] as const;

export function liveCapacityAlert(server: () => RealN8n): void {
	let pager: StandIn;

	beforeAll(async () => {
		pager = await startStandIn();
	});

	afterAll(async () => await pager?.close());

	it('goes out once while the calls are there', async () => {
		const { api, simulator } = server();
		const trunkGroup = simulator.network.trunkGroup(...NORTH)!;
		const alertUrl = `${pager.url}/alerts`;
		const workflowId = await publishExample(server(), 'live-capacity-alert.json', {
			settings: { alertUrl },
		});
		Object.assign(trunkGroup, { totalActiveIncomingCalls: 11, totalActiveOutgoingCalls: 6 });
		await pollNow(api, workflowId);
		await pager.next();
		await pollNow(api, workflowId);
		await api.post(`/workflows/${workflowId}/deactivate`, {});
		Object.assign(trunkGroup, { totalActiveIncomingCalls: 3, totalActiveOutgoingCalls: 2 });
		expect(pager.received.map(({ body }) => body)).toEqual([
			{
				text: 'globex-north/north-trunk-1 uses 85 % of its 20 calls: 11 in, 6 out',
				serviceProviderId: 'globex-ent',
				groupId: 'globex-north',
				name: 'north-trunk-1',
				percent: 85,
				detectedAt: expect.any(String) as unknown,
			},
		]);
	});
}
