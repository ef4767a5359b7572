import { importWorkflow, publishWorkflow, type Workflow } from '../../scripts/n8n/import';
import { McpClient } from './examples/support/mcpClient';
import { runByHand } from './examples/support/manualRun';
import { startRealN8n, type RealN8n } from './support/realN8n';

let n8n: RealN8n;

beforeAll(async () => {
	n8n = await startRealN8n({ strict: true });
});

afterAll(async () => await n8n?.stop());

interface TestedCredential {
	status: string;
	message: string;
}

describe('The package in a real n8n', () => {
	it('logs in when the credential is tested, and says what is wrong with a password', async () => {
		const test = async (password: string) =>
			await n8n.api.post<TestedCredential>('/credentials/test', {
				credentials: {
					id: n8n.credentialId,
					name: 'Odin',
					type: 'odinApi',
					data: { ...n8n.credential, password },
				},
			});
		expect(await test(n8n.credential.password)).toMatchObject({ status: 'OK' });
		expect(await test('wrong')).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('refused the login') as string,
		});
	});

	it('lends its credential to the HTTP Request node, session and all', async () => {
		const { api, simulator, credentialId } = n8n;
		const url = `${simulator.baseUrl}/service-providers`;
		const parameters = {
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'odinApi',
			options: {},
		};
		const place = { typeVersion: 4.2, position: [200, 0] };
		const workflowId = await importWorkflow(
			api,
			{
				name: 'HTTP Request',
				nodes: [
					{
						...{ id: 'a', name: 'Try It', type: 'n8n-nodes-base.manualTrigger' },
						...{ typeVersion: 1, position: [0, 0], parameters: {} },
					},
					{
						...{ id: 'b', name: 'Odin', type: 'n8n-nodes-base.httpRequest', ...place, parameters },
						credentials: { odinApi: { id: credentialId, name: 'Odin' } },
					},
				] as Workflow['nodes'],
				connections: { 'Try It': { main: [[{ node: 'Odin', type: 'main', index: 0 }]] } },
			},
			credentialId,
		);
		await runByHand(api, workflowId, 'Try It');
		simulator.revokeTokens();
		simulator.clearRequests();
		await runByHand(api, workflowId, 'Try It');
		expect(simulator.requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
			'/service-providers 401',
			'/auth/token 200',
			'/service-providers 200',
		]);
	});

	it('hands columns to an agent, who fills them in', async () => {
		const { api, simulator, credentialId } = n8n;
		const fromAgent = (name: string) => `={{ $fromAI('${name}', 'The ${name}', 'string') }}`;
		const tool = (name: string, columns: object) => ({
			...{ id: name, name, type: 'n8n-nodes-odin.odinTool', typeVersion: 1, position: [200, 0] },
			parameters: {
				...{ resource: 'trunkGroup', operation: 'create', descriptionType: 'manual' },
				...{ toolDescription: 'Creates a trunk group', fieldsMode: 'columns', columns },
			},
			credentials: { odinApi: { id: credentialId, name: 'Odin' } },
		});
		const names = ['serviceProviderId', 'groupId', 'name', 'maxActiveCalls', 'prefix'];
		const value = Object.fromEntries(names.map((name) => [name, fromAgent(name)]));
		const nodes = [
			{
				...{ id: 'mcp', name: 'MCP', type: '@n8n/n8n-nodes-langchain.mcpTrigger', typeVersion: 2 },
				...{ position: [0, 0], webhookId: 'columns', parameters: { path: 'columns' } },
			},
			tool('By Hand', { mappingMode: 'defineBelow', value }),
			tool('Automatic', { mappingMode: 'autoMapInputData', value: null }),
		] as unknown as Workflow['nodes'];
		const toAgent = { ai_tool: [[{ node: 'MCP', type: 'ai_tool', index: 0 }]] };
		const connections = { 'By Hand': toAgent, Automatic: toAgent };
		const id = await importWorkflow(api, { name: 'Columns', nodes, connections }, credentialId);
		await publishWorkflow(api, id);
		const agent = await McpClient.connect(`${n8n.url}/mcp/columns`, '');
		const byHand = (await agent.tools()).find(({ name }) => name === 'By_Hand');
		expect(Object.keys(byHand?.inputSchema.properties ?? {})).toEqual(names);
		const row = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'by-agent' };
		const { content } = await agent.call('By_Hand', { ...row, maxActiveCalls: '7', prefix: '' });
		expect(content[0]?.text).toContain('"maxActiveCalls":7');
		const created = simulator.network.trunkGroup('acme-ent', 'acme-hq', 'by-agent');
		expect(created).toMatchObject({ maxActiveCalls: 7 });
		expect(created?.prefix ?? null).toBeNull();
		// A tool gets no item: there is nothing whose keys could be mapped.
		const automatic = await agent.call('Automatic', { ...row, name: 'automatic' });
		expect(automatic.content[0]?.text).toContain("'Service Provider' is needed");
	});
});
