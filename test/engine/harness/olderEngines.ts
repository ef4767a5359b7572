import type * as Core from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';

type Run = Core.WorkflowExecute['run'];
type RunInOrder = (...parameters: unknown[]) => ReturnType<Run>;
type Expressions = Pick<
	N8nWorkflow.Expression,
	'acquireIsolate' | 'releaseIsolate' | 'withIsolate'
>;

/**
 * Gives an older n8n what the harness itself calls of n8n 2.40, so that a test that fails there fails for what n8n or
 * the node does. Nothing is added that a node calls.
 */
export function completeForHarness(
	core: typeof Core,
	n8nWorkflow: typeof N8nWorkflow,
): typeof N8nWorkflow {
	takeRunOptions(core.WorkflowExecute.prototype);
	evaluateInPlace(n8nWorkflow);
	// Older servers bound the login to no domains, and kept the fields for it to themselves.
	const standIns: Partial<typeof N8nWorkflow> = {
		getCredentialOwnRequestAllowedDomains: () => undefined,
		injectDomainRestrictionFields: ({ properties }) => properties,
	};
	return Object.assign(standIns, n8nWorkflow);
}

/** `run` once took its options one after the other. */
function takeRunOptions(prototype: { run: Run }): void {
	if (prototype.run.length === 1) return;
	const inOrder = prototype.run as RunInOrder;
	prototype.run = function ({ workflow, startNode, destinationNode, pinData, triggerToStartFrom }) {
		return inOrder.call(this, workflow, startNode, destinationNode, pinData, triggerToStartFrom);
	};
}

/** Before there were isolates, an expression was evaluated where it stood. */
function evaluateInPlace(n8nWorkflow: Partial<typeof N8nWorkflow>): void {
	const { Expression, WorkflowExpression } = n8nWorkflow;
	const engine: Partial<typeof N8nWorkflow.Expression> = Expression ?? {};
	engine.disposeExpressionEngine ??= async () => {};
	engine.setExpressionEngine ??= () => {};
	for (const type of [Expression, WorkflowExpression]) {
		const prototype: Partial<Expressions> = type?.prototype ?? {};
		prototype.acquireIsolate ??= async () => false;
		prototype.releaseIsolate ??= async () => {};
		prototype.withIsolate ??= async (work) => await work();
	}
}
