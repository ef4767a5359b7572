/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { INode } from 'n8n-workflow';

import { Engine, stored, storedByNode, type RunOptions } from './harness';
import { writeFixturePackage } from './harness/fixturePackage';
import { FixtureServer } from './harness/fixtureServer';
import { loadN8n, userFolder } from './harness/mainRealm';
import { SkippedWaits } from './harness/skippedWaits';

const packageFolder = writeFixturePackage();
const server = new FixtureServer();
let engine: Engine;

const account = () => ({ baseUrl: server.url, username: 'anna', password: 'secret' });

/** One POST per name. */
const things = (...names: string[]): RunOptions => ({
	items: names.map((name) => ({ name, colour: 'blue' })),
	parameters: { name: '={{ $json.name }}' },
});

beforeAll(async () => {
	await server.start();
});

beforeEach(async () => {
	server.requests.length = 0;
	server.logins = 0;
	server.unauthorized = 401;
	server.profile = { status: 200, body: { state: 'active' } };
	for (const name of Object.keys(server.failures)) delete server.failures[name];
	server.revokeToken();
	engine = await Engine.start({ packageFolder, credentials: account() });
});

afterEach(async () => {
	await engine.stop();
});

afterAll(async () => {
	await server.stop();
	rmSync(packageFolder, { recursive: true });
});

describe('items', () => {
	it('evaluates expressions and gives each output item its input item', async () => {
		const { status, output, error } = await engine.run(things('a', 'b'));
		expect({ status, output, error }).toStrictEqual({
			status: 'success',
			output: [
				[
					{ json: { made: 'a' }, pairedItem: { item: 0 } },
					{ json: { made: 'b' }, pairedItem: { item: 1 } },
				],
				[],
			],
			error: undefined,
		});
	});

	it('starts with one empty item and takes whole items too', async () => {
		await engine.run({ parameters: { name: 'fixed' } });
		await engine.run({ ...things(), items: [{ json: { name: 'whole' } }] });
		expect(server.requests).toEqual(['POST /login', 'POST /things fixed', 'POST /things whole']);
	});

	it('runs a whole workflow, with its own credential in place of the one named there', async () => {
		const node = (name: string, type: string, parameters = {}): INode => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters,
		});
		const { output, runData } = await engine.run({
			items: [{ name: 'x' }],
			workflow: {
				nodes: [
					node('Go', 'n8n-nodes-base.manualTrigger'),
					{
						...node('Make', 'n8n-nodes-fixture.fixture', { name: '={{ $json.name }}' }),
						credentials: { fixtureApi: { id: 'elsewhere', name: 'Of another n8n' } },
					},
					node('After', 'n8n-nodes-base.noOp'),
				],
				connections: {
					Go: { main: [[{ node: 'Make', type: 'main', index: 0 }]] },
					Make: { main: [[{ node: 'After', type: 'main', index: 0 }]] },
				},
			},
		});
		expect(output[0]?.[0]?.json).toEqual({ made: 'x' });
		expect(runData.After?.[0]?.data?.main?.[0]?.[0]?.json).toEqual({ made: 'x' });
	});

	it('names an unknown node type', async () => {
		const nodes = [
			{ name: 'A', type: 'n8n-nodes-fixture.fixture' },
			{ name: 'B', type: 'n8n-nodes-base.set' },
		].map((node) => ({ ...node, id: node.name, typeVersion: 1, position: [0, 0], parameters: {} }));
		await expect(
			engine.run({ workflow: { nodes: nodes as INode[], connections: {} } }),
		).rejects.toThrow('Unknown node type "n8n-nodes-base.set"');
	});
});

