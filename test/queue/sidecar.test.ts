/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../../scripts/processes/childProcess';
import { findFreePorts } from '../../scripts/processes/ports';
import { Session } from '../../scripts/processes/session';
import { requireProgram } from '../../scripts/system/programs';
import { startSimulator, type Simulator } from '../../simulator';
import { CERTIFICATE, KEY } from '../simulator/certificate';
import { commandsIn } from '../gates/documents';
import { NGINX } from './support/programs';
import { makeFolder } from './support/temporaryFolder';

const CHECKOUT = resolve(__dirname, '../..');
const REQUESTS = 60;
const AT_ONCE = 5;
const PATIENCE_MS = 30_000;

const session = new Session();
let simulator: Simulator;
let counter: { server: Server; connections: number };

/** Hands every connection on to the simulator, and counts them. */
function countConnections(port: number): typeof counter {
	const server = createServer((near) => {
		counted.connections += 1;
		const far = connect(port, '127.0.0.1');
		near.pipe(far).pipe(near);
		for (const [one, other] of [
			[near, far],
			[far, near],
		] as const) {
			one.on('error', () => other.destroy());
			one.on('close', () => other.destroy());
		}
	});
	const counted = { server, connections: 0 };
	return counted;
}

async function listening(port: number): Promise<void> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const open = await new Promise<boolean>((answer) => {
			const socket = connect(port, '127.0.0.1', () => answer(true)).on('error', () =>
				answer(false),
			);
			socket.unref();
		});
		if (open) return;
		if (Date.now() > deadline) throw new Error(`Nothing listens on ${port}`);
		await delay(50);
	}
}

/** Starts nginx with the documented configuration and command. Returns its base URL. */
async function startSidecar(authority = CERTIFICATE): Promise<string> {
	const home = await makeFolder(session, 'sidecar');
	// nginx gives up the rights of root where it has them.
	await chmod(home, 0o755);
	const folder = join(home, 'odin-sidecar');
	await mkdir(folder);
	await writeFile(join(folder, 'authority.pem'), authority);
	const [port = 0] = await findFreePorts(1);
	const documented = await readFile(join(CHECKOUT, 'docs/sidecar/nginx.conf'), 'utf8');
	const here = documented
		.replace('server odin.example.com:443', `server 127.0.0.1:${portOf(counter.server)}`)
		.replaceAll('odin.example.com;', 'localhost;')
		.replace('127.0.0.1:8091', `127.0.0.1:${port}`)
		.replace('/etc/ssl/certs/ca-certificates.crt', join(folder, 'authority.pem'));
	await writeFile(join(folder, 'nginx.conf'), here);
	const { commands } = await commandsIn('docs/scaling.md');
	const command = commands.find((one) => one.command.startsWith('nginx -p'))?.command ?? '';
	startProcess(session, {
		file: await requireProgram(NGINX),
		args: command
			.split(' ')
			.slice(1)
			.map((word) => word.replace('~', home)),
		cwd: home,
		env: process.env,
	});
	await listening(port);
	return `http://127.0.0.1:${port}/api/v2`;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

/** A request on a connection of its own, as n8n sends every request. */
async function send(url: string, method: string, body?: object, token = '') {
	const answer = await fetch(url, {
		method,
		headers: {
			connection: 'close',
			'content-type': 'application/json',
			...(token && { authorization: `Bearer ${token}` }),
		},
		body: body && JSON.stringify(body),
	});
	const text = await answer.text();
	return { status: answer.status, text };
}

async function logIn(baseUrl: string): Promise<string> {
	const { username, password } = simulator;
	const { text } = await send(`${baseUrl}/auth/token`, 'POST', { username, password });
	return (JSON.parse(text) as { token: string }).token;
}

beforeAll(async () => {
	simulator = await startSimulator({ https: { key: KEY, cert: CERTIFICATE } });
	session.onEnd(simulator.close);
	counter = countConnections(Number(new URL(simulator.url).port));
	await new Promise<void>((ready) => counter.server.listen(0, '127.0.0.1', ready));
	session.onEnd(() => counter.server.close());
});

afterAll(async () => await session.end());

const trunkGroup = (name: string) => ({
	serviceProviderId: 'acme-ent',
	groupId: 'acme-hq',
	name,
	maxActiveCalls: 1,
});

test('a sidecar keeps its TLS connections to Odin, and changes no request and no answer', async () => {
	const baseUrl = await startSidecar();
	const token = await logIn(baseUrl);
	const groups = `${baseUrl}/groups?serviceProviderId=acme-ent`;
	const [direct, through] = await Promise.all([
		JSON.stringify(simulator.network.groups('acme-ent').map(({ groupId }) => groupId)),
		send(groups, 'GET', undefined, token),
	]);
	for (const groupId of JSON.parse(direct) as string[]) expect(through.text).toContain(groupId);
	expect(await send(groups, 'GET', undefined, 'no token')).toMatchObject({ status: 401 });

	counter.connections = 0;
	const names = Array.from({ length: REQUESTS }, (_, index) => `sidecar-${index}`);
	const statuses: number[] = [];
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (let name = names.shift(); name !== undefined; name = names.shift()) {
				const url = `${baseUrl}/groups/trunk-groups`;
				statuses.push((await send(url, 'POST', trunkGroup(name), token)).status);
			}
		}),
	);
	expect(statuses).toEqual(Array.from({ length: REQUESTS }, () => 200));
	expect(counter.connections).toBeLessThanOrEqual(AT_ONCE);
});

test('a request whose answer is lost is not sent again by the sidecar', async () => {
	const baseUrl = await startSidecar();
	const token = await logIn(baseUrl);
	simulator.clearRequests();
	simulator.addFault({ kind: 'lostAnswer', method: 'POST', path: '/groups/trunk-groups' });
	const url = `${baseUrl}/groups/trunk-groups`;
	expect(await send(url, 'POST', trunkGroup('lost-once'), token)).toMatchObject({ status: 502 });
	expect(simulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a sidecar talks to nobody whose certificate it does not know', async () => {
	const stranger = await readFile('/etc/ssl/certs/ca-certificates.crt', 'utf8');
	const baseUrl = await startSidecar(stranger);
	simulator.clearRequests();
	const answer = await send(`${baseUrl}/auth/token`, 'POST', { username: 'a', password: 'b' });
	expect(answer.status).toBe(502);
	expect(simulator.requests).toEqual([]);
});
