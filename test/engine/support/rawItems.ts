import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import type { Engine, RunResult } from '../harness';

type Json = Record<string, unknown>;

const RAW = 'n8n-nodes-test.raw';

/** A node that puts out whatever it is given: not through JSON, since nodes of one process also hand each other dates. */
export class RawItems {
	private items: Json[] = [];

	/** To be given to the engine. */
	readonly nodeTypes: Readonly<Record<string, INodeType>> = { [RAW]: this.source() };

	private source(): INodeType {
		const given = () => this.items;
		return {
			description: {
				displayName: 'Raw',
				name: 'raw',
				group: ['transform'],
				version: 1,
				description: '',
				defaults: { name: 'Raw' },
				inputs: ['main'],
				outputs: ['main'],
				properties: [],
			},
			async execute() {
				return [given().map((json, item) => ({ json: json as IDataObject, pairedItem: { item } }))];
			},
		};
	}

	/** Runs the Odin node for these items. */
	async run(
		engine: Engine,
		items: Json[],
		parameters: Json,
		odin: Partial<INode> = {},
	): Promise<RunResult> {
		this.items = items;
		const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			...more,
		});
		const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
		return await engine.run({
			workflow: {
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger'),
					node('Raw', RAW),
					node('Odin', 'n8n-nodes-odin.odin', {
						...odin,
						parameters: parameters as INode['parameters'],
					}),
				],
				connections: { Start: to('Raw'), Raw: to('Odin') },
			},
		});
	}
}
