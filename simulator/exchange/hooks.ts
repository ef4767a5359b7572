/* eslint-disable @n8n/community-nodes/no-restricted-imports */

import { setTimeout as pause } from 'node:timers/promises';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import { isObject } from '../contract/convertBody';
import { requireRights } from '../session/rights';
import { BASE_PATH, type Simulation } from '../simulation';
import { Consistency } from './consistency';
import { answerInstead, happensAfterTheWrite, spoilAnswer } from './faultAnswers';
import type { Fault } from './faultPlan';
import type { RecordedRequest } from './requestLog';

interface Exchange {
	record: RecordedRequest;
	sequence: number;
	fault?: Fault;
}

const WITHOUT_TOKEN = new Set([
	'POST /auth/token',
	'PUT /auth/token/password',
	'POST /auth/token/logout',
]);

/** What happens to every request before and after its route: record, fault, rate, token, rights, latency. */
export function addHooks(app: FastifyInstance, simulation: Simulation): void {
	const { log, faults, rate, switches, tokens } = simulation;
	const exchanges = new WeakMap<FastifyRequest, Exchange>();
	const faultOf = (request: FastifyRequest) => exchanges.get(request)?.fault;
	const consistency = new Consistency(simulation, faultOf);
	consistency.wrapRoutes(app);

	app.addHook('onRequest', async (request, reply) => {
		const record = recordOf(request);
		exchanges.set(request, { record, sequence: log.arrive(record) });
		reply.raw.on('close', () => log.end(record, reply.raw.headersSent ? reply.statusCode : null));
	});

	app.addHook('preValidation', async (request, reply) => {
		const exchange = exchanges.get(request);
		if (!exchange) return undefined;
		const { record, sequence } = exchange;
		record.body = request.body;
		const { authorization } = request.headers;
		const hasSession = () => tokens.areGivenIn(authorization);
		const fault = faults.choose(record, { sequence, hasSession });
		if (fault?.kind === 'sessionEnded') tokens.endSessionOf(authorization);
		if (fault && !happensAfterTheWrite(fault)) return answerInstead(fault, request, reply);
		exchange.fault = fault;
		rate.admit(switches.rateLimit);
		const task = `${record.method} ${record.path}`;
		if (request.is404 || WITHOUT_TOKEN.has(task)) return undefined;
		tokens.require(authorization);
		requireRights(switches.administrator, {
			name: task,
			writes: record.method !== 'GET' && !record.path.startsWith('/auth/'),
			...whereabouts(simulation, record),
		});
		return undefined;
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const exchange = exchanges.get(request);
		if (switches.latencyMs > 0) await pause(switches.latencyMs, undefined, { ref: false });
		const { fault } = exchange ?? {};
		if (fault?.kind === 'sessionEndedAfterWrite') {
			tokens.endSessionOf(request.headers.authorization);
		}
		const instead =
			payload && reply.statusCode < 400 ? consistency.profileInstead(request) : undefined;
		const answer = instead ?? payload;
		const sent = fault ? await spoilAnswer(fault, request, reply, answer) : answer;
		// Before the answer leaves: the client's next request must not count as simultaneous.
		if (exchange && fault?.kind !== 'slowBody') log.end(exchange.record, reply.statusCode);
		return sent;
	});
}

function recordOf(request: FastifyRequest): RecordedRequest {
	const [path = '', ...query] = request.url.split('?');
	return {
		method: request.method,
		path: path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : path,
		query: Object.fromEntries(new URLSearchParams(query.join('?'))),
		body: undefined,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		),
		status: null,
		startedAt: Date.now(),
		endedAt: null,
	};
}

// The service provider and group that a request is about. A user is found by the id alone.
function whereabouts({ network }: Simulation, { query, body }: RecordedRequest) {
	const keys = isObject(body) ? { ...body, ...query } : query;
	const text = (value: unknown) =>
		value === undefined || value === null ? undefined : String(value);
	const user = network.user(text(keys.userId) ?? '');
	return {
		serviceProviderId: text(keys.serviceProviderId) ?? user?.serviceProviderId,
		groupId: text(keys.groupId) ?? user?.groupId,
	};
}
