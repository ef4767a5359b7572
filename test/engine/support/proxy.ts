/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy that answers in one way, or works. */
export class Proxy {
	readonly asked: string[] = [];
	private readonly sockets = new Set<Socket>();
	private readonly server: Server;

	constructor(public answer: number | 'ends' | 'works') {
		this.server = createServer((request, response) => {
			this.asked.push(`${request.method} ${request.url}`);
			response.writeHead(Number(this.answer), { 'content-type': 'text/html' }).end('<html></html>');
		});
		this.server.on('connection', (socket) => this.sockets.add(socket));
		this.server.on('connect', (request, socket: Socket) => {
			this.asked.push(`CONNECT ${request.url}`);
			const [host, port] = (request.url ?? '').split(':');
			if (this.answer === 'ends') socket.end();
			else if (this.answer !== 'works')
				socket.end(`HTTP/1.1 ${this.answer} No\r\n\r\n<html></html>`);
			else {
				const odin = connect(Number(port), host, () => {
					socket.write('HTTP/1.1 200 OK\r\n\r\n');
					socket.pipe(odin).pipe(socket);
				});
				this.sockets.add(odin);
				for (const end of [odin, socket]) end.on('error', () => undefined);
			}
		});
	}

	async start(): Promise<string> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		this.server.close();
		await once(this.server, 'close');
	}
}
