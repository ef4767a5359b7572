import { sendJson } from '../../../scripts/n8n/rest';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { startStandIn, type StandIn } from './support/standIn';
import { writes } from './support/writes';

export function dealToTrunkGroup(server: () => RealN8n): void {
	let crm: StandIn;

	beforeAll(async () => {
		crm = await startStandIn();
		await publishExample(server(), 'deal-to-trunk-group.json', { settings: { crmUrl: crm.url } });
	});

	afterAll(async () => await crm?.close());

	/** Reports a deal as won, and waits for what is written back to the CRM. */
	async function win(id: string, deal: { group: string; channels?: number }) {
		crm.deals.set(id, { id, serviceProvider: 'acme-ent', ...deal });
		const { status } = await sendJson(`${server().url}/webhook/odin-deal-won`, {
			body: { dealId: id },
		});
		expect(status).toBe(200);
		const { method, path, body } = await crm.next();
		expect({ method, path }).toEqual({ method: 'PATCH', path: `/deals/${id}` });
		return body;
	}

	it('becomes a trunk group named after the deal', async () => {
		expect(await win('4711', { group: 'acme-hq', channels: 40 })).toEqual({
			provisioning: 'provisioned',
			trunkGroup: 'deal-4711',
			note: 'Trunk group deal-4711 created',
		});
		expect(server().simulator.network.trunkGroup('acme-ent', 'acme-hq', 'deal-4711')).toMatchObject(
			{ maxActiveCalls: 40 },
		);
	});

	it('reported twice changes nothing the second time', async () => {
		const deal = { group: 'acme-hq', channels: 25 };
		await win('4712', deal);
		server().simulator.clearRequests();
		expect(await win('4712', deal)).toMatchObject({ note: 'Trunk group deal-4712 unchanged' });
		expect(writes(server().simulator)).toEqual([]);
	});

	it('for more calls than the group has waits for capacity', async () => {
		expect(await win('4713', { group: 'acme-plant', channels: 6 })).toEqual({
			provisioning: 'waiting for capacity',
			note: 'The deal needs 6 calls at once, the call capacity of group acme-plant is 5',
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('without a number of calls is refused, since no capacity would help', async () => {
		expect(await win('4715', { group: 'acme-hq' })).toEqual({
			provisioning: 'refused',
			note: expect.stringContaining("'Max Active Calls' is needed") as string,
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('that Odin refuses is told to the CRM with the reason', async () => {
		expect(await win('4714', { group: 'nowhere', channels: 1 })).toMatchObject({
			provisioning: 'refused',
			note: expect.stringContaining('nowhere') as string,
		});
	});
}
