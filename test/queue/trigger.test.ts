/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'flatted';
import {
	importCredential,
	importWorkflow,
	publishWorkflow,
	setUpOwner,
} from '../../scripts/n8n/import';
import { prepareInstallation, type Installation } from '../../scripts/n8n/installation';
import { postgresEnvironment, type N8nSettings } from '../../scripts/n8n/environment';
import { packPackage, unpackPackage } from '../../scripts/n8n/package';
import { N8nApi } from '../../scripts/n8n/rest';
import { startN8n, type RunningN8n } from '../../scripts/n8n/server';
import { findFreePorts } from '../../scripts/processes/ports';
import { Session } from '../../scripts/processes/session';
import { startSimulator, type Simulator } from '../../simulator';
import { builtPackage } from '../engine/harness/builtPackage';
import { startPostgres } from './support/postgres';
import { makeFolder } from './support/temporaryFolder';

/** As docs/scaling.md says, on every main. */
const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

/** A main that died holds a poll until its lease is over; n8n's default is a minute. */
const LEASE = { N8N_SCHEDULER_LEASE_DURATION: '20', N8N_SCHEDULER_REAPER_INTERVAL: '5' };

const HQ = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };
const NAME = 'Odin Trigger';
const MAINS = 2;
const KILLS = 3;

/** How long a change may take to be told: n8n polls every minute, and waits for leases and after polls that failed. */
const PATIENCE_MS = 300_000;

const session = new Session();
let simulator: Simulator;
let installation: Installation;
const mains: Array<{ settings: N8nSettings; running: RunningN8n }> = [];
let api: N8nApi;
let workflowId: string;

beforeAll(async () => {
	installation = await prepareInstallation(session, () => {});
	const tarball = await packPackage(session, builtPackage(), await makeFolder(session, 'package'));
	// A poll then takes long enough to be interrupted.
	simulator = await startSimulator({ latencyMs: 200 });
	session.onEnd(simulator.close);
	const postgres = await startPostgres(session);
	const encryptionKey = randomBytes(24).toString('hex');
	for (let count = 0; count < MAINS; count += 1) {
		const userFolder = await makeFolder(session, 'main');
		await unpackPackage(tarball, userFolder);
		const [port = 0, brokerPort = 0] = await findFreePorts(2);
		const settings = {
			...{ userFolder, port, brokerPort, useProxies: false },
			variables: {
				...DURABLE,
				...LEASE,
				N8N_ENCRYPTION_KEY: encryptionKey,
				...postgresEnvironment(postgres),
			},
		};
		const running = await session.within(startN8n(session, installation, settings));
		mains.push({ settings, running });
		if (count > 0) continue;
		api = new N8nApi(running.url);
		await setUpOwner(api);
	}
	for (let one = 0; one < 20; one += 1) add(`old-${one}`);
	const { baseUrl, username, password } = simulator;
	const account = { baseUrl, username, password, allowUnauthorizedCerts: false };
	const credentialId = await importCredential(api, account);
	const place = { typeVersion: 1, position: [0, 0] };
	workflowId = await importWorkflow(
		api,
		{
			name: 'Trigger',
			nodes: [
				{
					...place,
					id: 'b8d3a5c0-45d8-4c86-9c3a-0f0c8c1f7a11',
					name: NAME,
					type: 'n8n-nodes-odin.odinTrigger',
					parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...HQ },
					credentials: { odinApi: { id: '', name: 'Odin' } },
				} as never,
				{
					...place,
					id: 'b8d3a5c0-45d8-4c86-9c3a-0f0c8c1f7a12',
					name: 'End',
					type: 'n8n-nodes-base.noOp',
					parameters: {},
				} as never,
			],
			connections: { [NAME]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		},
		credentialId,
	);
	await publishWorkflow(api, workflowId);
});

afterAll(async () => await session.end());

const add = (name: string) => simulator.network.addTrunkGroup({ ...HQ, name, maxActiveCalls: 1 });

/** Reads of single trunk groups, of which every poll has some. */
const reads = (): number =>
	simulator.requests.filter(({ path, query }) => path === '/groups/trunk-groups' && query.name)
		.length;

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`In vain: ${what}`);
		await delay(200);
	}
}

/** The names of all trunk groups that executions were started for. */
async function told(): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await api.get<{ results: Array<{ id: string }> }>(
		`/executions?filter=${filter}&limit=100`,
	);
	const names = await Promise.all(
		results.map(async ({ id }) => {
			const { data } = await api.get<{ data: string }>(`/executions/${id}`);
			const text = JSON.stringify(parse(data));
			// Of one that was killed n8n has what it was to start with, and no data of nodes.
			return [...new Set([...text.matchAll(/"name":"(new-\d+)"/g)].map(([, name]) => name!))];
		}),
	);
	return names.flat().sort();
}

async function kill(main: (typeof mains)[number]): Promise<void> {
	const ended = main.running.stop();
	process.kill(main.running.pid!, 'SIGKILL');
	await ended;
}

test(`with ${MAINS} mains on PostgreSQL that are killed in the middle of polls, each change is told once`, async () => {
	// The poll of the publication is not kept where it has nothing to tell (n8n 2.41.1): the next ones remember.
	const atFirst = reads();
	await until(() => reads() >= atFirst + 20, 'a poll');
	const wanted: string[] = [];
	for (let round = 0; round < KILLS; round += 1) {
		const name = `new-${round}`;
		wanted.push(name);
		add(name);
		const before = reads();
		// Somewhere in a poll, the last time right at its end, where n8n keeps what it gave.
		await until(() => reads() >= before + 4 + round * 9, 'a poll');
		// Nobody can tell which of them polls, so it is each in turn.
		const main = mains[round % MAINS]!;
		await kill(main);
		await delay(2_000);
		main.running = await session.within(startN8n(session, installation, main.settings));
	}
	await until(async () => (await told()).length >= wanted.length, 'all are told').catch(() => {});
	const last = reads();
	await until(() => reads() >= last + 24, 'one more poll');
	expect(await told()).toEqual(wanted);
});
