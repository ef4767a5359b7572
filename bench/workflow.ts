import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

import { Engine } from '../test/engine/harness';
import { mainRequire } from '../test/engine/harness/mainRealm';
import { bareNode } from './bareNode';
import type { Account } from './simulatorMessages';
import { Stopwatch, type Taken } from './stopwatch';

const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';
const BARE = 'n8n-nodes-odin-bench.bare';
const BEFORE = 'n8n-nodes-odin-bench.before';
const AFTER = 'n8n-nodes-odin-bench.after';

/** The node that is measured. */
export interface Measured {
	type: 'odin' | 'httpRequest' | 'bare';
	parameters: IDataObject;
}

/** What a node made of the items. */
export interface NodeRun extends Taken {
	output: INodeExecutionData[];
}

const TYPES = {
	odin: { type: 'n8n-nodes-odin.odin', typeVersion: 1 },
	httpRequest: { type: HTTP_REQUEST, typeVersion: 4.2 },
	bare: { type: BARE, typeVersion: 1 },
};

const description = {
	displayName: 'Stopwatch',
	name: 'stopwatch',
	group: [],
	version: 1,
	description: '',
	defaults: {},
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
} as unknown as INodeType['description'];

/** Workflows in n8n's engine with its production expression engine; only the measured node is on the clock. */
export class Workflows {
	private engine: Engine | undefined;

	private done: NodeRun | undefined;

	/** Called when the items stand before the measured node. */
	onReady: () => void = () => {};

	/** @param n8nNodesBase the folder of n8n's own nodes */
	static async start(account: Account, n8nNodesBase: string): Promise<Workflows> {
		const workflows = new Workflows();
		const { HttpRequest } = mainRequire(
			`${n8nNodesBase}/dist/nodes/HttpRequest/HttpRequest.node.js`,
		) as { HttpRequest: new () => INodeType };
		let stopwatch: Stopwatch;
		workflows.engine = await Engine.start({
			credentials: account,
			expressionEngine: 'vm',
			nodeTypes: {
				[HTTP_REQUEST]: new HttpRequest(),
				[BARE]: bareNode,
				[BEFORE]: passing(() => {
					workflows.onReady();
					stopwatch = new Stopwatch();
				}),
				[AFTER]: passing((items) => {
					workflows.done = { ...stopwatch.read(), output: items };
				}),
			},
		});
		return workflows;
	}

	async stop(): Promise<void> {
		await this.engine?.stop();
	}

	/** Rejects when the node does not put out one item for each one. */
	async run({ type, parameters }: Measured, items: IDataObject[]): Promise<NodeRun> {
		const node = (name: string, more: Partial<INode>) =>
			({ id: name, name, typeVersion: 1, position: [0, 0], parameters: {}, ...more }) as INode;
		const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		const result = await this.engine?.run({
			items,
			workflow: {
				nodes: [
					node('Start', { type: 'n8n-nodes-base.manualTrigger' }),
					node('Before', { type: BEFORE }),
					node('Measured', {
						...TYPES[type],
						parameters: parameters as INode['parameters'],
						credentials: { odinApi: { id: '', name: '' } },
					}),
					node('After', { type: AFTER }),
					node('Odin', { type: TYPES.odin.type }),
				],
				connections: { Start: to('Before'), Before: to('Measured'), Measured: to('After') },
			},
		});
		const done = this.takeResult();
		if (done?.output.length !== items.length) {
			const reason = result?.error?.message ?? `${done?.output.length} items`;
			throw new Error(`${type} did not do all items: ${reason}`);
		}
		return done;
	}

	private takeResult(): NodeRun | undefined {
		const { done } = this;
		this.done = undefined;
		return done;
	}
}

function passing(look: (items: INodeExecutionData[]) => void): INodeType {
	return {
		description,
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			look(items);
			return [items];
		},
	};
}
