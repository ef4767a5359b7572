/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { IDataObject } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';

import { AxiosClient } from './axiosClient';
import {
	bareNode,
	bodyOf,
	contenders,
	httpRequestNode,
	odinNode,
	type Contender,
} from './contenders';
import { CREATES } from './creates';
import { measureMemory } from './memory';
import { Odin } from './odin';
import { report } from './report';
import type { Results } from './results';
import { measure, runRounds, type Sample } from './rounds';
import { countTurnUps } from './turnUps';
import { Workflows, type Measured } from './workflow';

const FULL = { rounds: 9, items: 1_000, manyItems: 10_000, manyRounds: 2 };
const QUICK = { rounds: 1, items: 20, manyItems: 40, manyRounds: 1 };

const DOCUMENT = join(__dirname, '../docs/benchmark.md');

/** Runs under the Node of n8n. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { quick: { type: 'boolean' }, base: { type: 'string', default: '' } },
	});
	const size = values.quick ? QUICK : FULL;
	const odin = await Odin.start();
	const workflows = await Workflows.start(odin.account, values.base);
	const axios = await AxiosClient.logIn(odin.account);
	const bodies = {
		one: await bodyOf(workflows, CREATES.one),
		five: await bodyOf(workflows, CREATES.five),
		all: await bodyOf(workflows, CREATES.all),
		columns: await bodyOf(workflows, CREATES.columns),
		constants: await bodyOf(workflows, CREATES.constants),
	};
	const all = contenders({ workflows, axios, odin, bodies });
	const samples = await runRounds(odin, all, {
		...size,
		onRound: (round) => console.log(`Round ${round + 1} of ${size.rounds}`),
	});
	console.log(`${size.manyItems} items`);
	const large = await measureMany(odin, all, 'odin-10', size);
	const largeBare = await measureMany(odin, all, 'bare-10', size);
	await workflows.stop();
	console.log('Memory');
	const memory = await measureMemories(odin, values.base, bodies.one, size);
	await odin.stop();
	console.log('Turn-ups');
	const turnUps = await countTurnUps();
	const results = { contenders: all, samples, large, largeBare, memory, turnUps };
	await present(results, values.quick === true);
}

async function measureMany(
	odin: Odin,
	all: Contender[],
	wanted: 'odin-10' | 'bare-10',
	{ manyItems, manyRounds }: typeof FULL,
): Promise<Sample[]> {
	const contender = all.find(({ id }) => id === wanted)!;
	const samples: Sample[] = [];
	for (let round = 0; round < manyRounds; round += 1) {
		samples.push(await measure(odin, contender, manyItems));
	}
	return samples;
}

async function measureMemories(
	odin: Odin,
	n8nNodesBase: string,
	body: IDataObject,
	{ items }: typeof FULL,
): Promise<Results['memory']> {
	const nodes: Array<[string, Measured]> = [
		['Odin node, concurrency 10', odinNode(CREATES.one, 10)],
		['Bare node, concurrency 10', bareNode(odin.account, body, 10)],
		['HTTP Request node', httpRequestNode(odin.account, body, CREATES.one.expressions)],
	];
	const memory: Results['memory'] = [];
	for (const [label, node] of nodes) {
		await odin.clear();
		const use = await measureMemory({ account: odin.account, n8nNodesBase, node, items });
		memory.push({ label, items, use });
	}
	return memory;
}

async function present(results: Results, quick: boolean): Promise<void> {
	const text = report(results, `Node ${process.versions.node.split('.')[0]}`);
	const options = await resolveConfig(DOCUMENT);
	const document = await format(text, { ...options, parser: 'markdown' });
	if (quick) {
		console.log(document);
	} else {
		await writeFile(DOCUMENT, document);
		console.log('Written to docs/benchmark.md');
	}
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
