import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

/** What most community nodes do: one item after the other, each with n8n's request helper. */
export const sequentialNode: INodeType = {
	description: {
		displayName: 'Sequential',
		name: 'sequential',
		group: ['output'],
		version: 1,
		description: 'Creates one trunk group after the other',
		defaults: { name: 'Sequential' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'odinApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			{ displayName: 'Further Fields', name: 'fields', type: 'json', default: '{}' },
		],
	},

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const fields = JSON.parse(this.getNodeParameter('fields', item) as string) as IDataObject;
			const options = {
				method: 'POST' as IHttpRequestMethods,
				url: this.getNodeParameter('url', item) as string,
				body: { ...fields, name: this.getNodeParameter('name', item) },
				json: true,
			};
			const { httpRequestWithAuthentication } = this.helpers;
			const json = (await httpRequestWithAuthentication.call(
				this,
				'odinApi',
				options,
			)) as IDataObject;
			output.push({ json, pairedItem: { item } });
		}
		return [output];
	},
};
