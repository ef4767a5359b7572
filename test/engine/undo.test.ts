import { groupServices } from '../../simulator/network/services';
import { clone, useOdin, type Json } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

const GROUP = { serviceProviderId: 'acme-ent', groupId: 'undo' };
const KEY = { ...GROUP, name: 'sbc' };

const odin = useOdin({ loggedIn: true, arrange: ({ network }) => network.addGroup(GROUP) });

const undo = async (before: unknown, options: Json = {}) =>
	await odin.one('change.undo', { before, options } as Json);

const stored = () => odin.network.trunkGroup('acme-ent', 'undo', 'sbc') as unknown as Json;

const add = (fields: Json = {}) =>
	odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, prefix: '00', ...fields });

const upsert = async (more: Json = {}) => {
	const item = await odin.one('trunkGroup.upsert', { ...KEY, ...more });
	odin.forget();
	return item;
};

describe('an upsert', () => {
	it('is given back, once', async () => {
		add({ callingLineIdentityForScreenedCallsPolicy: undefined });
		const before = odin.stored(KEY);
		const item = await upsert({
			maxActiveCalls: 9,
			identity: { prefix: '01', peeringDomain: 'a.example.com' },
		});
		expect(odin.stored(KEY)).not.toEqual(before);
		const result = await undo(item);
		expect(result).toMatchObject({ ...KEY, outcome: 'updated', stays: [] });
		expect((result.changes as Json[]).map(({ field }) => field).sort()).toEqual([
			...['maxActiveCalls', 'peeringDomain', 'prefix'],
		]);
		expect(odin.stored(KEY)).toEqual(before);
		odin.forget();
		expect(await undo(item)).toMatchObject({ outcome: 'unchanged', changes: [], stays: [] });
		expect(odin.writes()).toEqual([]);
	});
});
