import { addHooks } from './exchange/hooks';
import { type FaultDecision, FaultPlan, type FaultRule } from './exchange/faultPlan';
import { type RecordedRequest, RequestLog } from './exchange/requestLog';
import { exampleNetwork } from './network/exampleNetwork';
import { Network } from './network/network';
import { spelling } from './network/spelling';
import { changeSwitches, type SimulatorOptions, withDefaults } from './options';
import { addRoutes } from './routes';
import { createServer } from './server';
import { Tokens } from './session/tokens';
import { BASE_PATH, type Simulation } from './simulation';

export type {
	Fault,
	FaultCandidate,
	FaultDecision,
	FaultKind,
	FaultRule,
} from './exchange/faultPlan';
export type { RecordedRequest } from './exchange/requestLog';
export { Network } from './network/network';
export type * from './network/records';
export type { Administrator, SimulatorOptions } from './options';

/** A running stand-in for Odin. */
export interface Simulator {
	readonly url: string;
	/** The url with /api/v2: what a client is given. */
	readonly baseUrl: string;
	readonly username: string;
	readonly password: string;
	/** All requests in order of arrival, with SIP passwords and logins: this is a test double. */
	readonly requests: RecordedRequest[];
	/** The state behind it: tests read and change it. */
	readonly network: Network;
	addFault(rule: FaultRule): void;
	/** Takes back all rules and the injected decision. */
	clearFaults(): void;
	/** Decides by program which request meets a fault; undefined takes the decision back. */
	injectFault(decide: FaultDecision | undefined): void;
	/** All tokens issued so far are no longer valid. */
	revokeTokens(): void;
	/** How many POST /auth/token succeeded. */
	logins(): number;
	/** Most requests under way at once since the last clearRequests(). */
	peakInFlight(): number;
	clearRequests(): void;
	/** Changes switches while it runs; not port, https and seed. */
	configure(change: Partial<SimulatorOptions>): void;
	/** Destroys open connections; resolves when the port is free. */
	close(): Promise<void>;
}

/** Starts a simulator on 127.0.0.1. Rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const switches = withDefaults(options);
	const app = await createServer(switches);
	let url = '';
	const simulation: Simulation = {
		network: switches.seed === 'empty' ? new Network() : exampleNetwork(),
		switches,
		log: new RequestLog(),
		faults: new FaultPlan(),
		tokens: new Tokens(app.jwt, switches, () => url),
		logins: 0,
	};
	simulation.network.spell = (name) => spelling(switches.storesNames, name);
	addHooks(app, simulation);
	await app.register(async (api) => addRoutes(api, simulation), { prefix: BASE_PATH });
	url = await app.listen({ host: '127.0.0.1', port: switches.port });

	const { network, log, faults, tokens } = simulation;
	return {
		url,
		baseUrl: `${url}${BASE_PATH}`,
		get username() {
			return switches.username;
		},
		get password() {
			return switches.password;
		},
		requests: log.requests,
		network,
		addFault: (rule) => faults.add(rule),
		clearFaults: () => faults.clear(),
		injectFault: (decide) => faults.inject(decide),
		revokeTokens: () => tokens.revokeAll(),
		logins: () => simulation.logins,
		peakInFlight: () => log.peakInFlight(),
		clearRequests: () => log.clear(),
		configure: (change) => changeSwitches(switches, change),
		close: () => app.close(),
	};
}
