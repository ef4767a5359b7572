import type { RealN8n } from '../support/realN8n';
import { importExample } from './support/exampleWorkflow';
import { runByHand } from './support/manualRun';
import { startStandIn, type StandIn } from './support/standIn';

interface Alert {
	text: string;
	groups: Array<{ serviceProviderId: string; groupId?: string; text: string }>;
}

export function capacityAlert(server: () => RealN8n): void {
	let pager: StandIn;

	beforeAll(async () => {
		pager = await startStandIn();
		const { network } = server().simulator;
		network.addServiceProvider({
			serviceProviderId: 'alert-ent',
			callCapacity: { maxActiveCalls: 100, burstingMaxActiveCalls: -1 },
		});
		for (const [groupId, maxActiveCalls] of [
			['alert-low', 79],
			['alert-high', 80],
			['alert-none', 0],
		] as const) {
			const callCapacity = { maxActiveCalls, burstingMaxActiveCalls: 0 };
			network.addGroup({ serviceProviderId: 'alert-ent', groupId, callCapacity });
		}
	});

	afterAll(async () => await pager?.close());

	/** Runs the workflow and returns the alerts that it sent. */
	async function run(settings: Record<string, unknown>): Promise<Alert[]> {
		const before = pager.received.length;
		const workflowId = await importExample(server(), 'capacity-alert.json', {
			settings: { alertUrl: `${pager.url}/alerts`, ...settings },
		});
		await runByHand(server().api, workflowId, 'Try It');
		return pager.received.slice(before).map(({ body }) => body as Alert);
	}

	const alertedGroups = (alerts: Alert[]) => alerts[0]?.groups.map(({ groupId }) => groupId);

	it('goes out once, for the groups at or above the threshold', async () => {
		const alerts = await run({ serviceProviders: '["alert-ent"]' });
		expect(alerts).toHaveLength(1);
		expect(alertedGroups(alerts)).toEqual(['alert-high']);
		expect(alerts[0]?.text).toBe(
			'Call capacity at or above 80 %, or not known:\nalert-high has 80 of 100 calls',
		);
	});

	it('sets the trunk groups against the call capacity of their group, where the report tells them', async () => {
		const { network } = server().simulator;
		const place = { serviceProviderId: 'alert-ent', groupId: 'alert-low' };
		network.addTrunkGroup({ ...place, name: 'alert-1', maxActiveCalls: 40 });
		network.addTrunkGroup({ ...place, name: 'alert-2', maxActiveCalls: 30 });
		network.addTrunkGroup({ ...place, groupId: 'alert-none', name: 'alert-3', maxActiveCalls: 1 });
		network.reportShape = 'both';
		const alerts = await run({ serviceProviders: '["alert-ent"]', thresholdPercent: 85 });
		network.reportShape = 'groups';
		expect(alerts[0]?.groups).toMatchObject([
			{
				groupId: 'alert-low',
				percentOfGroup: 89,
				text: 'alert-low has 79 of 100 calls, its trunk groups may use 70',
			},
			{
				groupId: 'alert-none',
				percentOfGroup: 100,
				text: 'alert-none has 0 of 100 calls, its trunk groups may use 1',
			},
		]);
	});

	it('does not go out for unlimited capacity, nor below the threshold', async () => {
		expect(await run({ serviceProviders: '["citytel-sp"]', thresholdPercent: 1 })).toEqual([]);
		expect(await run({ serviceProviders: '["alert-ent"]', thresholdPercent: 95 })).toEqual([]);
	});

	it('goes out for a group whose capacity Odin does not report', async () => {
		const { network } = server().simulator;
		network.reportShape = 'groupTrunkGroupDetails';
		const alerts = await run({ serviceProviders: '["alert-ent"]', thresholdPercent: 101 });
		network.reportShape = 'groups';
		expect(alerts[0]?.groups.map(({ text }) => text)).toEqual([
			'Odin does not report the call capacity of alert-low',
			'Odin does not report the call capacity of alert-none',
		]);
	});

	it.each([
		['no service provider', { serviceProviders: '[]' }],
		['an empty service provider', { serviceProviders: '["alert-ent", " "]' }],
		['no threshold', { thresholdPercent: 0 }],
	])('fails with %s', async (_, settings) => {
		await expect(run(settings)).rejects.toThrow('The workflow ended at Nothing to Watch');
	});

	it('goes out for a service provider that could not be read', async () => {
		const alerts = await run({ serviceProviders: '["nowhere-ent", "alert-ent"]' });
		expect(alerts[0]?.groups).toMatchObject([
			{ groupId: 'alert-high' },
			{ serviceProviderId: 'nowhere-ent', text: expect.stringContaining('nowhere-ent') as string },
		]);
	});
}
