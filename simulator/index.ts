/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';

import { addHooks } from './exchange/hooks';
import type { FaultDecision, FaultRule } from './exchange/faultPlan';
import type { RecordedRequest } from './exchange/requestLog';
import type { Network } from './network/network';
import { changeSwitches, type SimulatorOptions } from './options';
import { addRoutes } from './routes';
import { createApp, createServer } from './server';
import { BASE_PATH, Simulation } from './simulation';

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
	/** Destroys open connections; resolves when the port is free. From then on only `requests` may be read. */
	close(): Promise<void>;
}

interface Odin {
	app: FastifyInstance;
	simulation: Simulation;
}

/** Those whose simulator is closed, used again since creating one is slow. */
const idle: Odin[] = [];

async function createOdin(): Promise<Odin> {
	const app = await createApp();
	const simulation = new Simulation(app.jwt);
	addHooks(app, simulation);
	await app.register(async (api) => addRoutes(api, simulation), { prefix: BASE_PATH });
	await app.ready();
	return { app, simulation };
}

/** Starts a simulator on 127.0.0.1. Rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const odin = idle.pop() ?? (await createOdin());
	const { app, simulation } = odin;
	simulation.begin(options);
	const { network, switches, log, faults, tokens } = simulation;
	const server = createServer(app, switches);
	server.listen(switches.port, '127.0.0.1');
	await once(server, 'listening');
	const url = `${switches.https ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
	simulation.url = url;

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
		close: async () => {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
			idle.push(odin);
		},
	};
}
