import type { FaultPlan } from './exchange/faultPlan';
import type { RequestLog } from './exchange/requestLog';
import type { Network } from './network/network';
import type { Switches } from './options';
import type { Tokens } from './session/tokens';

export const BASE_PATH = '/api/v2';

/** What the parts of one running simulator share. */
export interface Simulation {
	network: Network;
	switches: Switches;
	log: RequestLog;
	faults: FaultPlan;
	tokens: Tokens;
	/** How many POST /auth/token succeeded. */
	logins: number;
}
