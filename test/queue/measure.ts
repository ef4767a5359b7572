/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import ticketWorkflow from '../../examples/ticket-to-trunk-group.json';
import { importWorkflow, publishWorkflow } from '../../scripts/n8n/import';
import { startCluster, type Cluster } from './support/cluster';
import { loginTimes } from './support/logins';
import { processorTime } from './support/processorTime';
import { createdNames, deliver, newTickets } from './support/tickets';

const { values } = parseArgs({ options: { tickets: { type: 'string', default: '200' } } });
/** For each row; fewer are enough to see that it works. */
const TICKETS = Number(values.tickets);
const ODIN_LATENCY_MS = 20;
const WORK = [
	{ workers: 1, concurrency: 5 },
	{ workers: 1, concurrency: 10 },
	{ workers: 2, concurrency: 5 },
	{ workers: 2, concurrency: 10 },
];
let warmUps = 0;
const TOKEN_LIFETIME_MS = 2_000;
const LOGINS = [
	{ workers: 2, concurrency: 5, singleSession: false },
	{ workers: 2, concurrency: 10, singleSession: false },
	{ workers: 2, concurrency: 5, singleSession: true },
];

async function usedByEach(cluster: Cluster): Promise<Record<string, number>> {
	const parts = Object.entries(cluster.processes()).map(async ([part, pids]) => [
		part,
		await processorTime(pids),
	]);
	return Object.fromEntries(await Promise.all(parts)) as Record<string, number>;
}

/** What a worker does once, for its first executions, is not what is measured. */
async function useWarmWorkers(cluster: Cluster, workers: number, concurrency: number) {
	await cluster.useWorkers(workers, concurrency);
	warmUps += 1;
	await deliver(cluster.url, newTickets(workers * concurrency, `warm-${warmUps}`));
	cluster.simulator.clearRequests();
}

/** What a ticket costs in each part, while the token stays valid. */
async function measureWork(cluster: Cluster, { workers, concurrency }: (typeof WORK)[number]) {
	const { simulator, url } = cluster;
	await useWarmWorkers(cluster, workers, concurrency);
	const before = await usedByEach(cluster);
	const start = performance.now();
	await deliver(url, newTickets(TICKETS, `ticket-${workers}-${concurrency}`));
	const seconds = (performance.now() - start) / 1_000;
	const after = await usedByEach(cluster);
	const perTicket = Object.entries(after).map(([part, milliseconds]) => [
		`${part}: ms a ticket`,
		Number(((milliseconds - (before[part] ?? 0)) / TICKETS).toFixed(1)),
	]);
	return {
		workers,
		concurrency,
		done: createdNames(simulator).length,
		seconds: Number(seconds.toFixed(1)),
		'tickets a second': Number((TICKETS / seconds).toFixed(1)),
		'most at once in Odin': simulator.peakInFlight(),
		logins: loginTimes(simulator).length,
		...(Object.fromEntries(perTicket) as Record<string, number>),
	};
}

/** How often the workers log in while the token expires again and again. */
async function measureLogins(cluster: Cluster, row: (typeof LOGINS)[number]) {
	const { simulator, url } = cluster;
	const { workers, concurrency, singleSession } = row;
	simulator.configure({ tokenLifetimeMs: TOKEN_LIFETIME_MS, singleSession });
	simulator.revokeTokens();
	await useWarmWorkers(cluster, workers, concurrency);
	const start = performance.now();
	await deliver(url, newTickets(TICKETS, `expiring-${workers}-${concurrency}-${singleSession}`));
	const lifetimes = (performance.now() - start) / TOKEN_LIFETIME_MS;
	return {
		workers,
		concurrency,
		done: createdNames(simulator).length,
		'one session only': singleSession,
		logins: loginTimes(simulator).length,
		'token lifetimes': Number(lifetimes.toFixed(1)),
	};
}

async function main(): Promise<void> {
	process.stdout.write(`${cpus().length} cores; Odin answers after ${ODIN_LATENCY_MS} ms\n`);
	const cluster = await startCluster({ strict: true, latencyMs: ODIN_LATENCY_MS });
	const { api, credentialId, session } = cluster;
	try {
		const id = await importWorkflow(api, ticketWorkflow, credentialId);
		await publishWorkflow(api, id);
		const work: object[] = [];
		for (const row of WORK) work.push(await session.within(measureWork(cluster, row)));
		console.table(work);
		process.stdout.write(`A token lives ${TOKEN_LIFETIME_MS / 1_000} seconds\n`);
		const logins: object[] = [];
		for (const row of LOGINS) logins.push(await session.within(measureLogins(cluster, row)));
		console.table(logins);
	} finally {
		await cluster.stop();
	}
	process.exit(0);
}

void main();
