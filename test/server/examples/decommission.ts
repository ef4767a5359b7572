import { sendJson } from '../../../scripts/n8n/rest';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { writes } from './support/writes';

const NORTH = { serviceProviderId: 'globex-ent', groupId: 'globex-north' };
const TICKET = {
	ticketId: 'T-2001',
	serviceProvider: 'globex-ent',
	group: 'globex-north',
	trunkGroup: 'north-trunk-1',
};

export function decommission(server: () => RealN8n): void {
	const send = async (change: Partial<typeof TICKET> = {}) =>
		await sendJson(`${server().url}/webhook/odin-decommission`, { body: { ...TICKET, ...change } });

	const find = (name: string) =>
		server().simulator.network.trunkGroup('globex-ent', 'globex-north', name);

	const user = (userId: string) => {
		const found = server().simulator.network.user(userId);
		if (found === undefined) throw new RangeError(userId);
		return found;
	};

	beforeAll(
		async () =>
			await publishExample(server(), 'decommission.json', {
				settings: { odinUrl: server().simulator.baseUrl },
			}),
	);

	it('is refused while users are connected, names them, and changes nothing', async () => {
		expect(await send()).toMatchObject({
			status: 409,
			body: {
				ticket: 'T-2001',
				error: expect.stringContaining('Take them off in the Odin portal') as string,
				users: ['north-line-1@example.net', 'north-line-2@example.net'],
				pilotUser: 'north-pilot@example.net',
				hostedUsers: ['hana.hosted@example.net'],
			},
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('of which the users could not be read changes nothing', async () => {
		server().simulator.addFault({
			kind: 'status',
			status: 400,
			method: 'GET',
			path: '/groups/trunk-groups/users',
		});
		expect(await send()).toMatchObject({
			status: 422,
			body: { ticket: 'T-2001', error: expect.stringContaining('users') as string, cleared: false },
		});
		expect(writes(server().simulator)).toEqual([]);
		expect(find('north-trunk-1')).toMatchObject({ pilotUserId: 'north-pilot@example.net' });
	});

	it('clears pilot and hosted users, takes the pilot user off, then deletes', async () => {
		for (const line of ['north-line-1', 'north-line-2']) {
			Object.assign(user(`${line}@example.net`), { trunkGroup: null, linePort: null });
		}
		expect(await send()).toMatchObject({
			status: 200,
			body: {
				ticket: 'T-2001',
				deleted: true,
				pilotUser: 'north-pilot@example.net',
				hostedUsers: ['hana.hosted@example.net'],
			},
		});
		expect(writes(server().simulator)).toEqual([
			'PUT /groups/trunk-groups',
			'PUT /users',
			'DELETE /groups/trunk-groups',
		]);
		expect(find('north-trunk-1')).toBeUndefined();
		expect(user('north-pilot@example.net').trunkGroup).toBeNull();
	});

	it('asked for again says that there is none', async () => {
		expect(await send()).toMatchObject({ status: 200, body: { deleted: false } });
		expect(writes(server().simulator)).toEqual([]);
	});

	it('of a trunk group without users only deletes', async () => {
		server().simulator.network.addTrunkGroup({ ...NORTH, name: 'lonely' });
		expect(await send({ trunkGroup: 'lonely' })).toMatchObject({
			status: 200,
			body: { deleted: true, pilotUser: '', hostedUsers: [] },
		});
		expect(writes(server().simulator)).toEqual(['DELETE /groups/trunk-groups']);
	});

	it('that Odin refuses half way says how far it got', async () => {
		const { simulator } = server();
		simulator.network.addTrunkGroup({ ...NORTH, name: 'stuck' });
		simulator.addFault({ kind: 'status', status: 400, method: 'DELETE' });
		expect(await send({ trunkGroup: 'stuck' })).toMatchObject({
			status: 422,
			body: {
				ticket: 'T-2001',
				error: expect.stringContaining('stuck') as string,
				cleared: false,
				pilotUser: '',
				hostedUsers: [],
			},
		});
		expect(find('stuck')).toBeDefined();
		expect(await send({ trunkGroup: 'stuck' })).toMatchObject({ body: { deleted: true } });
	});
}
