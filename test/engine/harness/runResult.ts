import { parse, stringify } from 'flatted';
import type {
	ExecutionStatus,
	IDataObject,
	INodeExecutionData,
	IRun,
	IRunData,
	NodeExecutionHint,
} from 'n8n-workflow';

/** An error as it is stored with an execution: plain data. */
export interface StoredError {
	message: string;
	name?: string;
	description?: string | null;
	messages?: string[];
	httpCode?: string | null;
	context?: IDataObject;
	cause?: unknown;
	stack?: string;
	/** The failing node with its parameters, expressions unevaluated. */
	node?: IDataObject;
	[key: string]: unknown;
}

export interface RunResult {
	status: ExecutionStatus;
	/** Every output of the node under test in its last run, at least two: 0 is main, 1 the error branch. */
	output: INodeExecutionData[][];
	/** Of the execution. One that n8n swallowed because of Continue stands in `runData` only. */
	error?: StoredError;
	/** What the node gave to addExecutionHints(). */
	hints: NodeExecutionHint[];
	runData: IRunData;
	/** As it would be read back from n8n's database. */
	run: IRun;
	/** What n8n and the node logged at any level, metadata included. */
	logs: string[];
	/** The credential as persisted after the run, decrypted. */
	storedCredentials: IDataObject;
	/** How often the run read the credential from the database. */
	credentialLookups: number;
	/** Name of the node under test. */
	nodeName: string;
}

/** What n8n writes into its database when an execution ends: execution_data.data is this very serialisation. */
export interface SavedRun {
	data: string;
	rest: Omit<IRun, 'data'>;
}

export function saveRun({ data, ...rest }: IRun): SavedRun {
	return { data: stringify(data), rest: { ...rest } };
}

export function readRun({ data, rest }: SavedRun): IRun {
	return { ...rest, data: parse(data) as IRun['data'] };
}

export function describeRun(
	run: IRun,
	nodeName: string,
	more: Pick<RunResult, 'logs' | 'storedCredentials' | 'credentialLookups'>,
): RunResult {
	const { runData, error } = run.data.resultData;
	const tasks = runData[nodeName] ?? [];
	const outputs = tasks.at(-1)?.data?.main ?? [];
	return {
		status: run.status,
		output: Array.from({ length: Math.max(2, outputs.length) }, (_, index) => outputs[index] ?? []),
		error: error as StoredError | undefined,
		hints: tasks.flatMap(({ hints }) => hints ?? []),
		runData,
		run,
		nodeName,
		...more,
	};
}

/**
 * The part of the execution's record in n8n's database that the node under test answers for: its outputs, errors, hints and context data. The input
 * items and the node's own parameters are not in it, which may hold a secret because the user put it there. (On the
 * error branch n8n merges the input item into the output.)
 */
export function storedByNode({ run, nodeName, hints, error }: RunResult): string {
	const tasks = run.data.resultData.runData[nodeName] ?? [];
	return stringify({
		outputs: tasks.map(({ data }) => data),
		errors: [error, ...tasks.map((task) => task.error as StoredError | undefined)].map(withoutNode),
		hints,
		metadata: tasks.map(({ metadata }) => metadata),
		context: run.data.executionData?.contextData[`node:${nodeName}`],
	});
}

function withoutNode(error: StoredError | undefined): unknown {
	return error && { ...error, node: undefined };
}
