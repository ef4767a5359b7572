import { useOdin, type Json } from './support/odinRuns';

const HQ = { serviceProviderId: 'acme-ent', groupId: 'turn-up' };
const KEY = { ...HQ, name: 'sbc' };

const odin = useOdin({ loggedIn: true, arrange: ({ network }) => network.addGroup(HQ) });

describe('get', () => {
	const get = async (more: Json = {}) =>
		await odin.one('sipTrunk.get', { ...HQ, trunkGroup: 'sbc', ...more });

	it('shows all that makes a trunk work, and nothing of others', async () => {
		const { network } = odin;
		network.addDevice({ ...HQ, deviceName: 'pbx' });
		network.addTrunkGroup({
			...KEY,
			accessDevice: { deviceName: 'pbx', deviceLevel: 'Group' },
		});
		network.addNumbers({ ...HQ, min: '+1-5135551000', max: '+1-5135551002', activated: true });
		for (const [index, trunkGroup] of ['sbc', undefined].entries()) {
			network.addUser({
				...HQ,
				userId: `user-${index}@example.com`,
				phoneNumber: `+1-513555100${index}`,
				trunkGroup,
				registrations: [{ linePort: 'x' }],
			});
		}
		network.trunkGroup(HQ.serviceProviderId, HQ.groupId, 'sbc')!.pilotUserId = 'user-0@example.com';
		expect(await get()).toMatchObject({
			...KEY,
			trunkGroup: { name: 'sbc' },
			device: { deviceName: 'pbx' },
			numbers: [{ min: '+1-5135551000', userId: 'user-0@example.com', activated: true }],
			users: [{ userId: 'user-0@example.com', linePort: 'user-0@example.com' }],
			pilotUserId: 'user-0@example.com',
			registrations: [{ userId: 'user-0@example.com' }],
			capacity: { maxActiveCalls: 100 },
		});
		expect(odin.writes()).toEqual([]);
	});

	it('says that there is none', async () => {
		expect(await odin.complaint('sipTrunk.get', { ...HQ, trunkGroup: 'sbc' })).toContain(
			"Odin has no trunk group 'sbc'",
		);
		expect(await get({ options: { ifNotFound: 'returnEmpty' } })).toMatchObject({ found: false });
	});
});
