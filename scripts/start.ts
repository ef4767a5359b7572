/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCommandLine, USAGE, type CommandLine } from './demo/commandLine';
import { importExamples } from './demo/examples';
import { readOdinTarget } from './demo/odin';
import { startSimulatedOdin } from './demo/simulatedOdin';
import { Steps } from './demo/steps';
import { describeAccess, describeCredentialTest, describeTrunkGroup } from './demo/summary';
import { sendTicket } from './demo/ticket';
import { importCredential, publishWorkflow, setUpOwner, testCredential } from './n8n/import';
import { downloadNotice, N8N_VERSION, prepareInstallation } from './n8n/installation';
import { buildPackage, packPackage, unpackPackage } from './n8n/package';
import { N8nApi } from './n8n/rest';
import { startN8n } from './n8n/server';
import { Failure, Interruption } from './processes/failure';
import { findFreePorts, requireFreePort } from './processes/ports';
import { Session } from './processes/session';

const CHECKOUT = resolve(__dirname, '..');
const N8N_PORT = 5678;
const TICKET_EXAMPLE = 'ticket-to-trunk-group';
const SHEET_EXAMPLE = 'spreadsheet-to-trunk-groups';
const SHEET_FORM = '/form/odin-spreadsheet';

async function makeTemporaryFolder(session: Session, keep: boolean): Promise<string> {
	const folder = await mkdtemp(join(await realpath(tmpdir()), 'n8n-nodes-odin-'));
	session.onEnd(async () => {
		if (keep) process.stdout.write(`The n8n user folder is kept: ${folder}\n`);
		else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	});
	return folder;
}

/** From a checkout to a trunk group in Odin. Returns once the first ticket is answered; n8n goes on. */
async function demonstrate(session: Session, options: CommandLine): Promise<void> {
	const realOdin = readOdinTarget(process.env);
	const [freePort = 0, brokerPort = 0] = await findFreePorts(2);
	const port = options.port ?? (options.once ? freePort : N8N_PORT);
	await requireFreePort(port);

	const steps = new Steps(session, process.stdout);
	const folder = await makeTemporaryFolder(session, options.keep);
	const filesFolder = join(folder, 'files');
	await mkdir(filesFolder);
	await steps.run('Build the node', async () => await buildPackage(session, CHECKOUT));
	const tarball = await steps.run('Pack it as for npm', async () => {
		return await packPackage(session, CHECKOUT, folder);
	});
	const notice = downloadNotice();
	steps.say(notice);
	const beforeDownload = performance.now();
	const installation = await steps.run(`Prepare n8n ${N8N_VERSION} and Node 24`, async (report) => {
		return await prepareInstallation(session, report);
	});
	const download = notice === undefined ? undefined : performance.now() - beforeDownload;
	await steps.run('Install the package in n8n', async () => await unpackPackage(tarball, folder));
	const odin =
		realOdin ??
		(await steps.run('Start the Odin simulator', async () => await startSimulatedOdin(session)));
	const n8n = await steps.run('Start n8n', async () => {
		const useProxies = realOdin !== undefined;
		const settings = { userFolder: folder, port, brokerPort, useProxies, filesFolder };
		return await startN8n(session, installation, settings);
	});
	const api = new N8nApi(n8n.url);
	const owner = await setUpOwner(api);
	const credentialId = await steps.run('Import the credential and log in', async () => {
		const id = await importCredential(api, odin.credential);
		await testCredential(api, id, odin.credential);
		return id;
	});
	const { ticket } = odin;
	const isSimulated = odin.places !== undefined;
	const examples = await steps.run('Import the example workflows', async () => {
		return await importExamples(api, join(CHECKOUT, 'examples'), credentialId, filesFolder);
	});
	const shown = examples.find(({ file }) => file === TICKET_EXAMPLE);
	const published = examples.filter(
		({ file }) =>
			(file === TICKET_EXAMPLE && ticket !== undefined) || (file === SHEET_EXAMPLE && isSimulated),
	);
	for (const { id } of published) await session.within(publishWorkflow(api, id));

	if (ticket === undefined) {
		process.stdout.write(describeCredentialTest(odin.credential));
	} else {
		const profile = await steps.run(`Send ticket ${ticket.ticketId}`, async () => {
			return await sendTicket(n8n.url, ticket);
		});
		const elapsed = { total: performance.now(), download };
		process.stdout.write(describeTrunkGroup(profile, ticket, elapsed));
	}
	if (!options.once) {
		const formUrl = isSimulated ? `${n8n.url}${SHEET_FORM}` : undefined;
		process.stdout.write(describeAccess({ n8n, owner, examples, shown, odin, formUrl }));
	}
}

async function start(session: Session): Promise<number> {
	const options = readCommandLine(process.argv.slice(2));
	if (options.help) {
		process.stdout.write(USAGE);
		return 0;
	}
	await session.within(demonstrate(session, options));
	if (options.once) {
		process.stdout.write('\npassed\n');
		return 0;
	}
	// From here on, to be interrupted is the normal end.
	return await session.ended.catch((reason: unknown) => {
		if (!(reason instanceof Interruption)) throw reason;
		process.stdout.write('\nEnding n8n and removing its temporary folder\n');
		return 0;
	});
}

function explain(reason: unknown): number {
	if (reason instanceof Interruption) {
		process.stderr.write('\nInterrupted before the first ticket was answered\n');
		return reason.exitCode;
	}
	if (reason instanceof Failure) {
		const lines = reason.lastLines.map((line) => `    ${line}\n`).join('');
		process.stderr.write(`\n${reason.message}\n${lines && `\n${lines}`}`);
		return 1;
	}
	process.stderr.write(`\n${(reason as Error).stack ?? String(reason)}\n`);
	return 1;
}

async function main(): Promise<void> {
	const session = new Session();
	const status = await start(session).catch(explain);
	await session.end();
	process.exit(status);
}

void main();
