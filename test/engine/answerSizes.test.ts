/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { Engine } from './harness';
import { OdinRuns } from './support/odinRuns';
import { expectPlainWords } from './support/plainWords';

/** A server that logs in whoever asks and answers everything else, or the login too, in one way. */
class OddServer {
	/** Bytes that were written to all answers. */
	written = 0;
	/** Method and path of every request. */
	readonly requests: string[] = [];
	/** Answers whose connection is closed. */
	private closed = 0;
	isLoginOdd = false;

	private readonly server: Server = createServer((request, response) => {
		void this.answer(request, response);
	});

	constructor(
		private readonly send: (response: ServerResponse, server: OddServer) => Promise<void>,
	) {}

	async start(): Promise<string> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v2`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	/** Waits until the other side takes it. False when it has gone. */
	async write(response: ServerResponse, bytes: Buffer): Promise<boolean> {
		if (response.destroyed) return false;
		this.written += bytes.length;
		await new Promise((resolve) => response.write(bytes, resolve));
		return !response.destroyed;
	}

	/** Waits until no connection is left open. */
	async quiet(): Promise<void> {
		while (this.closed < this.requests.length) await pause(5);
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.requests.push(`${request.method} ${request.url?.split('?')[0]?.replace('/api/v2', '')}`);
		response.on('close', () => (this.closed += 1));
		if (request.url?.endsWith('/auth/token') && !this.isLoginOdd) {
			response.end(JSON.stringify({ token: 'good' }));
			return;
		}
		await this.send(response, this);
	}
}

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');

async function endless(response: ServerResponse, server: OddServer): Promise<void> {
	while (await server.write(response, MEGABYTE));
}

/** 1 GB in 1 MB on the wire. */
async function gzipBomb(response: ServerResponse, server: OddServer): Promise<void> {
	response.setHeader('content-encoding', 'gzip');
	response.statusCode = 400;
	const member = gzipSync(MEGABYTE);
	for (let megabytes = 0; megabytes < 1024; megabytes += 1) {
		if (!(await server.write(response, member))) return;
	}
	response.end();
}

async function trickle(response: ServerResponse, server: OddServer): Promise<void> {
	while (await server.write(response, Buffer.from(' '))) {
		await pause(20);
	}
}

const TOO_LARGE = /the answer is larger than 64 MB \(HTTP \d+\)/i;

let engine: Engine;
let server: OddServer;

beforeAll(async () => (engine = await Engine.start({ credentials: {} })));
afterAll(async () => await engine.stop());
afterEach(async () => await server.stop());

async function meet(send: OddServer['send']): Promise<void> {
	server = new OddServer(send);
	const baseUrl = await server.start();
	await engine.setCredentials({ baseUrl, username: 'admin', password: 'password' });
}

const LIST = { resource: 'serviceProvider', operation: 'getAll' };
const CREATE = {
	resource: 'trunkGroup',
	operation: 'create',
	serviceProviderId: 's',
	groupId: 'g',
	name: 'sbc',
};

describe.each([
	['that never ends', endless],
	['that unpacks to a gigabyte', gzipBomb],
])('an answer %s', (_, send) => {
	it('is refused while it arrives, and not asked for again', async () => {
		await meet(send);
		const { error } = await engine.run({ parameters: LIST });
		expect(error?.message).toMatch(TOO_LARGE);
		expectPlainWords(`${error?.message}\n${error?.description ?? ''}`);
		expect(server.requests).toEqual(['POST /auth/token', 'GET /service-providers']);
		await server.quiet();
		// What was under way in between is all that goes beyond the limit.
		expect(server.written).toBeLessThan(100 * MEGABYTE.length);
	});

	it('to a create is looked for, and leaves it open', async () => {
		await meet(send);
		const { output } = await engine.run({
			parameters: CREATE,
			node: { onError: 'continueRegularOutput' },
		});
		const [item] = output[0] ?? [];
		expect(item?.json).toMatchObject({
			error: expect.stringMatching(/^The outcome is unknown: .*larger than 64 MB/),
			details: { kind: 'lost' },
		});
		expect(server.requests.slice(1)).toEqual([
			'POST /groups/trunk-groups',
			'GET /groups/trunk-groups',
		]);
	});

	it('to the login is refused, in the node, a list and the credential test', async () => {
		await meet(send);
		server.isLoginOdd = true;
		const { error } = await engine.run({ parameters: { ...LIST, options: { maxRetries: 0 } } });
		expect(error?.message).toMatch(/larger than 64 MB/);
		await expect(engine.listSearch('searchServiceProviders', {})).rejects.toThrow(
			/larger than 64 MB/,
		);
		const test = await engine.testCredential(await engine.credentials());
		expect(test).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/larger than 64 MB/),
		});
		await server.quiet();
	});

	it('to a list of the form is refused', async () => {
		await meet(send);
		await expect(engine.listSearch('searchServiceProviders', {})).rejects.toThrow(TOO_LARGE);
	});
});

describe('an answer that trickles', () => {
	it('is cut off when its time is over', async () => {
		await meet(trickle);
		const options = { timeout: 400, maxRetries: 0 };
		const { error } = await engine.run({ parameters: { ...LIST, options } });
		expect(error?.message).toContain('did not answer in time');
		await server.quiet();
	});

	it('to the login is cut off, too', async () => {
		await meet(trickle);
		server.isLoginOdd = true;
		const options = { timeout: 400, maxRetries: 0 };
		const { error } = await engine.run({ parameters: { ...LIST, options } });
		expect(error?.message).toContain('did not answer in time');
	});

	it('ends with the execution', async () => {
		await meet(trickle);
		const stop = new AbortController();
		const running = engine.run({ parameters: LIST, signal: stop.signal });
		while (server.written === 0) await pause(5);
		stop.abort();
		expect((await running).status).toBe('canceled');
		await server.quiet();
	});
});

it('a create whose answer was too large is found as it was asked for', async () => {
	await meet(endless);
	const odin = new OdinRuns({});
	await odin.start();
	odin.simulator.addFault({
		kind: 'rewritten',
		method: 'POST',
		path: '/groups/trunk-groups',
		rewrite: (text) => text + ' '.repeat(65 * MEGABYTE.length),
	});
	const key = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'sbc' };
	try {
		expect(await odin.one('trunkGroup.create', key)).toEqual(odin.stored(key));
		expect(odin.requests().map(({ method }) => method)).toEqual(['POST', 'GET']);
	} finally {
		await odin.stop();
	}
});
