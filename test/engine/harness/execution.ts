import type {
	IRun,
	ITaskData,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { N8n } from './mainRealm';
import type { NodePackage } from './nodePackage';
import type { PreparedRun } from './runOptions';
import { readRun, saveRun, type SavedRun } from './runResult';

interface ExecutionOptions {
	executionId: string;
	mode: WorkflowExecuteMode;
	signal: AbortSignal | undefined;
}

/** Runs a workflow to its end, or until `signal` stops it and the node has returned, and gives what n8n stores of it. */
export async function execute(
	{ core, workflow: n8nWorkflow }: N8n,
	{ nodeTypes }: NodePackage,
	{ workflow: json, items }: PreparedRun,
	additionalData: IWorkflowExecuteAdditionalData,
	{ executionId, mode, signal }: ExecutionOptions,
): Promise<IRun> {
	const id = `workflow-${executionId}`;
	const workflow = new n8nWorkflow.Workflow({ id, name: id, active: false, nodeTypes, ...json });
	const startNode = workflow.getStartNode();
	if (!startNode) throw new Error('The workflow has no start node that the harness knows.');

	const hooks = new core.ExecutionLifecycleHooks(mode, executionId, {
		id,
		...json,
	} as IWorkflowBase);
	let saved: SavedRun | undefined;
	// n8n saves the execution in this hook. At Stop it runs at once, before the node has answered the abort signal.
	hooks.addHandler('workflowExecuteAfter', async (run) => {
		saved ??= saveRun(run);
	});

	const startedAt = new Date();
	try {
		const running = new core.WorkflowExecute({ ...additionalData, executionId, hooks }, mode).run({
			workflow,
			startNode,
			triggerToStartFrom: {
				name: startNode.name,
				data: { data: { main: [items] } } as unknown as ITaskData,
			},
		});
		const cancel = () => running.cancel();
		if (signal?.aborted) cancel();
		signal?.addEventListener('abort', cancel);
		try {
			const run = await running;
			saved ??= saveRun(run);
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
	} catch (error) {
		// A workflow that cannot start, e.g. for an empty required field. So n8n's workflow-runner.js stores it.
		const { message, stack } = error as Error;
		saved ??= saveRun({
			data: n8nWorkflow.createRunExecutionData({
				resultData: { error: { ...(error as Error), message, stack } as never, runData: {} },
			}),
			finished: false,
			mode,
			startedAt,
			stoppedAt: new Date(),
			status: 'error',
			storedAt: 'db',
		});
	}
	return readRun(saved);
}
