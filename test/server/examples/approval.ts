import { sendJson } from '../../../scripts/n8n/rest';
import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { openLink } from './support/question';
import { startStandIn, type StandIn } from './support/standIn';
import { writes } from './support/writes';

const REQUEST = { serviceProvider: 'acme-ent', group: 'acme-hq', channels: 12 };
const KEY = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

interface Question {
	text: string;
	approve: string;
	reject: string;
	preview: Record<string, unknown>;
}

export function approvalBeforeCreate(server: () => RealN8n): void {
	let chat: StandIn;

	beforeAll(async () => {
		chat = await startStandIn();
		await publishExample(server(), 'approval-before-create.json', {
			settings: { approvalUrl: `${chat.url}/approvals` },
		});
	});

	afterAll(async () => await chat?.close());

	const request = async (trunkGroup: string, change: object = {}) =>
		await sendJson(`${server().url}/webhook/odin-request`, {
			body: { ...REQUEST, trunkGroup, ...change },
		});

	/** Sends a request and returns the question that a person gets. */
	async function ask(trunkGroup: string): Promise<Question> {
		expect(await request(trunkGroup)).toMatchObject({ status: 202 });
		return (await chat.next()).body as Question;
	}

	const find = (name: string) => server().simulator.network.trunkGroup('acme-ent', 'acme-hq', name);

	it('shows what would be created, and writes nothing yet', async () => {
		const { text, preview } = await ask('approval-1');
		expect(text).toBe(
			'Create trunk group approval-1 in group acme-hq of acme-ent with 12 calls at once?',
		);
		expect(preview).toMatchObject({ ...KEY, name: 'approval-1', maxActiveCalls: 12 });
		expect(writes(server().simulator)).toEqual([]);
	});

	it('approved creates exactly what was previewed, once', async () => {
		const { approve, preview } = await ask('approval-2');
		expect(await openLink(approve)).toBe('Approved. Trunk group approval-2 was created.');
		const { body } = server().simulator.requests.find(({ method }) => method === 'POST') ?? {};
		expect(body).toEqual(preview);
		expect(find('approval-2')).toMatchObject({ maxActiveCalls: 12 });
		server().simulator.clearRequests();
		expect(await openLink(approve)).not.toContain('was created');
		expect(writes(server().simulator)).toEqual([]);
	});

	it('rejected creates nothing', async () => {
		const { reject } = await ask('approval-3');
		expect(await openLink(reject)).toBe('Rejected. Trunk group approval-3 was not created.');
		expect(find('approval-3')).toBeUndefined();
	});

	it('is not approved by the link preview of a chat program, nor without a decision', async () => {
		const { approve } = await ask('approval-4');
		await openLink(approve, 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)');
		expect(find('approval-4')).toBeUndefined();
		expect(await openLink(approve.replace('&decision=approve', ''))).toBe(
			'The link names no decision. Trunk group approval-4 was not created.',
		);
		expect(find('approval-4')).toBeUndefined();
	});

	it('approved too late says why it was not created', async () => {
		const { approve } = await ask('approval-5');
		server().simulator.network.addTrunkGroup({ ...KEY, name: 'approval-5' });
		expect(await openLink(approve)).toMatch(
			/^Approved, but not created\. The state in Odin has changed since the preview of .*approval-5/,
		);
		expect(writes(server().simulator)).toEqual([]);
	});

	it('that cannot be carried out is refused before anybody is asked', async () => {
		const asked = chat.received.length;
		expect(await request('approval-6', { channels: 101 })).toMatchObject({
			status: 422,
			body: { error: expect.stringContaining('does not fit') as string },
		});
		expect(chat.received).toHaveLength(asked);
	});

	it('that nobody can be asked about is answered so, and creates nothing', async () => {
		await chat.close();
		expect(await request('approval-7')).toMatchObject({
			status: 502,
			body: {
				error: expect.stringMatching(
					/^Nobody could be asked for approval, so nothing was created\. Send the request again\. The reason: .*refused/i,
				) as string,
			},
		});
		expect(writes(server().simulator)).toEqual([]);
	});
}
