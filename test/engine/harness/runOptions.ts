import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { toMainRealm } from './mainRealm';
import type { NodePackage } from './nodePackage';
import { START_NODE_TYPE } from './stubNodes';

export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface RunOptions {
	/** What the start node puts out, as json or as whole items. Default: one item `{}`. */
	items?: Array<Record<string, unknown> | INodeExecutionData>;
	/** Of the node under test. */
	parameters?: IDataObject;
	/** A credential for this run alone; otherwise the run uses the one that the engine keeps. */
	credentials?: IDataObject;
	/** Anything else of the node under test: onError, retryOnFail, name … */
	node?: Partial<INode>;
	/**
	 * A whole workflow, instead of `parameters` and `node`. Its nodes of the tested type get the engine's credential, and
	 * so do others that name one of its type.
	 */
	workflow?: WorkflowJson;
	/** Aborting it stops the execution, as the Stop button does. */
	signal?: AbortSignal;
	/** Default: manual. */
	mode?: WorkflowExecuteMode;
}

export interface PreparedRun {
	workflow: Required<WorkflowJson>;
	items: INodeExecutionData[];
	/** Name of the node under test. */
	nodeName: string;
}

/** Start node and node under test, or the workflow given, with the credential put in. */
export function prepareRun(
	options: RunOptions,
	nodePackage: NodePackage,
	credential: { id: string; name: string },
): PreparedRun {
	const credentials = { [nodePackage.credentialTypeName]: credential };
	const { nodes, connections, settings } = options.workflow
		? withCredentials(options.workflow, nodePackage, credentials)
		: twoNodes(options, nodePackage, credentials);
	const nodeName = nodes.find(({ type }) => type === nodePackage.nodeTypeName)?.name;
	if (nodeName === undefined) throw new Error(`No ${nodePackage.nodeTypeName} in the workflow.`);

	return toMainRealm({
		workflow: {
			nodes,
			connections,
			settings: { executionOrder: 'v1' as const, ...settings },
		},
		items: (options.items ?? [{}]).map((item) => (isItem(item) ? item : asItem(item))),
		nodeName,
	});
}

function withCredentials(
	workflow: WorkflowJson,
	{ nodeTypeName, credentialTypeName }: NodePackage,
	credentials: INode['credentials'],
): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.type === nodeTypeName || node.credentials?.[credentialTypeName]
			? { ...node, credentials }
			: node,
	);
	return { ...workflow, nodes };
}

function twoNodes(
	{ parameters, node }: RunOptions,
	nodePackage: NodePackage,
	credentials: INode['credentials'],
): WorkflowJson {
	const { version, defaults, displayName } = nodePackage.description;
	const tested: INode = {
		id: 'tested',
		name: String(defaults.name ?? displayName),
		type: nodePackage.nodeTypeName,
		typeVersion: [version].flat().at(-1) ?? 1,
		position: [200, 0],
		parameters: (parameters ?? {}) as INode['parameters'],
		credentials,
		...node,
	};
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: START_NODE_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	return {
		nodes: [start, tested],
		connections: { [start.name]: { main: [[{ node: tested.name, type: 'main', index: 0 }]] } },
	};
}

function isItem(item: Record<string, unknown> | INodeExecutionData): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null;
}

function asItem(json: Record<string, unknown>): INodeExecutionData {
	return { json: json as IDataObject };
}
