import { useOdin } from '../support/odinRuns';
import { lines, NOTHING, triggerOf } from '../support/triggers';

const odin = useOdin({ loggedIn: true });

const GROUPS = 5;
const TRUNK_GROUPS = 30;

/** Bytes that n8n keeps of a trunk group, with the fields of Simplify. 10,000 of them are then little more than a megabyte. */
const MAX_BYTES = 130;

test('many trunk groups cost a list a group, a request each, and little memory', async () => {
	const place = { serviceProviderId: 'globex-ent' };
	for (let group = 0; group < GROUPS; group += 1) {
		const groupId = `many-${group}`;
		odin.network.addGroup({ ...place, groupId });
		for (let one = 0; one < TRUNK_GROUPS; one += 1) {
			const name = `trunk-group-${one}`;
			odin.network.addTrunkGroup({
				...place,
				groupId,
				name,
				maxActiveCalls: 20,
				accessDevice: { deviceLevel: 'Group', deviceName: `device-of-${name}` },
				trunkGroupIdentity: `${name}@example.com`,
			});
		}
	}
	const trigger = triggerOf(odin, { ...place, groupId: '' });
	expect(await trigger.publish()).toEqual(NOTHING);
	odin.forget();
	expect(await trigger.poll()).toEqual(NOTHING);
	const inAll = GROUPS * TRUNK_GROUPS;
	expect(odin.calls()).toHaveLength(1 + (GROUPS + 2) + (inAll + 2));
	expect(JSON.stringify(trigger.stored).length / inAll).toBeLessThan(MAX_BYTES);
	odin.network.trunkGroup(place.serviceProviderId, 'many-4', 'trunk-group-9')!.maxActiveCalls = 21;
	expect(lines(await trigger.poll())).toEqual([
		'many-4/trunk-group-9 changed, maxActiveCalls 20 → 21',
	]);
});
