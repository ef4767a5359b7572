import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

/** What every description of a node must have. */
export const describedAs = (description: Partial<INodeTypeDescription>): INodeTypeDescription => ({
	displayName: 'Stub',
	name: 'stub',
	group: [],
	version: 1,
	description: '',
	defaults: {},
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
	...description,
});

/** A node that puts out what comes in. */
function passThrough(description: Partial<INodeTypeDescription>): INodeType {
	return {
		description: describedAs(description),
		async execute(this: IExecuteFunctions) {
			return [this.getInputData()];
		},
	};
}

export const START_NODE_TYPE = 'n8n-nodes-base.manualTrigger';

/** Stand-ins, since n8n-nodes-base is not installed here. The engine finds the start node by this type name. */
export const stubNodes: Readonly<Record<string, INodeType>> = {
	[START_NODE_TYPE]: passThrough({ name: 'manualTrigger', group: ['trigger'], inputs: [] }),
	'n8n-nodes-base.noOp': passThrough({ name: 'noOp' }),
};
