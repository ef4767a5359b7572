import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { CredentialStore } from './credentialStore';
import type { N8n } from './mainRealm';
import type { NodePackage } from './nodePackage';

/**
 * What n8n's own dist/credentials-helper.js does (read in n8n 2.40.7), without what a community node cannot meet:
 * OAuth, overwrites, external secrets, dynamic credentials.
 */
export class CredentialsHelper implements ICredentialsHelper {
	/** How often a node asked for the credential; in n8n each time costs a database read and a decryption. */
	lookups = 0;

	constructor(
		private readonly n8n: N8n,
		private readonly nodePackage: NodePackage,
		private readonly store: CredentialStore,
	) {}

	getParentTypes(name: string): string[] {
		return this.nodePackage.parentTypes(name);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const { restrictToSupportedNodes } = this.nodePackage.credentialType(credentialType);
		if (!restrictToSupportedNodes) return true;
		return this.nodePackage.supportedNodes(credentialType).includes(nodeType);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const credentialType = this.nodePackage.credentialType(typeName);
		const { authenticate } = credentialType;
		if (typeof authenticate === 'function') {
			return await authenticate.call(credentialType, credentials, requestOptions);
		}
		if (authenticate?.type !== 'generic') return requestOptions;

		const keys = { $credentials: credentials };
		const { expression } = workflow;
		const resolve = (value: string): string =>
			this.n8n.workflow.isExpression(value)
				? (expression.getSimpleParameterValue(node, value, 'internal', keys) || '').toString()
				: value;
		const target = requestOptions as unknown as Record<string, Record<string, unknown>>;
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			const values = (target[part] ??= {});
			for (const [key, value] of Object.entries(entries as Record<string, string>)) {
				values[resolve(key)] = resolve(value);
			}
		}
		return requestOptions;
	}

	/** The engine calls it before every request, and with `credentialsExpired` after a 401 and its like. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication, properties } = this.nodePackage.credentialType(typeName);
		const expirable = properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (!expirable || !preAuthentication) return undefined;

		const isCredentialTest = node.type === 'n8n-nodes-base.noOp' && node.parameters.temp === '';
		const isNeeded = credentials[expirable.name] === '' || credentialsExpired || isCredentialTest;
		if (!isNeeded) return undefined;

		const output = (await preAuthentication.call(
			this.withinCredentialDomains(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject;
		const reference = node.credentials?.[typeName];
		if (output[expirable.name] === undefined || !reference) return undefined;

		const stored = this.store.read(reference.id);
		const kept = Object.entries(output).filter(
			([key]) => key === expirable.name || !this.n8n.workflow.isExpression(stored[key]),
		);
		this.store.write(reference.id, { ...stored, ...Object.fromEntries(kept) });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.nodePackage.credentialType(typeName);
		return (await preAuthentication?.call(
			this.withinCredentialDomains(helpers, credentials),
			credentials,
		)) as ICredentialDataDecryptedObject | undefined;
	}

	/** 'Allowed HTTP Request Domains', which n8n adds to every credential, bind the login too. */
	private withinCredentialDomains(
		{ helpers }: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): IHttpRequestHelper {
		return {
			helpers: {
				httpRequest: async (options) => {
					const allowedDomains =
						this.n8n.workflow.getCredentialOwnRequestAllowedDomains(credentials);
					return await helpers.httpRequest(
						allowedDomains === undefined ? options : { ...options, allowedDomains },
					);
				},
			},
		};
	}

	/** The engine calls it for OAuth alone. */
	async getCredentials(): Promise<ICredentials> {
		throw new Error('The harness has no OAuth.');
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		this.lookups += 1;
		const stored = this.store.read(id);
		if (raw) return stored;
		return await this.applyDefaults(
			additionalData,
			stored,
			type,
			mode,
			executeData,
			expressionResolveValues,
		);
	}

	/** Fills in the properties' defaults, drops unknown keys and evaluates expressions. */
	async applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const { NodeHelpers } = this.n8n.workflow;
		const complete = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		const keys = this.n8n.core.getAdditionalKeys(additionalData, mode, null, {
			isCredential: true,
		});
		if (!resolveValues) {
			const { expression } = this.expressionWorkflow();
			return (await expression.withIsolate(async () =>
				expression.getComplexParameterValue(
					expressionNode,
					complete,
					mode,
					keys,
					undefined,
					undefined,
					complete,
				),
			)) as ICredentialDataDecryptedObject;
		}
		const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } =
			resolveValues;
		return workflow.expression.getParameterValue(
			complete,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			keys,
			executeData,
			false,
			complete,
		) as ICredentialDataDecryptedObject;
	}

	/** Outside an execution (a list search, a credential test) expressions need some workflow to live in. */
	private expressionWorkflow(): Workflow {
		return new this.n8n.workflow.Workflow({
			nodes: [expressionNode],
			connections: {},
			active: false,
			nodeTypes: expressionNodeTypes,
		});
	}

	async updateCredentials(
		{ id }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.store.write(id, data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('The harness has no OAuth.');
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.nodePackage.credentialType(type);
		const combined: INodeProperties[] = [];
		for (const parent of parents) {
			this.n8n.workflow.NodeHelpers.mergeNodeProperties(
				combined,
				this.getCredentialsProperties(parent),
			);
		}
		this.n8n.workflow.NodeHelpers.mergeNodeProperties(combined, properties);
		return combined;
	}
}

const expressionNode: INode = {
	id: 'expression',
	name: '',
	typeVersion: 1,
	type: 'expression',
	position: [0, 0],
	parameters: {},
};

const expressionNodeTypes = {
	getByNameAndVersion: () => ({ description: { properties: [] } }),
} as unknown as INodeTypes;
