/* eslint-disable @n8n/community-nodes/require-node-api-error */
import type { IDataObject, INodeExecutionData, INodeType, NodeExecutionHint } from 'n8n-workflow';

import {
	startSimulator,
	type Network,
	type RecordedRequest,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator';
import { profileOf } from '../../../simulator/trunkGroups/profile';
import { Engine, type RunOptions, type RunResult, type StoredError } from '../harness';

export type Json = Record<string, unknown>;

export interface TrunkGroupKey {
	serviceProviderId: string;
	groupId: string;
	name: string;
}

type More = Omit<RunOptions, 'parameters'>;

const TRUNK_GROUPS = '/groups/trunk-groups';

/**
 * The node in n8n's engine against a strict simulator. `run('trunkGroup.get', …)` runs one operation; `one` and `all`
 * give the json of its output and reject when the execution failed; `failure` gives the error of one that must fail.
 */
export class OdinRuns {
	private constructor(
		readonly engine: Engine,
		private current: Simulator,
	) {}

	static async start(
		switches: SimulatorOptions = {},
		nodeTypes?: Readonly<Record<string, INodeType>>,
	): Promise<OdinRuns> {
		const simulator = await startSimulator({ strict: true, ...switches });
		try {
			const engine = await Engine.start({ credentials: credentialFor(simulator), nodeTypes });
			return new OdinRuns(engine, simulator);
		} catch (error) {
			await simulator.close();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.current.close();
		await this.engine.stop();
	}

	/** A simulator with the example network as it was, nothing recorded. */
	async restart(switches: SimulatorOptions = {}): Promise<void> {
		await this.current.close();
		this.current = await startSimulator({ strict: true, ...switches });
		await this.engine.setCredentials(credentialFor(this.current));
	}

	get simulator(): Simulator {
		return this.current;
	}

	get network(): Network {
		return this.current.network;
	}

	/** @param action resource and operation, such as trunkGroup.create */
	async run(action: string, parameters: Json = {}, more: More = {}): Promise<RunResult> {
		const [resource, operation] = action.split('.');
		return await this.engine.run({
			...more,
			parameters: { resource, operation, ...parameters } as IDataObject,
		});
	}

	async all(action: string, parameters: Json = {}, more: More = {}): Promise<Json[]> {
		const { error, output } = await this.run(action, parameters, more);
		if (error) throw new Error(`${action}: ${error.message} (${error.description ?? ''})`);
		return (output[0] ?? []).map(({ json }) => json);
	}

	async one(action: string, parameters: Json = {}, more: More = {}): Promise<Json> {
		const items = await this.all(action, parameters, more);
		expect(items).toHaveLength(1);
		return items[0] ?? {};
	}

	async failure(action: string, parameters: Json = {}, more: More = {}): Promise<StoredError> {
		const { status, error, output } = await this.run(action, parameters, more);
		expect(status).toBe('error');
		expect(output.flat()).toEqual([]);
		return error ?? { message: '' };
	}

	/** Message and description of an execution that must fail, as one text. */
	async complaint(action: string, parameters: Json = {}, more: More = {}): Promise<string> {
		const { message, description } = await this.failure(action, parameters, more);
		return `${message}\n${description ?? ''}`;
	}

	async hints(action: string, parameters: Json = {}, more: More = {}): Promise<string> {
		const { hints } = await this.run(action, parameters, more);
		return hints.map(({ message }: NodeExecutionHint) => message).join('\n');
	}

	/** What reached Odin since forget(), without logins. */
	requests(): RecordedRequest[] {
		return this.current.requests.filter(({ path }) => !path.startsWith('/auth/'));
	}

	writes(): RecordedRequest[] {
		return this.requests().filter(({ method }) => method !== 'GET');
	}

	/** The bodies of all writes. */
	written(): unknown[] {
		return this.writes().map(({ body }) => body);
	}

	forget(): void {
		this.current.clearRequests();
	}

	/** The profile as Odin answers it; undefined when there is no such trunk group. */
	stored({ serviceProviderId, groupId, name }: TrunkGroupKey): Json | undefined {
		const trunkGroup = this.network.trunkGroup(serviceProviderId, groupId, name);
		return trunkGroup && clone(profileOf(trunkGroup, { numbersForDigits: true }));
	}

	sipPassword({ serviceProviderId, groupId, name }: TrunkGroupKey): string | undefined {
		return this.network.storedSipPassword(serviceProviderId, groupId, name);
	}

	/** From now on every profile that is read comes in another form. Ends with `simulator.clearFaults()`. */
	answerProfilesAs(form: (profile: Json) => unknown): void {
		this.current.injectFault(({ method, path, query }) => {
			if (method !== 'GET' || path !== TRUNK_GROUPS || query.name === undefined) return undefined;
			const profile = this.stored(query as unknown as TrunkGroupKey);
			return profile && { kind: 'status', status: 200, body: form(profile) };
		});
	}

	/** From now on a GET of this path is answered with this body. */
	answer(path: string, body: unknown): void {
		this.current.addFault({
			kind: 'status',
			status: 200,
			method: 'GET',
			path,
			body,
			times: Infinity,
		});
	}
}

const credentialFor = ({ baseUrl, username, password }: Simulator): IDataObject => ({
	baseUrl,
	username,
	password,
});

export const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const pairing = (items: INodeExecutionData[] | undefined): unknown[] =>
	(items ?? []).map(({ pairedItem }) => pairedItem);

export const jsonOf = (items: INodeExecutionData[] | undefined): Json[] =>
	(items ?? []).map(({ json }) => json);

/** A resource locator as the editor stores it. */
export const locator = (mode: 'list' | 'id' | 'name', value: unknown): Json => ({
	__rl: true,
	mode,
	value,
});
