/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ticketWorkflow from '../../examples/ticket-to-trunk-group.json';
import { startSimulator } from '../../simulator';
import type { Report } from '../demo/steps';
import { importCredential, importWorkflow, publishWorkflow, setUpOwner } from '../n8n/import';
import { prepareInstallation } from '../n8n/installation';
import { packPackage, unpackPackage } from '../n8n/package';
import { N8nApi } from '../n8n/rest';
import { startN8n } from '../n8n/server';
import { Failure } from '../processes/failure';
import { findFreePorts } from '../processes/ports';
import type { Session } from '../processes/session';
import { CHECKS, type RunningNode } from './checks';

/** What was missing, by the title of the check; empty when nothing was. */
export type Missing = Map<string, string>;

/** Starts the n8n of one version with the packed package and the ticket example in it. */
async function startNode(
	session: Session,
	version: string,
	checkout: string,
	report: Report,
): Promise<RunningNode> {
	const folder = await mkdtemp(join(await realpath(tmpdir()), 'n8n-nodes-odin-versions-'));
	session.onEnd(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	const simulator = await startSimulator({ strict: true });
	session.onEnd(simulator.close);
	const installation = await prepareInstallation(session, report, version);
	report('n8n starts');
	await unpackPackage(await packPackage(session, checkout, folder), folder);
	const [port = 0, brokerPort = 0] = await findFreePorts(2);
	const settings = { userFolder: folder, port, brokerPort, useProxies: false };
	const { url } = await startN8n(session, installation, settings);
	const api = new N8nApi(url);
	await setUpOwner(api);
	const { baseUrl, username, password } = simulator;
	const credential = { baseUrl, username, password, allowUnauthorizedCerts: false };
	const credentialId = await importCredential(api, credential);
	await publishWorkflow(api, await importWorkflow(api, ticketWorkflow, credentialId));
	return { url, api, credential, credentialId, simulator };
}

/** Runs every check in a real n8n of that version. Throws a Failure if it does not come so far. */
export async function tryVersion(
	session: Session,
	version: string,
	checkout: string,
	report: Report,
): Promise<Missing> {
	const node = await startNode(session, version, checkout, report);
	const missing: Missing = new Map();
	for (const { title, run } of CHECKS) {
		report(title);
		try {
			await run(node);
		} catch (reason) {
			if (!(reason instanceof Failure)) throw reason;
			missing.set(title, reason.message);
		}
	}
	report('');
	return missing;
}
