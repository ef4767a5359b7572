import { sendJson } from '../../../scripts/n8n/rest';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { openLink } from './support/question';
import { startStandIn, type StandIn } from './support/standIn';
import { writes } from './support/writes';

const NORTH = { serviceProviderId: 'globex-ent', groupId: 'globex-north' };
const TICKET = {
	ticketId: 'T-2001',
	serviceProvider: 'globex-ent',
	group: 'globex-north',
	trunkGroup: 'north-trunk-1',
};
const USED_BY = {
	pilotUser: 'north-pilot@example.net',
	users: ['north-line-1@example.net', 'north-line-2@example.net'],
	hostedUsers: ['hana.hosted@example.net'],
};

export function decommission(server: () => RealN8n): void {
	let chat: StandIn;

	const send = async (change: Partial<typeof TICKET> = {}) =>
		await sendJson(`${server().url}/webhook/odin-decommission`, { body: { ...TICKET, ...change } });

	const find = (name: string) =>
		server().simulator.network.trunkGroup('globex-ent', 'globex-north', name);

	const user = (userId: string) => {
		const found = server().simulator.network.user(userId);
		if (found === undefined) throw new RangeError(userId);
		return found;
	};

	/** Sends the ticket and returns the question that a person gets. */
	async function ask() {
		expect(await send()).toMatchObject({
			status: 202,
			body: { ticket: 'T-2001', status: 'waiting for approval', ...USED_BY },
		});
		return (await chat.next()).body as { text: string; approve: string; reject: string };
	}

	beforeAll(async () => {
		chat = await startStandIn();
		await publishExample(server(), 'decommission.json', {
			settings: { approvalUrl: `${chat.url}/approvals` },
		});
	});

	afterAll(async () => await chat?.close());

	it('of a trunk group with users asks first, names them, and changes nothing', async () => {
		const { text, reject } = await ask();
		for (const name of [USED_BY.pilotUser, ...USED_BY.users, ...USED_BY.hostedUsers]) {
			expect(text).toContain(name);
		}
		expect(await openLink(reject)).toBe('Rejected. Trunk group north-trunk-1 was not deleted.');
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
			body: { ticket: 'T-2001', error: expect.stringContaining('users') as string },
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('approved after somebody else came onto the trunk changes nothing', async () => {
		const { approve } = await ask();
		const late = { trunkGroup: 'north-trunk-1', linePort: 'late_trunk@example.net' };
		const added = server().simulator.network.addUser({
			...NORTH,
			userId: 'late@example.net',
			firstName: 'Late',
			lastName: 'Comer',
			...late,
		});
		expect(await openLink(approve)).toContain('has changed since the preview');
		expect(writes(server().simulator)).toEqual([]);
		server().simulator.network.stores.users.remove(added);
	});

	it('approved clears the pilot, takes the users off, clears the hosted users, then deletes', async () => {
		const { approve } = await ask();
		const reply = await openLink(approve);
		expect(reply).toContain('Approved. Trunk group north-trunk-1 was deleted.');
		expect(reply).toContain(USED_BY.users.join(', '));
		expect(writes(server().simulator).at(-1)).toBe('DELETE /groups/trunk-groups');
		expect(find('north-trunk-1')).toBeUndefined();
		for (const userId of [USED_BY.pilotUser, ...USED_BY.users]) {
			expect(user(userId).trunkGroup).toBeUndefined();
		}
	});

	it('asked for again says that there is none', async () => {
		expect(await send()).toMatchObject({ status: 200, body: { deleted: false } });
		expect(writes(server().simulator)).toEqual([]);
	});

	it('of a trunk group without users deletes at once', async () => {
		server().simulator.network.addTrunkGroup({ ...NORTH, name: 'lonely' });
		expect(await send({ trunkGroup: 'lonely' })).toMatchObject({
			status: 200,
			body: { deleted: true, pilotUser: '', hostedUsers: [] },
		});
		expect(writes(server().simulator)).toEqual(['DELETE /groups/trunk-groups']);
	});

	it('that Odin refuses says why', async () => {
		const { simulator } = server();
		simulator.network.addTrunkGroup({ ...NORTH, name: 'stuck' });
		simulator.addFault({ kind: 'status', status: 400, method: 'DELETE' });
		expect(await send({ trunkGroup: 'stuck' })).toMatchObject({
			status: 422,
			body: { ticket: 'T-2001', error: expect.stringContaining('stuck') as string },
		});
		expect(find('stuck')).toBeDefined();
		expect(await send({ trunkGroup: 'stuck' })).toMatchObject({ body: { deleted: true } });
	});

	it('of a used trunk group that nobody can be asked about changes nothing', async () => {
		await chat.close();
		const user = { trunkGroup: 'asked-for', userId: 'asked-for@example.net' };
		server().simulator.network.addTrunkGroup({ ...NORTH, name: 'asked-for' });
		server().simulator.network.addUser({ ...NORTH, ...user });
		expect(await send({ trunkGroup: 'asked-for' })).toMatchObject({
			status: 502,
			body: {
				ticket: 'T-2001',
				error: expect.stringMatching(
					/^Nobody could be asked for approval, so nothing was changed\. Send the ticket again\. The reason: .*refused/i,
				) as string,
			},
		});
		expect(writes(server().simulator)).toEqual([]);
	});
}
