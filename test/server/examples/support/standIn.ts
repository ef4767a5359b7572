/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { EventEmitter, on } from 'node:events';
import fastify from 'fastify';

export interface Received {
	method: string;
	path: string;
	body: unknown;
}

/** A CRM and a chat, as far as the examples talk to them. */
export interface StandIn {
	url: string;
	/** What GET /deals/<id> answers, by the id. */
	deals: Map<string, unknown>;
	/** All that was written to it, in order of arrival. */
	received: Received[];
	/** The next one that is written; gone by PATIENCE_MS it throws. */
	next(): Promise<Received>;
	close(): Promise<void>;
}

const PATIENCE_MS = 60_000;

export async function startStandIn(): Promise<StandIn> {
	const app = fastify();
	const arrivals = new EventEmitter();
	const received: Received[] = [];
	const deals = new Map<string, unknown>();
	let given = 0;

	app.get<{ Params: { id: string } }>('/deals/:id', async ({ params }, reply) => {
		return deals.get(params.id) ?? (await reply.code(404).send());
	});
	app.route({
		method: ['POST', 'PATCH'],
		url: '/*',
		handler: async ({ method, url, body }) => {
			received.push({ method, path: url, body });
			arrivals.emit('arrival');
			return {};
		},
	});

	return {
		url: await app.listen({ host: '127.0.0.1', port: 0 }),
		deals,
		received,
		async next() {
			const signal = AbortSignal.timeout(PATIENCE_MS);
			const waiting = on(arrivals, 'arrival', { signal });
			while (received.length <= given) await waiting.next();
			await waiting.return?.();
			return received[given++]!;
		},
		close: async () => await app.close(),
	};
}
