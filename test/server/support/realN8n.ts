/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';
import {
	importCredential,
	setUpOwner,
	type OdinCredential,
	type Owner,
} from '../../../scripts/n8n/import';
import { prepareInstallation, type Installation } from '../../../scripts/n8n/installation';
import { packPackage, unpackPackage } from '../../../scripts/n8n/package';
import { builtPackage } from '../../engine/harness/builtPackage';
import { N8nApi } from '../../../scripts/n8n/rest';
import { startN8n } from '../../../scripts/n8n/server';
import { findFreePorts } from '../../../scripts/processes/ports';
import { Session } from '../../../scripts/processes/session';

/** A real n8n with the packed package in it, beside a simulator that its one Odin credential points at. */
export interface RealN8n {
	url: string;
	api: N8nApi;
	owner: Owner;
	simulator: Simulator;
	credential: OdinCredential;
	credentialId: string;
	/** Where n8n and the packages that it uses are installed. */
	installation: Installation;
	/** The one folder that workflows may read and write files in. */
	filesFolder: string;
	/** Ends n8n and starts it again, with what is in its database. */
	restart(whileDown?: () => void): Promise<void>;
	/** Ends n8n and the simulator and removes the user folder. */
	stop(): Promise<void>;
}

/** @param variables further environment variables of n8n */
export async function startRealN8n(
	options: SimulatorOptions = {},
	variables: Record<string, string> = {},
): Promise<RealN8n> {
	const session = new Session();
	try {
		const folder = await mkdtemp(join(await realpath(tmpdir()), 'n8n-nodes-odin-test-'));
		session.onEnd(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
		const simulator = await startSimulator(options);
		session.onEnd(simulator.close);
		const installation = await prepareInstallation(session, () => {});
		await unpackPackage(await packPackage(session, builtPackage(), folder), folder);
		const [port = 0, brokerPort = 0] = await findFreePorts(2);
		const filesFolder = join(folder, 'files');
		await mkdir(filesFolder);
		const settings = {
			userFolder: folder,
			port,
			brokerPort,
			useProxies: false,
			filesFolder,
			variables,
		};
		let running = await session.within(startN8n(session, installation, settings));
		const { url } = running;
		const restart = async (whileDown = () => {}) => {
			await running.stop();
			whileDown();
			running = await session.within(startN8n(session, installation, settings));
		};
		const api = new N8nApi(url);
		const owner = await setUpOwner(api);
		const { baseUrl, username, password } = simulator;
		const credential = { baseUrl, username, password, allowUnauthorizedCerts: false };
		const credentialId = await importCredential(api, credential);
		const stop = async () => await session.end();
		return {
			url,
			api,
			owner,
			simulator,
			credential,
			credentialId,
			installation,
			filesFolder,
			restart,
			stop,
		};
	} catch (reason) {
		await session.end();
		throw reason;
	}
}
