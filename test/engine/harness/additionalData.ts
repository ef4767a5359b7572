import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { ssrfBridge } from './mainRealm';

/** No server listens here; the engine only builds addresses of it. */
const INSTANCE = 'http://127.0.0.1:5678';

/**
 * What the server gives an execution (n8n's workflow-execute-additional-data.js). Without the waiting addresses and
 * `restApiUrl` the engine throws when it routes an item to the error output.
 */
export function additionalDataFor(
	credentialsHelper: ICredentialsHelper,
	more: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	const absent = () => {
		throw new Error('The harness runs no sub-workflows, task runners or AI events.');
	};
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		restApiUrl: `${INSTANCE}/rest`,
		instanceBaseUrl: `${INSTANCE}/`,
		webhookBaseUrl: `${INSTANCE}/webhook`,
		webhookTestBaseUrl: `${INSTANCE}/webhook-test`,
		webhookWaitingBaseUrl: `${INSTANCE}/webhook-waiting`,
		formBaseUrl: `${INSTANCE}/form`,
		formTestBaseUrl: `${INSTANCE}/form-test`,
		formWaitingBaseUrl: `${INSTANCE}/form-waiting`,
		mcpBaseUrl: `${INSTANCE}/mcp`,
		mcpTestBaseUrl: `${INSTANCE}/mcp-test`,
		variables: {},
		setExecutionStatus: () => {},
		logAiEvent: () => {},
		executeWorkflow: absent,
		getRunExecutionData: absent,
		getRuntimeCredential: absent,
		startRunnerTask: absent,
		...(ssrfBridge && { ssrfBridge }),
		...more,
	} as IWorkflowExecuteAdditionalData;
}
