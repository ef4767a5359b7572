import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialsDecrypted,
	ICredentialTestRequest,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { N8n } from './mainRealm';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

type Rule = IAuthenticateRuleResponseCode | IAuthenticateRuleResponseSuccessBody;

interface RequestError extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/** What n8n's dist/services/credentials-tester.service.js does with a credential's `test` (read in n8n 2.40.7). */
export async function testCredential(
	{ core, workflow: n8nWorkflow }: N8n,
	noOp: INodeType,
	{ request, rules = [] }: ICredentialTestRequest,
	credential: Required<Pick<ICredentialsDecrypted, 'id' | 'name' | 'type' | 'data'>>,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<CredentialTestResult> {
	// n8n knows a credential test by this type together with the parameter 'temp', and then always logs in.
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	};
	const nodeType: INodeType = {
		description: {
			...noOp.description,
			credentials: [{ name: credential.type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { getByNameAndVersion: () => nodeType } as unknown as INodeTypes,
	});
	const context = new core.ExecuteContext(
		workflow,
		node,
		{ ...additionalData, currentNodeParameters: node.parameters },
		'internal',
		n8nWorkflow.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		await workflow.expression.acquireIsolate();
		const output = await new core.RoutingNode(context, nodeType, credential).runNode();
		return judgeAnswer(rules, output);
	} catch (error) {
		return judgeError(rules, error as RequestError);
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

function judgeAnswer(
	rules: Rule[],
	output: INodeExecutionData[][] | null | undefined,
): CredentialTestResult {
	const body: IDataObject = output?.[0]?.[0]?.json ?? {};
	for (const { type, properties } of rules) {
		if (type !== 'responseSuccessBody') continue;
		if (valueAt(body, properties.key) === properties.value) {
			return { status: 'Error', message: properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function judgeError(rules: Rule[], { message, cause }: RequestError): CredentialTestResult {
	if (cause?.response) {
		const { status, statusText } = cause.response;
		for (const { type, properties } of rules) {
			if (type === 'responseCode' && properties.value === status) {
				return { status: 'Error', message: properties.message };
			}
		}
		if (status < 199 || status > 299) {
			return { status: 'Error', message: statusText || `Received HTTP status code: ${status}` };
		}
	} else if (cause?.code) {
		return { status: 'Error', message: cause.code };
	}
	return { status: 'Error', message: String(message) };
}

function valueAt(body: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], body);
}
