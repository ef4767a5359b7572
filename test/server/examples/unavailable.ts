import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { pollNow } from './support/pollNow';
import { startStandIn, type StandIn } from './support/standIn';

const NORTH = ['globex-ent', 'globex-north', 'north-trunk-1'] as const;
const REFERENCE = 'odin/globex-ent/globex-north/north-trunk-1';

export function trunkUnavailable(server: () => RealN8n): void {
	let tickets: StandIn;

	beforeAll(async () => {
		tickets = await startStandIn();
	});

	afterAll(async () => await tickets?.close());

	it('opens a ticket with what is known of it, and resolves it', async () => {
		const { api, simulator } = server();
		const trunkGroup = simulator.network.trunkGroup(...NORTH)!;
		const workflowId = await publishExample(server(), 'trunk-unavailable-ticket.json', {
			settings: { ticketUrl: `${tickets.url}/incidents` },
		});
		trunkGroup.trunkGroupState = 'Unavailable';
		await pollNow(api, workflowId);
		expect((await tickets.next()).body).toEqual({
			key: REFERENCE,
			status: 'open',
			title: 'Trunk group north-trunk-1 is unavailable',
			detectedAt: expect.any(String) as unknown,
			pilotUserId: 'north-pilot@example.net',
			deviceName: 'north-sbc-1',
			registrations: [],
			notRead: null,
		});
		trunkGroup.trunkGroupState = 'Available';
		await pollNow(api, workflowId);
		expect((await tickets.next()).body).toEqual({
			key: REFERENCE,
			status: 'resolved',
			title: 'Trunk group north-trunk-1 is available again',
			detectedAt: expect.any(String) as unknown,
		});
		await api.post(`/workflows/${workflowId}/deactivate`, {});
		expect(tickets.received).toHaveLength(2);
	});

	it("opens a ticket that says so where the trunk can't be read", async () => {
		const { api, simulator } = server();
		const trunkGroup = simulator.network.trunkGroup(...NORTH)!;
		const workflowId = await publishExample(server(), 'trunk-unavailable-ticket.json', {
			settings: { ticketUrl: `${tickets.url}/incidents` },
		});
		trunkGroup.trunkGroupState = 'Unavailable';
		simulator.addFault({
			path: '/groups/trunk-groups/users',
			kind: 'status',
			status: 400,
			times: Infinity,
		});
		await pollNow(api, workflowId);
		expect((await tickets.next()).body).toMatchObject({
			key: REFERENCE,
			status: 'open',
			pilotUserId: null,
			notRead: expect.stringContaining('north-trunk-1') as unknown,
		});
		simulator.clearFaults();
		await api.post(`/workflows/${workflowId}/deactivate`, {});
		trunkGroup.trunkGroupState = 'Available';
	});
}