describe('errors', () => {
	beforeEach(() => {
		server.failures.bad = [400, 400, 400, 400, 400, 400];
	});

	it('stores the error as plain data', async () => {
		const { status, output, error, run } = await engine.run(things('a', 'bad'));
		expect(status).toBe('error');
		expect(output).toEqual([[], []]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Bad request - please check your parameters',
			description: 'Refused bad',
			httpCode: '400',
			context: { data: { message: 'Refused bad' } },
			node: { name: 'Fixture', parameters: { name: '={{ $json.name }}' } },
		});
		expect(error?.stack).toContain('NodeApiError');
		expect(run.data.resultData.error).toEqual(error);
	});

	it.each([
		['json', { error: expect.stringContaining('Bad request'), details: { name: 'bad' } }],
		['item', { error: expect.stringContaining('Bad request') }],
	])('routes a %s error to the error output, merged with its input', async (errorStyle, json) => {
		const { parameters, items } = things('a', 'bad', 'c');
		const { status, output } = await engine.run({
			items,
			parameters: { ...parameters, errorStyle },
			node: { onError: 'continueErrorOutput' },
		});
		expect(status).toBe('success');
		expect(output[0]).toEqual([
			{ json: { made: 'a' }, pairedItem: { item: 0 } },
			{ json: { made: 'c' }, pairedItem: { item: 2 } },
		]);
		// item.error makes the engine cut the json down to the message after it merged the input in.
		const merged = errorStyle === 'json' ? { name: 'bad', colour: 'blue', ...json } : json;
		expect(output[1]).toMatchObject([{ json: merged, pairedItem: { item: 1 } }]);
		expect(Object.keys(output[1]?.[0]?.json ?? {})).toHaveLength(Object.keys(merged).length);
	});

	it('keeps the error in place with Continue', async () => {
		const { output } = await engine.run({
			...things('bad', 'b'),
			node: { onError: 'continueRegularOutput' },
		});
		expect(output).toMatchObject([
			[
				{ json: { details: { name: 'bad' } }, pairedItem: { item: 0 } },
				{ json: { made: 'b' }, pairedItem: { item: 1 } },
			],
			[],
		]);
	});

	it('sends the input out of output 0 when a node throws in spite of Continue', async () => {
		const { output, error, runData } = await engine.run({
			items: [{ name: 'x' }],
			parameters: { name: '={{ $("Nowhere").item.json.name }}' },
			node: { onError: 'continueErrorOutput' },
		});
		expect(output).toMatchObject([[{ json: { name: 'x' } }], []]);
		expect(runData.Fixture?.[0]?.error).toMatchObject({ message: "Referenced node doesn't exist" });
		// Only because no node follows: the engine keeps the error of the last node it ran.
		expect(error).toMatchObject({ message: "Referenced node doesn't exist" });
	});

	it('is an execution that could not start when a required field is empty', async () => {
		const result = await engine.run({
			parameters: { needed: '' },
			node: { onError: 'continueErrorOutput' },
		});
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('Parameter "Needed" is required');
		expect(result.runData).toEqual({});
		expect(server.requests).toEqual([]);
	});
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('runs the whole node again, whose context survives', async () => {
		server.failures.b = [500, 500];
		const { status, output } = await engine.run({ ...things('a', 'b', 'c'), node: retry });
		expect(status).toBe('success');
		expect(output[0]).toHaveLength(3);
		expect(server.requests.slice(1)).toEqual([
			'POST /things a',
			'POST /things b',
			'POST /things b',
			'POST /things b',
			'POST /things c',
		]);
	});

	it('gives up after the last try', async () => {
		server.failures.a = [500, 500, 500];
		const { status, logs } = await engine.run({ ...things('a'), node: retry });
		expect(status).toBe('error');
		expect(logs.filter((line) => line.startsWith('info: made'))).toHaveLength(3);
	});
});

