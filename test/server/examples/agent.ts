import type { RealN8n } from '../support/realN8n';
import { publishExample } from './support/exampleWorkflow';
import { McpClient, type ToolResult } from './support/mcpClient';
import { writes } from './support/writes';

const TOKEN = 'agent-token';
const GROUP = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

const textOf = ({ content }: ToolResult): string => content.map(({ text }) => text).join('\n');

export function agentTools(server: () => RealN8n): void {
	let agent: McpClient;
	const url = () => `${server().url}/mcp/odin-mcp`;

	beforeAll(async () => {
		const { id } = await server().api.post<{ id: string }>('/credentials', {
			name: 'Odin MCP Token',
			type: 'httpBearerAuth',
			data: { token: TOKEN },
		});
		await publishExample(server(), 'agent-tools.json', { credentials: { httpBearerAuth: id } });
		agent = await McpClient.connect(url(), TOKEN);
	});

	it('without the token is turned away', async () => {
		await expect(McpClient.connect(url(), 'guessed')).rejects.toThrow(/^40[13]/);
	});

	it('sees the tools, what they are for and what they want', async () => {
		const tools = await agent.tools();
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Create_Trunk_Group',
			'Get_Call_Capacity',
			'Get_Trunk_Group',
			'List_Groups',
			'List_Service_Providers',
			'List_Trunk_Groups',
			'Preview_Trunk_Group',
		]);
		const create = tools.find(({ name }) => name === 'Create_Trunk_Group');
		expect(create?.description).toContain('live network');
		expect(Object.keys(create?.inputSchema.properties ?? {}).sort()).toEqual([
			'groupId',
			'maxActiveCalls',
			'name',
			'planId',
			'serviceProviderId',
		]);
	});

	it('reads', async () => {
		const { network } = server().simulator;
		// More than the limit that a look-up has of itself.
		for (let index = 0; index < 60; index++) {
			network.addServiceProvider({ serviceProviderId: `more-${index}` });
			network.addGroup({ serviceProviderId: 'acme-ent', groupId: `more-${index}` });
		}
		const serviceProviders = await agent.call('List_Service_Providers', {});
		expect(textOf(serviceProviders)).toContain('more-59');
		expect(textOf(serviceProviders)).toContain('globex-ent');
		const groups = await agent.call('List_Groups', { serviceProviderId: 'acme-ent' });
		expect(textOf(groups)).toContain('acme-plant');
		expect(textOf(groups)).toContain('more-59');
		const capacity = await agent.call('Get_Call_Capacity', GROUP);
		expect(textOf(capacity)).toMatch(/"maxActiveCalls":\s*100/);
	});

	it('previews without writing, creates, and reads back what it created', async () => {
		const trunkGroup = { ...GROUP, name: 'agent-1', maxActiveCalls: 7 };
		const preview = await agent.call('Preview_Trunk_Group', trunkGroup);
		expect(textOf(preview)).toContain('"preview":true');
		const [, planId] = /"planId":\s*"([^"]+)"/.exec(textOf(preview)) ?? [];
		const withPlan = { ...trunkGroup, planId };
		const others = [
			trunkGroup,
			{ ...trunkGroup, planId: '' },
			{ ...trunkGroup, planId: 'agreed' },
			{ ...withPlan, maxActiveCalls: 8 },
			{ ...withPlan, name: 'agent-2' },
		];
		for (const other of others) {
			const refused = await agent.call('Create_Trunk_Group', other);
			expect([refused.isError, textOf(refused)]).toEqual([true, expect.any(String)]);
		}
		expect(writes(server().simulator)).toEqual([]);

		await agent.call('Create_Trunk_Group', withPlan);
		expect(writes(server().simulator)).toEqual(['POST /groups/trunk-groups']);
		const found = await agent.call('Get_Trunk_Group', { ...GROUP, name: 'agent-1' });
		expect(textOf(found)).toMatch(/"maxActiveCalls":\s*7/);
		expect(textOf(await agent.call('List_Trunk_Groups', GROUP))).toContain('agent-1');
	});

	it('is told in words what is refused, and nothing is written', async () => {
		const refused = await agent.call('Preview_Trunk_Group', {
			...GROUP,
			name: 'agent-2',
			maxActiveCalls: 101,
		});
		expect(refused.isError).toBe(true);
		expect(textOf(refused)).toContain(
			"'Max Active Calls' 101 does not fit: the call capacity of group 'acme-hq' is 100",
		);
		expect(writes(server().simulator)).toEqual([]);
	});
}
