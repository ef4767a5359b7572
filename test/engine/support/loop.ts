import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';

import type { WorkflowJson } from '../harness/runOptions';

const AGAIN = 'odin-test.again';

/** Puts the start's items out again, on output 0, until the node before it has run `rounds` times. */
const again: INodeType = {
	description: {
		displayName: 'Again',
		name: 'again',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main', 'main'],
		properties: [{ displayName: 'Rounds', name: 'rounds', type: 'number', default: 1 }],
	},
	async execute(this: IExecuteFunctions) {
		const { $runIndex, $items } = this.getWorkflowDataProxy(0);
		const isLast = Number($runIndex) + 1 >= Number(this.getNodeParameter('rounds', 0));
		const items = $items('Start');
		return isLast ? [[], items] : [items, []];
	},
};

export const LOOP_NODES: Readonly<Record<string, INodeType>> = { [AGAIN]: again };

const node = (name: string, type: string, parameters: IDataObject = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
});

/** A workflow in which the node runs so many times with the same items. */
export function loopOver(
	rounds: number,
	parameters: IDataObject,
	more: Partial<INode> = {},
): WorkflowJson {
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			{ ...node('Odin', 'n8n-nodes-odin.odin', parameters), ...more },
			node('Again', AGAIN, { rounds }),
		],
		connections: {
			Start: { main: [to('Odin')] },
			Odin: { main: [to('Again')] },
			Again: { main: [to('Odin'), []] },
		},
	};
}
