import { importCredential, importWorkflow } from '../../scripts/n8n/import';
import { tokenOwner } from '../../nodes/Odin/transport/session/login';
import { startSimulator, type Simulator } from '../../simulator';
import { expectPlainWords } from '../engine/support/plainWords';
import { Proxy } from '../engine/support/proxy';
import { selfSignedCertificate } from '../engine/support/selfSignedCertificate';
import { runByHand } from './examples/support/manualRun';
import { startRealN8n, type RealN8n } from './support/realN8n';

/** What n8n, or a proxy that it has to use, does not let through, in the node, the lists and the credential test. */

const TYPE = 'n8n-nodes-odin.odin';
const CREATE = {
	resource: 'trunkGroup',
	operation: 'create',
	serviceProviderId: { __rl: true, mode: 'id', value: 'acme-ent' },
	groupId: { __rl: true, mode: 'id', value: 'acme-hq' },
	name: 'sbc',
};

interface Case {
	odin: Simulator;
	/** Fields that n8n adds to every credential */
	domains?: { allowedHttpRequestDomains: string; allowedDomains?: string };
	/** Of a session from before. n8n then words what the credential test says; without one it logs in, in the node's words. */
	hasToken: boolean;
}

const said = (error: Error) => error.message;

/** What the three places say: the node, a list, the credential test. */
async function tell({ api }: RealN8n, { odin, domains, hasToken }: Case) {
	const { baseUrl, username, password } = odin;
	const account = { baseUrl, username, password, allowUnauthorizedCerts: true, ...domains };
	const token = hasToken && { token: 'of-before', issuedTo: tokenOwner(account) };
	const data = { ...account, ...token };
	const id = await importCredential(api, data);
	const credentials = { odinApi: { id, name: 'Odin' } };
	const workflow = {
		name: 'Create',
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Odin',
				type: TYPE,
				typeVersion: 1,
				position: [0, 0],
				parameters: CREATE,
				credentials,
			},
		],
		connections: { Start: { main: [[{ node: 'Odin', type: 'main', index: 0 }]] } },
	};
	const workflowId = await importWorkflow(api, workflow, id);
	const node = await runByHand(api, workflowId, 'Start').then(String, said);
	const list = await api
		.post('/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.serviceProviderId',
			methodName: 'searchServiceProviders',
			nodeTypeAndVersion: { name: TYPE, version: 1 },
			currentNodeParameters: CREATE,
			credentials,
		})
		.then(String, said);
	const test = await api.post<{ status: string; message: string }>('/credentials/test', {
		credentials: { id, name: 'Odin', type: 'odinApi', data },
	});
	return { node, list, test };
}

async function expectTold(n8n: RealN8n, refused: Case, told: RegExp) {
	const { node, list, test } = await tell(n8n, refused);
	expect(node).toContain("trunk group 'sbc'");
	expect(test.status).toBe('Error');
	for (const text of refused.hasToken ? [node, list] : [node, list, test.message]) {
		expect(text).toMatch(told);
		expectPlainWords(text);
	}
	expect(refused.odin.requests).toEqual([]);
}

let n8n: RealN8n | undefined;
afterEach(async () => await n8n?.stop());

test("n8n's SSRF protection", async () => {
	n8n = await startRealN8n({}, { N8N_SSRF_PROTECTION_ENABLED: 'true' });
	for (const hasToken of [false, true]) {
		await expectTold(
			n8n,
			{ odin: n8n.simulator, hasToken },
			/n8n's SSRF protection does not let requests reach http:.*N8N_SSRF_ALLOWED_HOSTNAMES/s,
		);
	}
});

test('Allowed Domains of the credential, and a proxy that n8n has to use', async () => {
	const proxy = new Proxy(403);
	const address = await proxy.start();
	const encrypted = await startSimulator({ https: selfSignedCertificate() });
	try {
		n8n = await startRealN8n({}, { HTTP_PROXY: address, HTTPS_PROXY: address });
		const plain = n8n.simulator;
		// n8n has the login obey them; a request with a token it lets through.
		for (const allowedDomains of ['odin.example.com', '']) {
			const domains = { allowedHttpRequestDomains: 'domains', allowedDomains };
			await expectTold(
				n8n,
				{ odin: plain, hasToken: false, domains },
				/n8n does not let this credential reach http:.*Add this host to 'Allowed Domains'/s,
			);
		}
		expect(proxy.asked).toEqual([]);
		for (const [odin, answer, hasToken] of [
			[plain, 407, false],
			[plain, 407, true],
			[encrypted, 407, false],
			[encrypted, 407, true],
			[encrypted, 403, false],
			[encrypted, 403, true],
			[encrypted, 502, false],
			[encrypted, 502, true],
		] as const) {
			proxy.answer = answer;
			await expectTold(
				n8n,
				{ odin, hasToken },
				new RegExp(
					`The proxy that n8n uses refused to connect to ${odin.baseUrl} \\(HTTP ${answer}\\).*NO_PROXY`,
					's',
				),
			);
			// Each of the three asks once.
			expect(proxy.asked.splice(0)).toHaveLength(3);
		}
	} finally {
		await encrypted.close();
		await proxy.stop();
	}
});
