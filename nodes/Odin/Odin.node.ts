import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runBatch } from './execution/batch';
import { noOperation } from './execution/noOperation';
import { resources } from './resources';
import { listSearch } from './resources/listSearch';
import { resourceMapping } from './resources/resourceMapping';
import { formProperties, subtitle } from './execution/formProperties';

export class Odin implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Odin',
		name: 'odin',
		icon: { light: 'file:../../icons/odin.svg', dark: 'file:../../icons/odin.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitle(resources),
		description: 'Provision BroadWorks trunk groups and devices through the Odin API',
		defaults: { name: 'Odin' },
		usableAsTool: {
			replacements: {
				description:
					'Reads and changes BroadWorks trunk groups, their devices, call capacity and users through the Odin API. A trunk group or device is named by service provider ID, group ID and its own name. Use Preview Only before a change that a person should approve, and give its planId to the write.',
			},
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'odinApi', required: true }],
		// n8n does not act on it yet, so the output is freed of passwords here; it will where n8n does.
		sensitiveOutputFields: ['sipAuthenticationPassword'],
		properties: formProperties(resources),
	};

	methods = { listSearch, resourceMapping };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const chosenResource = this.getNodeParameter('resource', 0, '');
		const chosenOperation = this.getNodeParameter('operation', 0, '');
		const operation = resources
			.find(({ value }) => value === chosenResource)
			?.operations.find(({ value }) => value === chosenOperation);
		return await runBatch(this, operation ?? noOperation);
	}
}
