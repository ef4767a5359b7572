/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
	status: number;
	body: unknown;
}

/** A service with a log-in whose password is "secret" and which can revoke tokens and fail on request. */
export class FixtureServer {
	/** Every request so far, e.g. "POST /things a". */
	readonly requests: string[] = [];
	logins = 0;
	/** Answers for the next POSTs of a thing, by its name, first ones first. */
	readonly failures: Record<string, number[]> = {};
	/** What a revoked token is answered with. */
	unauthorized = 401;
	/** Body and status of GET /profile. */
	profile: Answer = { status: 200, body: { state: 'active' } };
	/** Called for a thing named "hangs", which gets no answer. */
	onHang = () => {};

	private validToken = '';

	private readonly server: Server = createServer((request, response) => {
		void this.answer(request).then((answer) => {
			if (!answer) return;
			response.writeHead(answer.status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(answer.body));
		});
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

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The next request with the token given out last is refused. */
	revokeToken(): void {
		this.validToken = 'revoked';
	}

	private async answer(request: IncomingMessage): Promise<Answer | undefined> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString();
		const body = (text ? JSON.parse(text) : {}) as { name?: string; password?: string };
		const { pathname, search } = new URL(request.url ?? '', this.url);
		this.requests.push(`${request.method} ${pathname}${search} ${body.name ?? ''}`.trim());

		if (pathname === '/login') return this.login(body.password);
		if (request.headers.authorization !== `Bearer ${this.validToken}`) {
			return { status: this.unauthorized, body: { message: 'Token unknown' } };
		}
		if (pathname === '/profile') return this.profile;
		if (request.method === 'GET') return { status: 200, body: ['first', 'second'] };
		if (body.name === 'hangs') {
			this.onHang();
			return undefined;
		}
		const failure = this.failures[body.name ?? '']?.shift();
		return failure
			? { status: failure, body: { message: `Refused ${body.name}` } }
			: { status: 200, body: { made: body.name } };
	}

	private login(password: string | undefined): Answer {
		this.logins += 1;
		if (password !== 'secret') return { status: 401, body: { message: 'Wrong password' } };
		this.validToken = `token-${this.logins}`;
		return { status: 200, body: { token: this.validToken } };
	}
}
