import type { FastifyInstance } from 'fastify';

import { FaultPlan } from './exchange/faultPlan';
import { RequestLog } from './exchange/requestLog';
import { RequestRate } from './exchange/requestRate';
import { addExamples } from './network/exampleNetwork';
import { Network, type NetworkState } from './network/network';
import { spelling } from './network/spelling';
import { changeSwitches, DEFAULTS, type SimulatorOptions, type Switches } from './options';
import { Tokens } from './session/tokens';

export const BASE_PATH = '/api/v2';

/** A write that the reads do not show yet. */
interface Unseen {
	until: number;
	before: NetworkState;
}

/** What the parts of a simulator share. Later simulators use it again, so `begin` resets all that changes. */
export class Simulation {
	readonly switches: Switches = { ...DEFAULTS };
	readonly network = new Network();
	readonly log = new RequestLog();
	readonly faults = new FaultPlan();
	readonly rate = new RequestRate();
	readonly tokens: Tokens;
	unseen: Unseen[] = [];
	/** How many POST /auth/token succeeded. */
	logins = 0;
	/** Where it is served, without the base path. */
	url = '';

	constructor(jwt: FastifyInstance['jwt']) {
		this.tokens = new Tokens(jwt, this.switches, () => this.url);
		this.network.spell = (name) => spelling(this.switches.storesNames, name);
	}

	begin(options: SimulatorOptions): void {
		changeSwitches(this.switches, { ...DEFAULTS, ...options });
		this.network.clear();
		if (this.switches.seed === 'example') addExamples(this.network);
		this.log.reset();
		this.faults.clear();
		this.rate.reset();
		this.tokens.revokeAll();
		this.unseen = [];
		this.logins = 0;
	}
}
