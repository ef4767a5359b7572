import { sendJson } from '../../../scripts/n8n/rest';
import { execute } from '../../gates/checkout';
import { commandsIn } from '../../gates/documents';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { writes } from './support/writes';

const TICKET = {
	ticketId: 'T-1001',
	serviceProvider: 'acme-ent',
	group: 'acme-hq',
	trunkGroup: 'ticket-1',
	channels: 30,
};
const KEY = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

export function ticketToTrunkGroup(server: () => RealN8n): void {
	const send = async (change: Record<string, unknown> = {}) => {
		const { status, body } = await sendJson(`${server().url}/webhook/odin-ticket`, {
			body: { ...TICKET, ...change },
		});
		return { status, body };
	};

	beforeAll(async () => await publishExample(server(), 'ticket-to-trunk-group.json'));

	it('becomes a trunk group, and the answer has its profile', async () => {
		const profile = { ...KEY, name: 'ticket-1', maxActiveCalls: 30 };
		expect(await send()).toMatchObject({ status: 200, body: { ticket: 'T-1001', profile } });
		expect(writes(server().simulator)).toEqual(['POST /groups/trunk-groups']);
	});

	it('sent as docs/examples.md sends it becomes a trunk group', async () => {
		const start = 'curl -X POST https://n8n.example.com/webhook/odin-ticket';
		const { commands } = await commandsIn('docs/examples.md');
		const [{ command } = { command: '' }] = commands.filter((one) => one.command.startsWith(start));
		const here = command.replace('https://n8n.example.com', server().url);
		const answer = JSON.parse(await execute('bash', ['-c', here])) as unknown;
		expect(answer).toMatchObject({ ticket: 'T-1001', profile: { ...KEY, maxActiveCalls: 30 } });
	});

	it('delivered again gets the same answer, and nothing is written', async () => {
		const first = await send();
		server().simulator.clearRequests();
		expect(await send()).toEqual(first);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('delivered twice at once becomes one trunk group', async () => {
		const answers = await Promise.all([
			send({ trunkGroup: 'ticket-2' }),
			send({ trunkGroup: 'ticket-2' }),
		]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		expect(answers[0]).toEqual(answers[1]);
		const created = server().simulator.requests.filter(
			({ method, status }) => method === 'POST' && status === 200,
		);
		expect(created.filter(({ path }) => path === '/groups/trunk-groups')).toHaveLength(1);
	});

	it('with other values for the same name is not carried out', async () => {
		expect(await send({ ticketId: 'T-1002', channels: 31 })).toMatchObject({
			status: 409,
			body: {
				ticket: 'T-1002',
				error: expect.stringContaining('Nothing was changed') as string,
				differences: [{ field: 'maxActiveCalls', expected: 31, actual: 30 }],
			},
		});
		expect(writes(server().simulator)).toEqual([]);
	});

	it('without a number of channels is right with any, but creates nothing', async () => {
		for (const channels of [undefined, null, '']) {
			expect(await send({ channels })).toMatchObject({
				status: 200,
				body: { profile: { name: 'ticket-1', maxActiveCalls: 30 } },
			});
		}
		expect(writes(server().simulator)).toEqual([]);
		expect(await send({ trunkGroup: 'ticket-4', channels: undefined })).toMatchObject({
			status: 422,
			body: { error: expect.stringContaining("'Max Active Calls' is needed") as string },
		});
	});

	it('that Odin or the node refuses is answered with the reason', async () => {
		expect(await send({ group: 'nowhere' })).toMatchObject({
			status: 422,
			body: { ticket: 'T-1001', error: expect.stringContaining('nowhere') as string },
		});
		expect(await send({ trunkGroup: 'longer than thirty characters are' })).toMatchObject({
			status: 422,
			body: { error: expect.stringContaining("'Trunk Group'") as string },
		});
	});

	it('that Odin has no time for is to be delivered again', async () => {
		server().simulator.addFault({
			kind: 'status',
			status: 503,
			headers: { 'retry-after': '300' },
			method: 'POST',
			path: '/groups/trunk-groups',
		});
		const ticket = { trunkGroup: 'ticket-3' };
		expect(await send(ticket)).toMatchObject({
			status: 502,
			body: { ticket: 'T-1001', error: expect.stringContaining('too busy') as string },
		});
		expect(await send(ticket)).toMatchObject({ status: 200 });
	});
}
