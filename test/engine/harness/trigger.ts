import type {
	IDataObject,
	INode,
	INodeExecutionData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { toMainRealm, type N8n } from './mainRealm';
import type { NodePackage } from './nodePackage';

export interface TriggerOptions {
	/** Of the trigger under test */
	parameters: IDataObject;
	/** By its name within the package */
	node: string;
	/** n8n's durable poll cursors: what a poll remembers is kept with what it tells, or alone where it tells nothing */
	isDurable?: boolean;
}

/** What n8n got of a poll. */
export interface Polled {
	/** The json of the items that it emitted */
	items: IDataObject[];
	/** What it shows as a failed execution */
	errors: Error[];
}

/**
 * A published workflow of one polling trigger, in what n8n does around a poll (read in n8n 2.41.1: active workflows,
 * trigger-execution-context.factory.js and poll-cursor.service.js), without a server.
 */
export class Trigger {
	private workflow: Workflow;

	/** What n8n gives a poll, in milliseconds */
	budgetMs = 5 * 60_000;

	private static count = 0;

	private readonly id = `trigger-${(Trigger.count += 1)}`;

	private saved: IDataObject = {};

	constructor(
		private readonly n8n: N8n,
		private readonly nodePackage: NodePackage,
		private readonly additionalData: IWorkflowExecuteAdditionalData,
		private readonly credentials: INode['credentials'],
		private readonly options: TriggerOptions,
	) {
		this.workflow = this.load(options.parameters);
	}

	private load(parameters: IDataObject): Workflow {
		const node = {
			id: 'trigger',
			name: 'Odin Trigger',
			type: `${this.nodePackage.packageName}.${this.options.node}`,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: toMainRealm(parameters),
			credentials: this.credentials,
		};
		return new this.n8n.workflow.Workflow({
			id: this.id,
			nodes: [node as INode],
			connections: {},
			active: true,
			nodeTypes: this.nodePackage.nodeTypes,
			staticData: toMainRealm(this.options.isDurable ? {} : this.saved),
		});
	}

	/** Publishes the workflow: n8n polls once, and does not publish where that fails. */
	async publish(parameters = this.options.parameters): Promise<Polled> {
		this.workflow = this.load(parameters);
		const polled = await this.run('trigger', 'activate');
		const [error] = polled.errors;
		if (error) throw error;
		this.save();
		return polled;
	}

	/** One poll by the clock. */
	async poll(): Promise<Polled> {
		return await this.run('trigger', 'activate');
	}

	/** A click on the test button. Rejects with what it shows. */
	async click(): Promise<IDataObject[]> {
		const { items, errors } = await this.run('manual', 'manual');
		if (errors[0]) throw errors[0];
		return items;
	}

	/** n8n ends without a word and is started again. */
	crash(parameters = this.options.parameters): void {
		this.workflow = this.load(parameters);
	}

	/** What n8n's database has of the trigger's memory. */
	get stored(): IDataObject {
		const [own] = Object.values(this.saved);
		return (this.options.isDurable ? this.saved : (own ?? {})) as IDataObject;
	}

	private async run(mode: WorkflowExecuteMode, activation: WorkflowActivateMode): Promise<Polled> {
		const { workflow, options } = this;
		const [node] = Object.values(workflow.nodes);
		const type = workflow.nodeTypes.getByNameAndVersion(node!.type, 1);
		const polled: Polled = { items: [], errors: [] };
		const isDurable = options.isDurable === true && mode !== 'manual';
		const staged = { snapshot: toMainRealm(this.saved) };
		const emit = (data: INodeExecutionData[][]) => {
			polled.items.push(...data.flatMap((items) => items.map(({ json }) => json)));
			if (isDurable) this.saved = toMainRealm(staged.snapshot);
			else if (mode !== 'manual') this.save();
		};
		const context = new this.n8n.core.PollContext(
			workflow,
			node!,
			this.additionalData,
			mode,
			activation,
			emit,
			(error) => void polled.errors.push(error),
			undefined,
			undefined,
			isDurable ? () => staged.snapshot : () => workflow.getStaticData('node', node),
			() => this.budgetMs,
		);
		try {
			const data = await workflow.expression.withIsolate(
				async () => await type.poll!.call(context),
			);
			if (data !== null) emit(data);
			else if (isDurable) this.saved = toMainRealm(staged.snapshot);
		} catch (error) {
			polled.errors.push(error as Error);
		}
		return polled;
	}

	private save(): void {
		if (this.options.isDurable) return;
		const { staticData } = this.workflow;
		if ((staticData as { __dataChanged?: boolean }).__dataChanged) {
			this.saved = toMainRealm({ ...staticData });
		}
	}
}
