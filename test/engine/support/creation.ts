import { DOCUMENTED_DEFAULTS } from '../../documentedDefaults';
import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import {
	startSimulator,
	type RecordedRequest,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator';
import { Engine, type RunOptions, type RunResult } from '../harness';

/** Where trunk groups are created unless a test says otherwise. */
export const HOME = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

/** What is sent for one trunk group named 'sbc' when nothing else was asked for: the documented defaults. */
export const DEFAULT_BODY = {
	...HOME,
	name: 'sbc',
	maxActiveCalls: 1,
	...DOCUMENTED_DEFAULTS,
};

const DEFAULT_SWITCHES: SimulatorOptions = {
	administrator: undefined,
	expiredTokenStatus: undefined,
	latencyMs: undefined,
	passwordExpired: undefined,
	quietProfiles: undefined,
	singleSession: undefined,
	sipPasswordGenerator: undefined,
	enforceSipPasswordRules: undefined,
	numbersForDigits: undefined,
};

export interface CreateOptions extends Omit<RunOptions, 'parameters'> {
	/** Beside service provider, group and the name 'sbc'. */
	parameters?: IDataObject;
	onError?: INode['onError'];
}

/** A strict simulator and an n8n whose credential logs in to it. */
export class Bench {
	odin!: Simulator;
	engine!: Engine;

	/** What configure() gives back: undefined stands for the simulator's default. */
	private switches: SimulatorOptions = {};

	/** To be called where tests are declared. Every test has a simulator of its own and a credential without a token. */
	static forEachTest(
		simulator: SimulatorOptions = {},
		nodeTypes?: Readonly<Record<string, INodeType>>,
	): Bench {
		const bench = new Bench();
		beforeAll(async () => {
			bench.engine = await Engine.start({ nodeTypes });
		});
		beforeEach(async () => {
			bench.odin = await startSimulator({ strict: true, ...simulator });
			await bench.engine.setCredentials(bench.account());
		});
		afterEach(async () => await bench.odin.close());
		afterAll(async () => await bench.engine.stop());
		return bench;
	}

	/** One simulator and one n8n for all tests of the file; trunk groups, requests and faults are cleared after each. */
	static forAllTests(
		simulator: SimulatorOptions = {},
		nodeTypes?: Readonly<Record<string, INodeType>>,
	): Bench {
		const bench = new Bench();
		beforeAll(async () => {
			await bench.start(simulator, nodeTypes);
			await bench.create({ parameters: { name: 'to log in' } });
			bench.clear();
		});
		afterEach(() => bench.clear());
		afterAll(async () => await bench.stop());
		return bench;
	}

	/** Removes the trunk groups that tests created, forgets requests and faults, and sets the switches back. */
	clear(): void {
		const { network } = this.odin;
		for (const one of network.trunkGroups(HOME.serviceProviderId)) {
			if (one.name !== 'plant-overflow') network.removeTrunkGroup(one);
		}
		this.odin.clearRequests();
		this.odin.clearFaults();
		this.odin.configure(this.switches);
	}

	private async start(
		simulator: SimulatorOptions,
		nodeTypes?: Readonly<Record<string, INodeType>>,
	): Promise<void> {
		this.switches = { ...DEFAULT_SWITCHES, strict: true, ...simulator };
		this.odin = await startSimulator({ strict: true, ...simulator });
		this.engine = await Engine.start({ credentials: this.account(), nodeTypes });
	}

	private async stop(): Promise<void> {
		await this.engine.stop();
		await this.odin.close();
	}

	account(): IDataObject {
		const { baseUrl, username, password } = this.odin;
		return { baseUrl, username, password };
	}

	/** Runs Trunk Group → Create. */
	async create({ parameters, onError, node, ...run }: CreateOptions = {}): Promise<RunResult> {
		return await this.engine.run({
			...run,
			parameters: { ...HOME, name: 'sbc', ...parameters },
			node: { ...node, ...(onError && { onError }) },
		});
	}

	/** Every request that would create a trunk group, in order of arrival. */
	posts(): RecordedRequest[] {
		return this.sent('POST', '/groups/trunk-groups');
	}

	sent(method: string, path: string): RecordedRequest[] {
		return this.odin.requests.filter(
			(request) => request.method === method && request.path === path,
		);
	}

	/** The calls so far, such as 'GET /groups'. */
	calls(): string[] {
		return this.odin.requests.map(({ method, path }) => `${method} ${path}`);
	}

	/** The profile that Odin gives for a trunk group. */
	async profile(name: string, key = HOME): Promise<IDataObject> {
		const { baseUrl, username, password } = this.odin;
		const login = await fetch(`${baseUrl}/auth/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ username, password }),
		});
		const { token } = (await login.json()) as { token: string };
		const response = await fetch(
			`${baseUrl}/groups/trunk-groups?${new URLSearchParams({ ...key, name }).toString()}`,
			{ headers: { authorization: `Bearer ${token}` } },
		);
		return (await response.json()) as IDataObject;
	}
}

/** The json of the items on output 0. */
export const jsonOf = ({ output }: RunResult): IDataObject[] =>
	(output[0] ?? []).map(({ json }) => json);

/** All that a run says to its user: the execution's error, error items and hints. */
export function said(run: RunResult): string {
	const items = run.output.flat().map(({ json }) => json);
	const errors = items.flatMap(({ error, details }) =>
		error === undefined
			? []
			: [error, (details as IDataObject | undefined)?.description].map(String),
	);
	return [
		run.error?.message,
		run.error?.description,
		...errors,
		...run.hints.map(({ message }) => message),
	]
		.filter(Boolean)
		.join('\n');
}
