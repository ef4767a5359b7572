import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../simulator';
import { Engine } from './harness';
import { describedAs } from './harness/stubNodes';
import { OtherHost } from './support/otherHost';

/** As n8n's HTTP Request sends with a predefined credential, and as other nodes do. */
const WAYS = {
	'HTTP Request': async (context: IExecuteFunctions, url: string, body: IDataObject) =>
		await context.helpers.requestWithAuthentication.call(context, 'odinApi', {
			method: 'POST',
			uri: url,
			body,
			json: true,
			followRedirect: true,
			followAllRedirects: true,
			maxRedirects: 21,
			resolveWithFullResponse: true,
			simple: false,
		}),
	'another node': async (context: IExecuteFunctions, url: string, body: IDataObject) =>
		await context.helpers.httpRequestWithAuthentication.call(context, 'odinApi', {
			method: 'POST',
			url,
			body,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			maxRedirects: 21,
		}),
};

const SENDER = 'odin-test.sender';

const sender: INodeType = {
	description: describedAs({
		name: 'sender',
		credentials: [{ name: 'odinApi', required: true }],
		properties: [
			{ displayName: 'Way', name: 'way', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		],
	}),
	async execute(this: IExecuteFunctions) {
		const way = this.getNodeParameter('way', 0) as keyof typeof WAYS;
		const url = this.getNodeParameter('url', 0) as string;
		const { statusCode } = (await WAYS[way](this, url, {
			secret: 'sip-password-1',
		})) as IDataObject;
		return [[{ json: { statusCode } }]];
	},
};

let odin: Simulator;
let other: OtherHost;
let engine: Engine;

beforeAll(async () => {
	odin = await startSimulator({ strict: true });
	other = await OtherHost.start({});
	const { baseUrl, username, password } = odin;
	engine = await Engine.start({
		credentials: { baseUrl, username, password },
		nodeTypes: { [SENDER]: sender },
	});
});

afterAll(async () => {
	await engine.stop();
	await odin.close();
	await other.close();
});

describe.each(Object.keys(WAYS))('a request of %s with the credential', (way) => {
	it.each([301, 302, 303, 307, 308])('goes to no other host: HTTP %i', async (status) => {
		odin.addFault({ kind: 'redirect', status, location: `${other.url}/x`, path: '/groups' });
		const node = (name: string, type: string, parameters: IDataObject = {}) => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: parameters as never,
		});
		const { run } = await engine.run({
			workflow: {
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					{
						...node('Sender', SENDER, { way, url: `${odin.baseUrl}/groups` }),
						credentials: { odinApi: { id: '', name: '' } },
					},
					node('Odin', 'n8n-nodes-odin.odin', {
						resource: 'serviceProvider',
						operation: 'getAll',
					}),
				],
				connections: {
					Start: { main: [[{ node: 'Sender', type: 'main', index: 0 }]] },
				},
			},
		});
		const [task] = run.data.resultData.runData.Sender ?? [];
		expect(task?.data?.main?.[0]?.[0]?.json).toEqual({ statusCode: status });
		expect(other.received).toEqual([]);
	});
});
