import type * as Core from 'n8n-core';
import type * as N8nWorkflow from 'n8n-workflow';

import { completeForHarness } from './harness/olderEngines';

const asCore = (WorkflowExecute: unknown) => ({ WorkflowExecute }) as typeof Core;
const asWorkflow = (exported: object) => exported as typeof N8nWorkflow;

/** An n8n-core of today. */
class TakesOptions {
	run(options: object) {
		return options;
	}
}

test('an engine that takes its options one after the other gets them in its order', () => {
	class InOrder {
		run(...parameters: [unknown, unknown, unknown, unknown, unknown]) {
			return parameters;
		}
	}
	Object.defineProperty(InOrder.prototype.run, 'length', { value: 5 });
	const core = asCore(InOrder);
	completeForHarness(core, asWorkflow({}));

	const execution = new core.WorkflowExecute({} as never, 'manual');
	const options = { workflow: 'w', startNode: 's', triggerToStartFrom: 't' };
	expect(execution.run(options as never)).toEqual(['w', 's', undefined, undefined, 't']);
});

test('what an engine has itself stays as it is', async () => {
	const run = TakesOptions.prototype.run;
	class Expression {
		async withIsolate() {
			return 'its own';
		}
	}
	const exported = { Expression, injectDomainRestrictionFields: () => ['its own'] };
	const completed = completeForHarness(asCore(TakesOptions), asWorkflow(exported));

	expect(TakesOptions.prototype.run).toBe(run);
	expect(completed.injectDomainRestrictionFields({} as never)).toEqual(['its own']);
	expect(await completed.Expression.prototype.withIsolate(async () => 'ours')).toBe('its own');
});

test('without isolates an expression is evaluated where it stands', async () => {
	class Expression {}
	const { Expression: completed } = completeForHarness(
		asCore(TakesOptions),
		asWorkflow({ Expression }),
	);

	expect(await completed.prototype.acquireIsolate()).toBe(false);
	expect(await completed.prototype.withIsolate(async () => 'evaluated')).toBe('evaluated');
});

test('without bounds for the login, a credential has the fields that it declares', () => {
	const { injectDomainRestrictionFields, getCredentialOwnRequestAllowedDomains } =
		completeForHarness(asCore(TakesOptions), asWorkflow({}));
	const properties = [{ name: 'baseUrl' }];

	expect(injectDomainRestrictionFields({ properties } as never)).toBe(properties);
	expect(getCredentialOwnRequestAllowedDomains({})).toBeUndefined();
});