describe('the credential', () => {
	it('is logged in once, persisted and reused by the next run', async () => {
		const first = await engine.run(things('a', 'b'));
		const second = await engine.run(things('c'));
		expect(server.logins).toBe(1);
		expect(first.storedCredentials).toEqual({ ...account(), token: 'token-1' });
		expect(second.storedCredentials).toEqual(first.storedCredentials);
		expect(await engine.credentials()).toEqual(first.storedCredentials);
	});

	it.each([401, 403])('is logged in again on %i', async (unauthorized) => {
		server.unauthorized = unauthorized;
		await engine.setCredentials({ ...account(), token: 'stale' });
		const { status, storedCredentials } = await engine.run(things('a'));
		expect(status).toBe('success');
		expect(server.requests).toEqual(['POST /things a', 'POST /login', 'POST /things a']);
		expect(storedCredentials.token).toBe('token-1');
	});

	it('is read for every request unless the node passes it on', async () => {
		const { parameters, items } = things('a', 'b', 'c');
		const each = await engine.run({ items, parameters });
		expect(each.credentialLookups).toBe(4);
		await engine.setCredentials(account());
		const once = await engine.run({ items, parameters: { ...parameters, decryptOnce: true } });
		expect(once.credentialLookups).toBe(1);
		expect(once.storedCredentials.token).toBe('token-2');
	});

	it('gets its defaults and may hold expressions', async () => {
		const { logs } = await engine.run({
			...things('a'),
			credentials: { baseUrl: `={{ "${server.url}" }}`, password: 'secret', unknown: 1 },
		});
		expect(logs.join()).toContain("user: 'anna'");
		expect(server.requests).toEqual(['POST /login', 'POST /things a']);
	});

	it('can be one for a single run', async () => {
		const { status, storedCredentials } = await engine.run({
			...things('a'),
			credentials: { ...account(), password: 'wrong' },
		});
		expect(status).toBe('error');
		expect(storedCredentials.password).toBe('wrong');
		expect(await engine.credentials()).toEqual(account());
	});

	it('is tested as in the editor', async () => {
		const test = async (data = {}) => await engine.testCredential({ ...account(), ...data });
		expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(server.requests).toEqual(['POST /login', 'GET /profile']);
		expect(await test({ token: 'any' })).toMatchObject({ status: 'OK' });
		expect(server.logins).toBe(2);
		expect(await test({ password: 'wrong' })).toEqual({ status: 'Error', message: 'Unauthorized' });
		server.profile = { status: 418, body: {} };
		expect(await test()).toEqual({ status: 'Error', message: 'This is a teapot' });
		server.profile = { status: 200, body: { state: 'locked' } };
		expect(await test()).toEqual({ status: 'Error', message: 'Account is locked' });
		expect(await test({ baseUrl: 'http://127.0.0.1:1' })).toEqual({
			status: 'Error',
			message: 'ECONNREFUSED',
		});
	});
});

describe('stopping', () => {
	it('aborts the request in flight and stores no run data of the node', async () => {
		const stop = new AbortController();
		server.onHang = () => stop.abort();
		const { status, error, runData, output } = await engine.run({
			...things('a', 'hangs', 'c'),
			signal: stop.signal,
		});
		expect(status).toBe('canceled');
		expect(error).toBeUndefined();
		expect(Object.keys(runData)).toEqual(['Start']);
		expect(output).toEqual([[], []]);
		expect(server.requests.at(-1)).toBe('POST /things hangs');
	});

	it('does not keep Retry On Fail from calling the node again', async () => {
		const stop = new AbortController();
		server.onHang = () => stop.abort();
		const { status, logs } = await engine.run({
			...things('hangs'),
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			signal: stop.signal,
		});
		expect(status).toBe('canceled');
		expect(logs.filter((line) => line.startsWith('info: made'))).toHaveLength(2);
		expect(server.requests.filter((line) => line.endsWith('hangs'))).toHaveLength(1);
	});
});

describe('what else is seen', () => {
	it('hints', async () => {
		const { hints } = await engine.run(things('a', 'b'));
		expect(hints).toEqual([{ message: 'Saw 2 items' }]);
	});

	it('logs at every level, of the engine and the node', async () => {
		const { logs } = await engine.run(things('a'));
		expect(logs.join('\n')).toMatch(/^debug: Workflow execution started/);
		expect(logs.join('\n')).toMatch(/^info: made 1 .*nested: \{ user: 'anna' \}/m);
	});

	it('everything that is stored, and the part of it that is the node’s', async () => {
		server.failures.bad = [400];
		const result = await engine.run({ ...things('a', 'bad') });
		expect(stored(result)).toContain('blue');
		expect(stored(result)).not.toContain('token-1');
		expect(storedByNode(result)).toContain('Refused bad');
		expect(storedByNode(result)).not.toContain('blue');
	});

	it('the description as n8n loads it', () => {
		expect(engine.description()).toMatchObject({
			name: 'fixture',
			usableAsTool: true,
			communityNodePackageVersion: '1.2.3',
			codex: { categories: ['Miscellaneous'] },
			iconUrl: 'icons/n8n-nodes-fixture/dist/nodes/Fixture/fixture.svg',
		});
	});

	it('list searches', async () => {
		const found = await engine.listSearch('searchThings', { name: 'pre' }, 'fir', '1');
		expect(found).toEqual({
			results: [
				{ name: 'first', value: 'first' },
				{ name: 'second', value: 'second' },
			],
			paginationToken: '2',
		});
		expect(server.requests).toEqual([
			'POST /login',
			'GET /things?filter=fir&paginationToken=1&prefix=pre',
		]);
	});
});

