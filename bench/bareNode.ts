import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

/**
 * No more than a node needs to send requests with n8n's helper: no checks, no retries, no reading back, any answer taken
 * for a trunk group. With one request at once it is what most community nodes do; with more, what a node could reach.
 */
export const bareNode: INodeType = {
	description: {
		displayName: 'Bare',
		name: 'bare',
		group: ['output'],
		version: 1,
		description: 'Creates trunk groups',
		defaults: { name: 'Bare' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'odinApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			{ displayName: 'Further Fields', name: 'fields', type: 'json', default: '{}' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 1 },
		],
	},

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const bodies = this.getInputData().map((_, item): IDataObject => {
			const fields = JSON.parse(this.getNodeParameter('fields', item) as string) as IDataObject;
			return { ...fields, name: this.getNodeParameter('name', item) };
		});
		const url = this.getNodeParameter('url', 0) as string;
		const concurrency = this.getNodeParameter('concurrency', 0) as number;
		const output: INodeExecutionData[] = [];
		let next = 0;
		const worker = async (): Promise<void> => {
			while (next < bodies.length) {
				const item = next++;
				const json = (await this.helpers.httpRequestWithAuthentication.call(this, 'odinApi', {
					method: 'POST' as IHttpRequestMethods,
					url,
					body: bodies[item]!,
					json: true,
				})) as IDataObject;
				output[item] = { json, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: concurrency }, worker));
		return [output];
	},
};
