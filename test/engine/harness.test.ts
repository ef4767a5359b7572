/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { startSimulator, type Simulator } from '../../simulator';
import { Engine, storedByNode, type EngineOptions } from './harness';
import { loadN8n, userFolder } from './harness/mainRealm';
import { SkippedWaits } from './harness/skippedWaits';

let odin: Simulator;
let engine: Engine | undefined;

beforeAll(async () => {
	odin = await startSimulator({ strict: true });
});

afterEach(async () => {
	await engine?.stop();
	engine = undefined;
});

afterAll(async () => await odin.close());

async function start(options: EngineOptions = {}): Promise<Engine> {
	const { baseUrl, username, password } = odin;
	engine = await Engine.start({ credentials: { baseUrl, username, password }, ...options });
	return engine;
}

const create = (...names: string[]) => ({
	items: names.map((name) => ({ name, colour: 'blue' })),
	parameters: {
		...{ resource: 'trunkGroup', operation: 'create', name: '={{ $json.name }}' },
		...{ serviceProviderId: 'acme-ent', groupId: 'acme-hq' },
	},
});

it('keeps parallel runs apart, with what each logs and what is stored of it', async () => {
	const started = await start();
	const names = ['a', 'b', 'c', 'd'];
	const runs = await Promise.all(
		names.map(async (name) => await started.run(create(name, 'x'.repeat(31)))),
	);
	for (const [index, result] of runs.entries()) {
		const logs = result.logs.join('\n');
		expect(logs).toMatch(/^debug: Workflow execution started/);
		expect(logs.match(/Workflow execution started/g)).toHaveLength(1);
		expect(result.runData.Start?.[0]?.data?.main?.[0]?.[0]?.json.name).toBe(names[index]);
		expect(storedByNode(result)).toContain("'Name' takes text of 1 to 30 characters");
		expect(storedByNode(result)).not.toContain('blue');
	}
});

// isolated-vm has builds for Node 24 and 26 only, so there is no such engine on Node 22.
const isOnNode24 = Number(process.versions.node.split('.')[0]) >= 24;

it.each(isOnNode24 ? (['legacy', 'vm'] as const) : (['legacy'] as const))(
	'evaluates with the %s expression engine, in a credential, too',
	async (expressionEngine) => {
		const { baseUrl, username, password } = odin;
		const credentials = { baseUrl: `={{ "${baseUrl}" }}`, username, password };
		const started = await start({ expressionEngine, credentials });
		expect(loadN8n().workflow.Expression.getActiveImplementation()).toBe(expressionEngine);
		const { output } = await started.run(create(expressionEngine));
		expect(output[0]?.[0]?.json).toMatchObject({ name: expressionEngine });
	},
);

it('writes into a temporary folder and removes it with the last engine', async () => {
	const other = await start();
	await start();
	await other.stop();
	expect(existsSync(userFolder)).toBe(true);
	await engine?.stop();
	engine = undefined;
	expect(existsSync(userFolder)).toBe(false);
});

it('refuses a package that lacks what it declares', async () => {
	const packageFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-incomplete-'));
	const n8n = { nodes: ['dist/A.node.js'] };
	writeFileSync(join(packageFolder, 'package.json'), JSON.stringify({ name: 'n8n-nodes-a', n8n }));
	await expect(start({ packageFolder })).rejects.toThrow(
		'The package declares dist/A.node.js, which it lacks.',
	);
	rmSync(packageFolder, { recursive: true });
});

it('skipped waits end in their order, for n8n as for a server, and what was sent is answered before', async () => {
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
		for (let requests = 0; requests < 20; requests += 1) await fetch(odin.baseUrl);
		ended.push('requests');
		await Promise.all(waits);
		expect(ended).toEqual(['requests', 'first', 'second', 'last']);
		expect(Date.now() - now).toBeGreaterThanOrEqual(60_000);
	} finally {
		stop();
	}
	expect(Date.now() - now).toBeLessThan(60_000);
});