describe('the engine', () => {
	it('keeps parallel runs apart', async () => {
		await engine.run(things('first'));
		const names = ['a', 'b', 'c', 'd'];
		const results = await Promise.all(names.map(async (name) => await engine.run(things(name))));
		expect(results.map(({ output }) => output[0]?.[0]?.json.made)).toEqual(names);
		for (const { logs, credentialLookups } of results) {
			expect(logs.filter((line) => line.startsWith('info: made'))).toHaveLength(1);
			expect(credentialLookups).toBe(2);
		}
		expect(server.logins).toBe(1);
	});

	it('keeps the module variables of the package, until another engine starts', async () => {
		const madeBy = async (one: Engine) => (await one.run(things('a'))).logs.join('\n');
		await madeBy(engine);
		expect(await madeBy(engine)).toContain('info: made 2');
		const other = await Engine.start({ packageFolder, credentials: account() });
		expect(await madeBy(other)).toContain('info: made 1');
		await other.stop();
	});

	// isolated-vm has builds for Node 24 and 26 only, so there is no such test on Node 22.
	const isOnNode24 = Number(process.versions.node.split('.')[0]) >= 24;
	const defineOnNode24 = isOnNode24 ? it : () => undefined;

	defineOnNode24('evaluates with the expression engine of production', async () => {
		const production = await Engine.start({
			packageFolder,
			credentials: { ...account(), baseUrl: `={{ "${server.url}" }}` },
			expressionEngine: 'vm',
		});
		expect(loadN8n().workflow.Expression.getActiveImplementation()).toBe('vm');
		const { output } = await production.run(things('a'));
		expect(output[0]?.[0]?.json).toEqual({ made: 'a' });
		await production.stop();
	});

	it('writes into a temporary folder and removes it', async () => {
		const other = await Engine.start({ packageFolder });
		expect(existsSync(userFolder)).toBe(true);
		await other.stop();
		await engine.stop();
		expect(existsSync(userFolder)).toBe(false);
		engine = await Engine.start({ packageFolder });
	});

	it('refuses a package that lacks what it declares', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-incomplete-'));
		const n8n = { nodes: ['dist/A.node.js'] };
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'n8n-nodes-a', n8n }));
		await expect(Engine.start({ packageFolder: folder })).rejects.toThrow(
			'The package declares dist/A.node.js, which it lacks.',
		);
		rmSync(folder, { recursive: true });
	});
});

describe('skipped waits', () => {
	it('end in their order, for n8n as for a server, and what was sent is answered before', async () => {
		const { sleep } = loadN8n().workflow;
		const now = Date.now();
		const ended: string[] = [];
		const end = (what: string) => () => ended.push(what);
		const stop = SkippedWaits.begin();
		try {
			const waits = [
				sleep(60_000).then(end('last')),
				pause(20_000).then(end('first')),
				sleep(40_000).then(end('second')),
			];
			for (let requests = 0; requests < 20; requests += 1) await fetch(`${server.url}/login`);
			ended.push('requests');
			await Promise.all(waits);
			expect(ended).toEqual(['requests', 'first', 'second', 'last']);
			expect(Date.now() - now).toBeGreaterThanOrEqual(60_000);
		} finally {
			stop();
		}
		expect(Date.now() - now).toBeLessThan(60_000);
	});
});
