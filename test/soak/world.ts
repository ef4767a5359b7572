import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import { Engine } from '../engine/harness';
import { SkippedWaits } from '../engine/harness/skippedWaits';
import { OtherHost } from '../engine/support/otherHost';

/** What a campaign has for itself: a simulator, an n8n, and a host that nothing may reach. */
export interface World {
	engine: Engine;
	odin: Simulator;
	otherHost: OtherHost;
}

export async function inWorld<Result>(
	campaign: (world: World) => Promise<Result>,
): Promise<Result> {
	const otherHost = await OtherHost.start({});
	const odin = await startSimulator({ strict: true });
	const { baseUrl, username, password } = odin;
	const engine = await Engine.start({ credentials: { baseUrl, username, password } });
	try {
		return await campaign({ engine, odin, otherHost });
	} finally {
		await engine.stop();
		await odin.close();
		await otherHost.close();
	}
}

/** A world in which pauses take no time. */
export async function inTimelessWorld<Result>(
	campaign: (world: World) => Promise<Result>,
): Promise<Result> {
	const endSkipping = SkippedWaits.begin();
	try {
		return await inWorld(campaign);
	} finally {
		endSkipping();
	}
}

/** The simulator without any weather. */
export const CALM: SimulatorOptions = {
	singleSession: undefined,
	tokenLifetimeMs: undefined,
	expiredTokenStatus: undefined,
	rateLimit: undefined,
	latencyMs: undefined,
	quietProfiles: undefined,
	readLagMs: undefined,
};

/** What Odin does to all items of a while, one after the other. */
export const WEATHER: SimulatorOptions[] = [
	{ singleSession: true, tokenLifetimeMs: 5000 },
	{ quietProfiles: true, readLagMs: 100, expiredTokenStatus: 403 },
	{ latencyMs: 1, rateLimit: { requestsPerSecond: 300, retryAfter: 'seconds' } },
];
