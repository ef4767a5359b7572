/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { mkdirSync, rmSync } from 'node:fs';

import type {
	IDataObject,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { additionalDataFor } from './additionalData';
import { builtPackage } from './builtPackage';
import { CredentialsHelper } from './credentialsHelper';
import { credentialReference, CredentialStore } from './credentialStore';
import { testCredential, type CredentialTestResult } from './credentialTest';
import { execute } from './execution';
import { disposeExpressionEngine, initExpressionEngine } from './expressionEngine';
import { captureLogs, collectLogs } from './logCapture';
import { loadN8n, toMainRealm, userFolder, type N8n } from './mainRealm';
import { NodePackage } from './nodePackage';
import { prepareRun, type RunOptions } from './runOptions';
import { describeRun, type RunResult } from './runResult';
import { stubNodes } from './stubNodes';
import { Trigger, type TriggerOptions } from './trigger';

export interface EngineOptions {
	/** With the package.json that declares the compiled node; the first node in it is the one under test. Default: the repository. */
	packageFolder?: string;
	/** Plain data of the credential that all runs share. */
	credentials?: IDataObject;
	/** Stand-ins for further node types of whole workflows, by full name. */
	nodeTypes?: Readonly<Record<string, INodeType>>;
	/** 'vm' is the one of production; isolated-vm loads from Node 24 on only. Default: legacy. */
	expressionEngine?: 'legacy' | 'vm';
}

/** One n8n without a server: its executions share the persisted credential and the package's module variables. */
export class Engine {
	private static running = 0;

	private executions = 0;

	private described: INodeTypeDescription | undefined;

	private constructor(
		private readonly n8n: N8n,
		private readonly nodePackage: NodePackage,
		private readonly store: CredentialStore,
		private readonly credentialId: string,
	) {}

	static async start(options: EngineOptions = {}): Promise<Engine> {
		mkdirSync(userFolder, { recursive: true });
		Engine.running += 1;
		try {
			const n8n = loadN8n();
			captureLogs(n8n);
			if (options.expressionEngine === 'vm') await initExpressionEngine(n8n);
			const folder = options.packageFolder ?? builtPackage();
			const nodePackage = await NodePackage.load(n8n, folder, options.nodeTypes);
			const store = new CredentialStore();
			const id = store.add(options.credentials ?? {});
			return new Engine(n8n, nodePackage, store, id);
		} catch (error) {
			Engine.release();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await disposeExpressionEngine(this.n8n);
		Engine.release();
	}

	private static release(): void {
		Engine.running -= 1;
		if (Engine.running === 0) rmSync(userFolder, { recursive: true, force: true });
	}

	/** Executes a workflow. Rejects only when the harness is misused; a failing execution is a result. */
	async run(options: RunOptions): Promise<RunResult> {
		const { nodePackage, store } = this;
		const credentialId = options.credentials ? store.add(options.credentials) : this.credentialId;
		const prepared = prepareRun(options, nodePackage, credentialReference(credentialId));
		const helper = new CredentialsHelper(this.n8n, nodePackage, store);
		const logs: string[] = [];
		this.executions += 1;
		const execution = {
			executionId: String(this.executions),
			mode: options.mode ?? 'manual',
			signal: options.signal,
		};
		const run = await collectLogs(
			logs,
			async () =>
				await execute(this.n8n, nodePackage, prepared, additionalDataFor(helper), execution),
		);
		return describeRun(run, prepared.nodeName, {
			logs,
			storedCredentials: store.read(credentialId) as IDataObject,
			credentialLookups: helper.lookups,
		});
	}

	/** A workflow that begins with a polling trigger of the package; it is not published yet. */
	trigger(options: TriggerOptions): Trigger {
		const { n8n, nodePackage, store, credentialId } = this;
		const helper = new CredentialsHelper(n8n, nodePackage, store);
		const credentials = { [nodePackage.credentialTypeName]: credentialReference(credentialId) };
		return new Trigger(n8n, nodePackage, additionalDataFor(helper), credentials, options);
	}

	/** The node's description as n8n sends it to the editor. */
	description(): INodeTypeDescription {
		this.described ??= JSON.parse(
			JSON.stringify(this.nodePackage.description),
		) as INodeTypeDescription;
		return this.described;
	}

	/** The shared credential as it is persisted, decrypted. */
	async credentials(): Promise<IDataObject> {
		return this.store.read(this.credentialId) as IDataObject;
	}

	async setCredentials(data: IDataObject): Promise<void> {
		this.store.write(this.credentialId, data);
	}

	/** What the editor shows in a resource locator's list. Rejects with what the node throws. */
	async listSearch(
		method: string,
		parameters: IDataObject,
		filter?: string,
	): Promise<INodeListSearchResult> {
		const { nodeTypeName, credentialTypeName, nodeTypes, description } = this.nodePackage;
		const nodeType = nodeTypes.getByNameAndVersion(nodeTypeName);
		const search = nodeType.methods?.listSearch?.[method];
		if (!search) throw new Error(`${nodeTypeName} has no listSearch method "${method}".`);

		const node: INode = {
			id: 'uuid-1234',
			name: 'Temp-Node',
			type: nodeTypeName,
			typeVersion: [description.version].flat().at(-1) ?? 1,
			position: [0, 0],
			parameters: toMainRealm(parameters) as INodeParameters,
			credentials: { [credentialTypeName]: credentialReference(this.credentialId) },
		};
		const workflow = new this.n8n.workflow.Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes,
		});
		const helper = new CredentialsHelper(this.n8n, this.nodePackage, this.store);
		const context = new this.n8n.core.LoadOptionsContext(
			workflow,
			workflow.getNode(node.name) ?? node,
			additionalDataFor(helper, { currentNodeParameters: node.parameters }),
			`parameters.${method}`,
		);
		return await workflow.expression.withIsolate(async () => await search.call(context, filter));
	}

	/** The credential test that the editor runs on saving. The data are persisted as a credential of their own. */
	async testCredential(data: IDataObject): Promise<CredentialTestResult> {
		const { credentialTypeName: type } = this.nodePackage;
		const { test } = this.nodePackage.credentialType(type);
		const noOp = stubNodes['n8n-nodes-base.noOp'];
		if (!test || !noOp) {
			return { status: 'Error', message: 'No testing function found for this credential.' };
		}
		const id = this.store.add(data);
		const helper = new CredentialsHelper(this.n8n, this.nodePackage, this.store);
		const additionalData = additionalDataFor(helper);
		const credential = {
			...credentialReference(id),
			type,
			data: await helper.applyDefaults(additionalData, this.store.read(id), type, 'internal'),
		};
		return await testCredential(this.n8n, noOp, test, credential, additionalData);
	}
}
