import { importWorkflow, type Workflow } from '../../scripts/n8n/import';
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
});
