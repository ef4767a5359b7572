/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import {
	createServer,
	request,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SpoiledAnswer {
	/** Whether Odin gets the request, and does what it asks */
	isDone: boolean;
	status: number;
	headers: Record<string, string>;
	/** @param text what Odin answered; empty where it was not asked */
	body(text: string): Uint8Array | string;
	/** The connection ends in the middle of the body */
	isCut: boolean;
}

/** Stands in front of an Odin, and answers some requests in its place. */
export class Spoiler {
	/** Decides by the number of the request, without logins; -1 is a login. Undefined: what Odin answers. */
	spoil: (index: number) => SpoiledAnswer | undefined = () => undefined;

	private count = 0;
	private target = new URL('http://127.0.0.1');

	private readonly server: Server = createServer((incoming, response) => {
		void this.answer(incoming, response);
	});

	async start(): Promise<void> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	/** From now on it stands in front of this Odin, and has had no request. */
	putBefore(odin: string): void {
		this.target = new URL(odin);
		this.count = 0;
		this.spoil = () => undefined;
	}

	get baseUrl(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${this.target.pathname}`;
	}

	private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const sent = await bytesOf(incoming);
		const isLogin = incoming.url?.includes('/auth/') === true;
		const spoiled = this.spoil(isLogin ? -1 : this.count);
		if (!isLogin) this.count += 1;
		if (spoiled && !spoiled.isDone) {
			reply(response, spoiled, '');
			return;
		}
		const { status, headers, text } = await this.ask(incoming, sent);
		// Without a session, or by an Odin that refuses, nothing was done.
		if (spoiled && status < 400) reply(response, spoiled, text);
		else response.writeHead(status, { 'content-type': headers['content-type'] ?? '' }).end(text);
	}

	private async ask(incoming: IncomingMessage, sent: Buffer) {
		const { method, url, headers } = incoming;
		const { hostname, port } = this.target;
		const asked = request({ hostname, port, method, path: url, headers, agent: false });
		asked.end(sent);
		const [answer] = (await once(asked, 'response')) as [IncomingMessage];
		const text = (await bytesOf(answer)).toString();
		return { status: answer.statusCode ?? 0, headers: answer.headers, text };
	}
}

function reply(response: ServerResponse, spoiled: SpoiledAnswer, text: string): void {
	const body = Buffer.from(spoiled.body(text));
	response.writeHead(spoiled.status, { 'content-type': 'application/json', ...spoiled.headers });
	if (!spoiled.isCut) response.end(body);
	else response.write(body, () => response.destroy());
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
