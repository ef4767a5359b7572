/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server that is not Odin and keeps all that reaches it: nothing secret should. */
export class OtherHost {
	/** Method, address, headers and body of every request, as text. */
	readonly received: string[] = [];

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	/** @param body what it answers with 200; an object is sent as JSON, text as a web page */
	static async start(body: unknown): Promise<OtherHost> {
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method, url, headers } = request;
				const sent = Buffer.concat(chunks).toString();
				host.received.push(JSON.stringify({ method, url, headers, sent }));
				const isPage = typeof body === 'string';
				response.setHeader('content-type', isPage ? 'text/html' : 'application/json');
				response.end(isPage ? body : JSON.stringify(body));
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const host = new OtherHost(server, `http://127.0.0.1:${port}`);
		return host;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}
}

/** An address of this machine where nothing listens. */
export async function unusedAddress(): Promise<string> {
	const host = await OtherHost.start({});
	await host.close();
	return host.url;
}
