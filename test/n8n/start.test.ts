/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DemoCheckout } from './demoCheckout';

const BUILDS = 'node --version';

let checkout: DemoCheckout;
let server: Server;

async function makeCheckout(build: string): Promise<DemoCheckout> {
	checkout = await DemoCheckout.make({ build });
	return checkout;
}

/** A port on which something listens and never answers. */
async function occupyPort(): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

beforeEach(() => {
	server = createServer();
});

afterEach(async () => {
	server.close();
	await checkout.remove();
});

test('a broken build is said plainly, with what the compiler said', async () => {
	const demo = (
		await makeCheckout(`node -e "console.log('Odin.node.ts(3,7): error TS2322'); process.exit(2)"`)
	).start(['--once']);

	expect(await demo.status()).toBe(1);
	expect(demo.output).toContain('✗ Build the node');
	expect(demo.output).toContain('The node does not build');
	expect(demo.output).toContain('    Odin.node.ts(3,7): error TS2322');
	expect(demo.output).not.toMatch(/\n\s+at /);
	expect(await checkout.leftovers()).toEqual([]);
});

test('an occupied port is said plainly, before anything is built', async () => {
	const port = await occupyPort();
	const demo = (await makeCheckout(BUILDS)).start(['--port', String(port)]);

	expect(await demo.status()).toBe(1);
	expect(demo.output.trim()).toBe(
		`Port ${port} is in use by another program, perhaps another n8n. ` +
			`End that program, or choose another one: npm start -- --port ${port + 1}`,
	);
});

test('a download that does not get through is said plainly and leaves nothing behind', async () => {
	const port = await occupyPort();
	server.close();
	await once(server, 'close');
	const demo = (await makeCheckout(BUILDS)).start(['--once'], {
		npm_config_registry: `http://127.0.0.1:${port}/`,
		npm_config_cache: join(checkout.folder, 'npm'),
		npm_config_fetch_retries: '0',
	});

	expect(await demo.status()).toBe(1);
	expect(demo.output).toContain('npm did not reach the package registry');
	expect(demo.output).toContain('ECONNREFUSED');
	expect(await checkout.leftovers()).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
	'%s during the download ends npm and removes what is unfinished',
	async (signal) => {
		const port = await occupyPort();
		const asked = once(server, 'request');
		const demo = (await makeCheckout(BUILDS)).start(['--once'], {
			npm_config_registry: `http://127.0.0.1:${port}/`,
			npm_config_cache: join(checkout.folder, 'npm'),
		});
		const [request] = await asked;
		const npmIsGone = once(request.socket, 'close');
		demo.process.kill(signal);

		expect(await demo.status()).toBe(signal === 'SIGINT' ? 130 : 143);
		await npmIsGone;
		expect(await checkout.leftovers()).toEqual([]);
	},
);
