/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import { sendJson } from '../../../scripts/n8n/rest';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { startStandIn, type StandIn } from './support/standIn';
import { writes } from './support/writes';

export function dealToTrunkGroup(server: () => RealN8n): void {
	let crm: StandIn;
	let workflowId: string;

	beforeAll(async () => {
		crm = await startStandIn();
		workflowId = await publishExample(server(), 'deal-to-trunk-group.json', {
			settings: { crmUrl: crm.url },
		});
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
		expect({ method, path }).toEqual({ method: 'PATCH', path: `/deals/${encodeURIComponent(id)}` });
		return body;
	}

	/** How the last execution of the workflow ended. */
	async function lastStatus(): Promise<string> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		for (;;) {
			const { results } = await server().api.get<{
				results: Array<{ id: string; status: string }>;
			}>(`/executions?limit=10&filter=${filter}`);
			// n8n lists by the time of the start, which two executions may have in common.
			const [last] = results.sort((one, other) => Number(other.id) - Number(one.id));
			const status = last?.status ?? 'new';
			if (!['new', 'running'].includes(status)) return status;
			await delay(50);
		}
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

	it.each([
		['was too busy for', 'not done', { status: 503, headers: { 'retry-after': '300' } }, 0],
		['lost the answer to', 'unknown', { status: 500 }, 1],
	])(
		'that Odin %s is told to the CRM, and the execution fails',
		async (_, outcome, answer, reads) => {
			const { simulator } = server();
			const path = '/groups/trunk-groups';
			simulator.addFault({ kind: 'status', ...answer, method: 'POST', path });
			if (reads > 0)
				simulator.addFault({ kind: 'status', status: 400, method: 'GET', path, skip: 1, times: 9 });
			expect(await win(`47-${outcome}`, { group: 'acme-hq', channels: 1 })).toMatchObject({
				provisioning: outcome,
			});
			simulator.clearFaults();
			expect(await lastStatus()).toBe('error');
		},
	);

	it('that is not named fails', async () => {
		await sendJson(`${server().url}/webhook/odin-deal-won`, { body: { deal: '4711' } });
		expect(await lastStatus()).toBe('error');
	});

	it('that Odin refuses is told to the CRM with the reason', async () => {
		expect(await win('4714', { group: 'nowhere', channels: 1 })).toMatchObject({
			provisioning: 'refused',
			note: expect.stringContaining('nowhere') as string,
		});
	});
}
