/* eslint-disable @n8n/community-nodes/require-node-api-error */
import { randomBytes } from 'node:crypto';
import type { N8nSettings, QueueSettings } from '../../../scripts/n8n/environment';
import { importCredential, setUpOwner } from '../../../scripts/n8n/import';
import { prepareInstallation } from '../../../scripts/n8n/installation';
import { packPackage, unpackPackage } from '../../../scripts/n8n/package';
import { builtPackage } from '../../engine/harness/builtPackage';
import { N8nApi } from '../../../scripts/n8n/rest';
import { startN8n, startWorker, type RunningPart } from '../../../scripts/n8n/server';
import { findFreePorts } from '../../../scripts/processes/ports';
import { Session } from '../../../scripts/processes/session';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';
import { startPostgres } from './postgres';
import { startRedis } from './redis';
import { makeFolder } from './temporaryFolder';

/**
 * n8n on several machines, as far as one machine can show it: a main and workers, each with a user folder and the
 * package of its own, which share nothing but PostgreSQL, Redis and the encryption key.
 */
export interface Cluster {
	session: Session;
	url: string;
	api: N8nApi;
	simulator: Simulator;
	credentialId: string;
	/** The process ids of each part, by its name */
	processes(): Record<string, number[]>;
	/** Ends the workers there are, and starts so many that work on `concurrency` executions at once each. */
	useWorkers(count: number, concurrency: number): Promise<void>;
	stop(): Promise<void>;
}

export async function startCluster(options: SimulatorOptions): Promise<Cluster> {
	const session = new Session();
	try {
		return await session.within(start(session, options));
	} catch (reason) {
		await session.end();
		throw reason;
	}
}

async function start(session: Session, options: SimulatorOptions): Promise<Cluster> {
	const installation = await prepareInstallation(session, () => {});
	const tarball = await packPackage(session, builtPackage(), await makeFolder(session, 'package'));
	const simulator = await startSimulator(options);
	session.onEnd(simulator.close);
	const [postgres, redis] = await Promise.all([startPostgres(session), startRedis(session)]);
	const queue = { encryptionKey: randomBytes(24).toString('hex'), redis, postgres };

	const main = await newMachine(session, 'main', tarball, queue);
	const { url, pid } = await startN8n(session, installation, main);
	const api = new N8nApi(url);
	await setUpOwner(api);
	const { baseUrl, username, password } = simulator;
	const credentialId = await importCredential(api, {
		...{ baseUrl, username, password },
		allowUnauthorizedCerts: false,
	});

	let workers: RunningPart[] = [];
	const useWorkers = async (count: number, concurrency: number) => {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
		const starts = Array.from({ length: count }, async () => {
			const machine = await newMachine(session, 'worker', tarball, queue);
			return await startWorker(session, installation, machine, concurrency);
		});
		workers = await session.within(Promise.all(starts));
	};
	const processes = () => ({
		main: [pid ?? 0],
		workers: workers.map((worker) => worker.pid ?? 0),
		PostgreSQL: [postgres.pid],
		Redis: [redis.pid],
	});
	const stop = async () => await session.end();
	return { session, url, api, simulator, credentialId, processes, useWorkers, stop };
}

async function newMachine(
	session: Session,
	name: string,
	tarball: string,
	queue: QueueSettings,
): Promise<N8nSettings> {
	const userFolder = await makeFolder(session, name);
	await unpackPackage(tarball, userFolder);
	const [port = 0, brokerPort = 0] = await findFreePorts(2);
	return { userFolder, port, brokerPort, useProxies: false, queue };
}
