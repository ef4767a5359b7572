/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import { sendJson, type Answer } from '../../../scripts/n8n/rest';
import type { Simulator } from '../../../simulator';

export interface Ticket {
	ticketId: string;
	serviceProvider: string;
	group: string;
	trunkGroup: string;
	channels: number;
}

/** Tickets for trunk groups that are not there yet. `prefix` tells those of several runs apart. */
export const newTickets = (count: number, prefix: string): Ticket[] =>
	Array.from({ length: count }, (_, index) => ({
		ticketId: `${prefix}-${index}`,
		serviceProvider: 'acme-ent',
		group: 'acme-hq',
		trunkGroup: `${prefix}-trunk-${index}`,
		channels: 1 + (index % 100),
	}));

/** The last of 500 tickets waits for all others, on a busy machine for minutes. */
const PATIENCE_MS = 15 * 60_000;
const REPEAT_AFTER_MS = 2_000;

/**
 * Sends all tickets at once and waits for all answers, in the order of the tickets. Like any ticket system it delivers
 * again what n8n was too busy to take (503).
 */
export async function deliver(n8nUrl: string, tickets: readonly Ticket[]): Promise<Answer[]> {
	const url = `${n8nUrl}/webhook/odin-ticket`;
	const deliverOne = async (ticket: Ticket): Promise<Answer> => {
		const { status, body } = await sendJson(url, { body: ticket, patience: PATIENCE_MS });
		if (status !== 503) return { status, body };
		await delay(REPEAT_AFTER_MS);
		return await deliverOne(ticket);
	};
	return await Promise.all(tickets.map(deliverOne));
}

/** The names of the trunk groups that Odin was asked to create and did, in the order in which they were created. */
export const createdNames = ({ requests }: Simulator): string[] =>
	requests
		.filter(({ method, path }) => method === 'POST' && path === '/groups/trunk-groups')
		.filter(({ status }) => status === 200)
		.map(({ body }) => (body as { name: string }).name);
