import type { RealN8n } from '../support/realN8n';
import { importExample } from './support/exampleWorkflow';
import { startMailServer, type MailServer } from './support/mailServer';
import { runByHand } from './support/manualRun';
import { writes } from './support/writes';

const ENTERPRISE = { serviceProviderId: 'weekly-ent' };
const GROUP = { ...ENTERPRISE, groupId: 'weekly-hq' };

export function weeklyAudit(server: () => RealN8n): void {
	let mails: MailServer;
	let smtp: string;

	beforeAll(async () => {
		mails = await startMailServer();
		({ id: smtp } = await server().api.post<{ id: string }>('/credentials', {
			name: 'SMTP',
			type: 'smtp',
			data: { host: '127.0.0.1', port: mails.port, secure: false, disableStartTls: true },
		}));
		const { network } = server().simulator;
		network.addServiceProvider(ENTERPRISE);
		network.addGroup(GROUP);
		network.addGroup({ ...ENTERPRISE, groupId: 'weekly-empty' });
		network.addTrunkGroup({ ...GROUP, name: 'a' });
		network.addTrunkGroup({
			...GROUP,
			name: '<b>&',
			allowUnscreenedCalls: true,
			requireAuthentication: true,
			pilotUserId: 'pilot@example.com',
			unreachableDestinationAction: 'Reroute',
			unreachableDestinationRerouteTrunkGroupKey: { ...GROUP, name: 'gone' },
		});
	});

	afterAll(async () => await mails?.close());

	/** Runs the example by hand. Returns the mails that it sent, and the cells of their tables. */
	async function run(settings: Record<string, unknown>) {
		const before = mails.received.length;
		const workflowId = await importExample(server(), 'weekly-audit.json', {
			settings: { ...ENTERPRISE, ...settings },
			credentials: { smtp },
		});
		await runByHand(server().api, workflowId, 'Try It');
		return mails.received.slice(before).map((mail) => ({
			...mail,
			rows: [...mail.body.matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
				[...row!.matchAll(/<t[hd]\b[^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell),
			),
		}));
	}

	it('sends one mail with all findings, the worst first, and writes nothing to Odin', async () => {
		const [mail, ...others] = await run({});
		expect(others).toEqual([]);
		expect(mail).toMatchObject({ from: 'n8n@example.com', to: ['voice-operations@example.com'] });
		expect(mail?.head).toMatch(/^Subject: Trunk groups: 5 findings, 3 of them high/m);
		expect(
			mail?.rows.map(([severity, , , trunkGroup, rule]) => [severity, trunkGroup, rule]),
		).toEqual([
			['Severity', 'Trunk Group', 'Rule'],
			['1 high', 'a', 'noAuthentication'],
			['1 high', '&lt;b>&amp;', 'unscreenedCalls'],
			['1 high', '&lt;b>&amp;', 'danglingTarget'],
			['2 medium', 'a', 'noPilot'],
			['3 low', 'a', 'noFailOver'],
		]);
		expect(mail?.rows[2]?.[5]).toContain("'&lt;b>&amp;' allows calls");
		expect(writes(server().simulator)).toEqual([]);
	});

	it('leaves out severities that are not worth a line', async () => {
		const [mail] = await run({ severities: '["medium"]' });
		expect(mail?.rows.slice(1).map(([severity]) => severity)).toEqual(['2 medium']);
	});

	it('sends nothing where nothing is found', async () => {
		expect(await run({ groupId: 'weekly-empty' })).toEqual([]);
	});

	it('tells in its mail what could not be read', async () => {
		server().simulator.addFault({
			kind: 'status',
			status: 403,
			method: 'GET',
			path: '/groups/trunk-groups/call-capacity',
			times: 9,
		});
		const [mail] = await run({});
		server().simulator.clearFaults();
		expect(mail?.rows.map(([, , , , rule]) => rule)).toContain('notChecked');
	});

	it('fails where the audit cannot be done', async () => {
		await expect(run({ serviceProviderId: 'nowhere-ent' })).rejects.toThrow(
			/^The workflow ended at Audit Not Done: .*nowhere-ent/,
		);
	});
}
