/* eslint-disable @n8n/community-nodes/require-node-api-error */
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	NodeExecutionHint,
} from 'n8n-workflow';

import {
	startSimulator,
	type Fault,
	type FaultCandidate,
	type Network,
	type RecordedRequest,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator';
import { profileOf } from '../../../simulator/trunkGroups/profile';
import { Engine, type RunOptions, type RunResult, type StoredError } from '../harness';
import { SkippedWaits } from '../harness/skippedWaits';
import { HOME } from './creation';

export type Json = Record<string, unknown>;

export interface TrunkGroupKey {
	serviceProviderId: string;
	groupId: string;
	name: string;
}

export interface CreateOptions extends Omit<RunOptions, 'parameters'> {
	/** Beside service provider, group and the name 'sbc'. */
	parameters?: IDataObject;
	onError?: INode['onError'];
}

type More = Omit<RunOptions, 'parameters'>;

export interface FailedItem {
	error: string;
	details: Json;
}

const TRUNK_GROUPS = '/groups/trunk-groups';

/** What Odin takes as POST and changes nothing. */
const READS_BY_POST = ['/groups/devices/users', '/password/generate'];

export interface OdinOptions {
	/** Of the simulator of every test, beside `strict` */
	switches?: SimulatorOptions;
	/** Stand-ins for further node types of whole workflows, by full name */
	nodeTypes?: Readonly<Record<string, INodeType>>;
	/** What is there beside the example network when a test begins */
	arrange?: (simulator: Simulator) => void;
	/** Whether the credential already has a token */
	loggedIn?: boolean;
	/** Whether waits take the time that they take in n8n */
	realTime?: boolean;
}

/**
 * The set-up of an engine test in one line, to be called where tests are declared. Every test gets a strict simulator
 * of its own with the example network, nothing recorded; the engine serves all tests of the file.
 */
export function useOdin(options: OdinOptions = {}): OdinRuns {
	const odin = new OdinRuns(options);
	beforeAll(async () => await odin.start());
	beforeEach(async () => await odin.restart());
	afterAll(async () => await odin.stop());
	return odin;
}

/**
 * The node in n8n's engine against a strict simulator. `run('trunkGroup.get', …)` runs one operation; `one` and `all`
 * give the json of its output and reject when the execution failed; `failure` gives the error of one that must fail.
 */
export class OdinRuns {
	private started?: { engine: Engine; simulator: Simulator };

	private endSkipping = (): void => {};

	constructor(private readonly options: OdinOptions) {}

	async start(): Promise<void> {
		if (!this.options.realTime) this.endSkipping = SkippedWaits.begin();
		const simulator = await this.startSimulator();
		try {
			const credentials = credentialFor(simulator);
			const engine = await Engine.start({ credentials, nodeTypes: this.options.nodeTypes });
			this.started = { engine, simulator };
		} catch (error) {
			await simulator.close();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await this.started?.simulator.close();
		await this.started?.engine.stop();
		this.endSkipping();
	}

	/** A simulator as at the beginning of a test, with other switches. */
	async restart(switches: SimulatorOptions = {}): Promise<void> {
		const { engine } = this;
		await this.simulator.close();
		const simulator = await this.startSimulator(switches);
		this.started = { engine, simulator };
		await engine.setCredentials(credentialFor(simulator));
		if (this.options.loggedIn) {
			await this.all('serviceProvider.getAll');
			this.forget();
		}
	}

	private async startSimulator(switches: SimulatorOptions = {}): Promise<Simulator> {
		const simulator = await startSimulator({ strict: true, ...this.options.switches, ...switches });
		this.options.arrange?.(simulator);
		return simulator;
	}

	get engine(): Engine {
		return this.running().engine;
	}

	get simulator(): Simulator {
		return this.running().simulator;
	}

	private running() {
		if (this.started === undefined) throw new Error('There is no Odin before the first test.');
		return this.started;
	}

	get network(): Network {
		return this.simulator.network;
	}

	/** @param action resource and operation, such as trunkGroup.create */
	async run(action: string, parameters: Json = {}, more: More = {}): Promise<RunResult> {
		const [resource, operation] = action.split('.');
		return await this.engine.run({
			...more,
			parameters: { resource, operation, ...this.withFieldsMode(parameters) } as IDataObject,
		});
	}

	/** The mode of More Fields in which n8n keeps these parameters: it drops the sections in any other. */
	private withFieldsMode(parameters: Json): Json {
		const isSection = ({ name, displayOptions }: INodeProperties): boolean =>
			name in parameters && displayOptions?.show?.fieldsMode?.[0] === 'form';
		const { properties } = this.engine.description();
		return properties.some(isSection) ? { fieldsMode: 'form', ...parameters } : parameters;
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

	/** What becomes of one item that must fail, with On Error = Continue. */
	async failedItem(action: string, parameters: Json = {}, more: More = {}): Promise<FailedItem> {
		const node = { onError: 'continueRegularOutput' as const, ...more.node };
		const [item = {}, ...others] = await this.all(action, parameters, { ...more, node });
		expect(others).toEqual([]);
		expect(item).toMatchObject({ error: expect.any(String), details: expect.any(Object) });
		return item as unknown as FailedItem;
	}

	async hints(action: string, parameters: Json = {}, more: More = {}): Promise<string> {
		const { hints } = await this.run(action, parameters, more);
		return hints.map(({ message }: NodeExecutionHint) => message).join('\n');
	}

	/** Runs Trunk Group → Create. */
	async create({ parameters, onError, node, ...run }: CreateOptions = {}): Promise<RunResult> {
		return await this.engine.run({
			...run,
			parameters: { ...HOME, name: 'sbc', ...this.withFieldsMode(parameters ?? {}) },
			node: { ...node, ...(onError && { onError }) },
		});
	}

	/** Every request that would create a trunk group, in order of arrival. */
	posts(): RecordedRequest[] {
		return this.sent('POST', '/groups/trunk-groups');
	}

	sent(method: string, path: string): RecordedRequest[] {
		return this.simulator.requests.filter(
			(request) => request.method === method && request.path === path,
		);
	}

	/** The calls so far, such as 'GET /groups'. */
	calls(): string[] {
		return this.simulator.requests.map(({ method, path }) => `${method} ${path}`);
	}

	/** Removes the trunk groups of the service provider that tests create in, and forgets requests and faults. */
	clear(): void {
		for (const one of this.network.trunkGroups(HOME.serviceProviderId)) {
			if (one.name !== 'plant-overflow') this.network.removeTrunkGroup(one);
		}
		this.forget();
		this.simulator.clearFaults();
	}

	account(): IDataObject {
		return credentialFor(this.simulator);
	}

	/** What reached Odin since forget(), without logins. */
	requests(): RecordedRequest[] {
		return this.simulator.requests.filter(({ path }) => !path.startsWith('/auth/'));
	}

	writes(): RecordedRequest[] {
		return this.requests().filter(
			({ method, path }) => method !== 'GET' && !READS_BY_POST.includes(path),
		);
	}

	/** The bodies of all writes. */
	written(): unknown[] {
		return this.writes().map(({ body }) => body);
	}

	/**
	 * Decides what happens to each request that would change something, by the how-manieth it is, from 1; perhaps also to
	 * all others, by how many of those came before.
	 */
	atWrites(
		onWrite: (place: number, request: FaultCandidate) => Fault | undefined,
		onRead: (writes: number, request: FaultCandidate) => Fault | undefined = () => undefined,
	): void {
		let writes = 0;
		this.simulator.injectFault((request) => {
			if (request.path.startsWith('/auth/')) return undefined;
			if (request.method === 'GET' || READS_BY_POST.includes(request.path)) {
				return onRead(writes, request);
			}
			writes += 1;
			return onWrite(writes, request);
		});
	}

	forget(): void {
		this.simulator.clearRequests();
	}

	/** The profile as Odin answers it; undefined when there is no such trunk group. */
	stored({ serviceProviderId, groupId, name }: TrunkGroupKey): Json | undefined {
		const trunkGroup = this.network.trunkGroup(serviceProviderId, groupId, name);
		return trunkGroup && clone(profileOf(trunkGroup, { numbersForDigits: true }));
	}

	/** The profile of a trunk group in the group that tests create in. */
	profile(name: string, key = HOME): Json | undefined {
		return this.stored({ ...key, name });
	}

	sipPassword({ serviceProviderId, groupId, name }: TrunkGroupKey): string | undefined {
		return this.network.storedSipPassword(serviceProviderId, groupId, name);
	}

	/** From now on every profile that is read comes in another form. Ends with `simulator.clearFaults()`. */
	answerProfilesAs(form: (profile: Json) => unknown): void {
		this.simulator.injectFault(({ method, path, query }) => {
			if (method !== 'GET' || path !== TRUNK_GROUPS || query.name === undefined) return undefined;
			const profile = this.stored(query as unknown as TrunkGroupKey);
			return profile && { kind: 'status', status: 200, body: form(profile) };
		});
	}

	/** From now on a GET of this path is answered with this body. */
	answer(path: string, body: unknown): void {
		this.simulator.addFault({
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
