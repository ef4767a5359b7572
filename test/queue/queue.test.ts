import ticketWorkflow from '../../examples/ticket-to-trunk-group.json';
import { importWorkflow, publishWorkflow } from '../../scripts/n8n/import';
import { startCluster, type Cluster } from './support/cluster';
import { finishedExecutions } from './support/executions';
import { loginTimes, refusedTokens, shortestTimeBeyondOneEach } from './support/logins';
import { createdNames, deliver, newTickets, type Ticket } from './support/tickets';

const WORKERS = 2;
const CONCURRENCY = 5;
const TOKEN_LIFETIME_MS = 2_000;

let cluster: Cluster;
let workflowId: string;

beforeAll(async () => {
	cluster = await startCluster({ strict: true, tokenLifetimeMs: TOKEN_LIFETIME_MS });
	const { api, credentialId } = cluster;
	workflowId = await importWorkflow(api, ticketWorkflow, credentialId);
	await publishWorkflow(api, workflowId);
	await cluster.useWorkers(WORKERS, CONCURRENCY);
});

afterAll(async () => await cluster?.stop());

beforeEach(() => cluster.simulator.clearRequests());

/** Delivers all tickets, the first few of them twice, and expects of each what its sender and the operator do. */
async function expectOneTrunkGroupEach(tickets: Ticket[], twice: number): Promise<void> {
	const { url, api, simulator, session } = cluster;
	const before = await finishedExecutions(api, workflowId, 0);
	const deliveries = [...tickets, ...tickets.slice(0, twice)];
	const answers = await session.within(deliver(url, deliveries));

	expect(answers).toEqual(deliveries.map(doneAnswer));
	const wanted = tickets.map(({ trunkGroup }) => trunkGroup).sort();
	expect(createdNames(simulator).sort()).toEqual(wanted);
	const present = simulator.network.trunkGroups('acme-ent', 'acme-hq').map(({ name }) => name);
	expect(present).toEqual(expect.arrayContaining(wanted));
	expect(new Set(present).size).toBe(present.length);
	const success = before.success + deliveries.length;
	expect(await finishedExecutions(api, workflowId, success)).toEqual({ success, other: 0 });
}

const doneAnswer = ({ ticketId, trunkGroup, channels }: Ticket) => ({
	status: 200,
	body: {
		ticket: ticketId,
		profile: expect.objectContaining({ name: trunkGroup, maxActiveCalls: channels }) as object,
	},
});

describe(`One n8n main and ${WORKERS} workers, with Redis and PostgreSQL`, () => {
	it('make one trunk group of each of 500 tickets at once, with at most one login per worker per expiry', async () => {
		await expectOneTrunkGroupEach(newTickets(500, 'expiring'), 50);

		const { simulator } = cluster;
		expect(refusedTokens(simulator)).toBeGreaterThan(0);
		expect(shortestTimeBeyondOneEach(loginTimes(simulator), WORKERS)).toBeGreaterThanOrEqual(
			TOKEN_LIFETIME_MS,
		);
	});

	it('get all tickets done also where a login ends the other session of the administrator', async () => {
		cluster.simulator.configure({ singleSession: true });
		await expectOneTrunkGroupEach(newTickets(100, 'single'), 10);
		expect(refusedTokens(cluster.simulator)).toBeGreaterThan(0);
	});
});
