/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Failure } from './failure';

const LOOPBACK = '127.0.0.1';

/** As many different free ports as asked for; all are held until the last one is known. */
export async function findFreePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer().listen(0, LOOPBACK));
	await Promise.all(servers.map(async (server) => await once(server, 'listening')));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map(async (server) => await once(server.close(), 'close')));
	return ports;
}

async function isAnswered(port: number): Promise<boolean> {
	const socket = connect(port, LOOPBACK);
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

/** Fails in plain words when the port cannot be used. */
export async function requireFreePort(port: number): Promise<void> {
	const advice = `choose another one: npm start -- --port ${port === 65535 ? port - 1 : port + 1}`;
	// Asked first, since some systems let a second program listen beside one that listens on all addresses.
	if (await isAnswered(port)) {
		throw new Failure(
			`Port ${port} is in use by another program, perhaps another n8n. End that program, or ${advice}`,
		);
	}
	const server = createServer().listen(port, LOOPBACK);
	try {
		await once(server, 'listening');
		await once(server.close(), 'close');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const reason = code === 'EACCES' ? 'is reserved by the system' : 'is in use by another program';
		throw new Failure(`Port ${port} ${reason}. Please ${advice}`);
	}
}
