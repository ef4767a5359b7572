import type { IDataObject } from 'n8n-workflow';
import { useOdin } from '../support/odinRuns';
import type { Trigger } from '../harness/trigger';

const odin = useOdin({ loggedIn: true });

const PLACE = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

const start = async (parameters: IDataObject = {}): Promise<Trigger> => {
	const trigger = odin.engine.trigger({
		node: 'odinTrigger',
		parameters: { event: 'trunkGroupChanged', ...PLACE, ...parameters },
	});
	expect(await trigger.publish()).toEqual({ items: [], errors: [] });
	return trigger;
};

it('tells created, changed and deleted once', async () => {
	const trigger = await start();
	expect(await trigger.poll()).toEqual({ items: [], errors: [] });
	const added = odin.network.addTrunkGroup({ ...PLACE, name: 'new', maxActiveCalls: 3 });
	const created = await trigger.poll();
	expect(created.items).toMatchObject([
		{ event: 'trunkGroupChanged', ...PLACE, name: 'new', change: 'created', changes: [] },
	]);
	added.maxActiveCalls = 7;
	const changed = await trigger.poll();
	expect(changed.items).toMatchObject([
		{
			name: 'new',
			change: 'changed',
			changes: [{ field: 'maxActiveCalls', from: 3, to: 7 }],
			trunkGroup: { name: 'new', maxActiveCalls: 7 },
		},
	]);
	odin.network.removeTrunkGroup(added);
	expect((await trigger.poll()).items).toMatchObject([
		{ name: 'new', change: 'deleted', trunkGroup: null },
	]);
	expect(await trigger.poll()).toEqual({ items: [], errors: [] });
});
