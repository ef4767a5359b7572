import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';

import { isObject } from '../contract/convertBody';
import type { Simulation } from '../simulation';
import type { Fault } from './faultPlan';

/** Calls that change no record although they are POSTs or PUTs. */
const READS_BY_OTHER_METHODS =
	/\/(auth\/.*|groups\/devices\/users|password\/generate|sip-password\/generate)$/;

const DEFAULT_LAG_MS = 300;

/**
 * What the reads show, and whether writes last: Odin can answer from a replica that lags behind, with a profile of
 * before, or for a change that it does not make. It wraps each route in the state of the network that it shall see;
 * routes do their work in one synchronous piece.
 */
export class Consistency {
	private readonly reads = new Map<string, RouteHandlerMethod>();
	private readonly instead = new WeakMap<FastifyRequest, string>();

	constructor(
		private readonly simulation: Simulation,
		private readonly faultOf: (request: FastifyRequest) => Fault | undefined,
	) {}

	/** Wraps the routes that are added from now on. */
	wrapRoutes(app: FastifyInstance): void {
		app.addHook('onRoute', (route) => {
			const { handler, method, url } = route;
			if (method === 'GET') this.reads.set(url, handler);
			route.handler = isWrite(String(method), url)
				? async (request, reply) =>
						await this.write(request, reply, async () => await handler.call(app, request, reply))
				: (request, reply) => this.read(() => handler.call(app, request, reply));
		});
	}

	/** The profile that is answered in place of the true one, if any. */
	profileInstead(request: FastifyRequest): string | undefined {
		return this.instead.get(request);
	}

	private read<T>(act: () => T): T {
		const { simulation } = this;
		const now = Date.now();
		simulation.unseen = simulation.unseen.filter(({ until }) => until > now);
		const [oldest] = simulation.unseen;
		return oldest ? simulation.network.during(oldest.before, act) : act();
	}

	private async write<T>(request: FastifyRequest, reply: FastifyReply, act: () => T): Promise<T> {
		const { network, switches } = this.simulation;
		const { kind, readLagMs } = this.faultOf(request) ?? {};
		if (kind === 'ignored' || kind === 'oldProfile') await this.keepProfile(request, reply);
		if (kind === 'ignored') return network.during(network.copyOfState(), act);
		const lag = kind === 'readLag' ? (readLagMs ?? DEFAULT_LAG_MS) : switches.readLagMs;
		if (lag > 0) {
			const before = network.copyOfState();
			this.simulation.unseen.push({ until: Date.now() + lag, before });
		}
		return act();
	}

	/** Reads what a PUT is about to change, by the GET of the same path. */
	private async keepProfile(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const read = this.reads.get(request.routeOptions.url ?? '');
		if (request.method !== 'PUT' || !read || !isObject(request.body)) return;
		const query = Object.fromEntries(
			Object.entries(request.body).flatMap(([name, value]) =>
				isObject(value) || Array.isArray(value) ? [] : [[name, String(value)]],
			),
		);
		const asked = Object.create(request, { query: { value: query } }) as FastifyRequest;
		// A copy: the write would change the records that the profile is made of.
		const { network } = this.simulation;
		const profile = network.during(network.copyOfState(), async () =>
			read.call(request.server, asked, reply),
		);
		const found = await profile.catch(() => undefined);
		if (found !== undefined) this.instead.set(request, JSON.stringify(found));
	}
}

function isWrite(method: string, url: string): boolean {
	return ['POST', 'PUT', 'DELETE'].includes(method) && !READS_BY_OTHER_METHODS.test(url);
}
