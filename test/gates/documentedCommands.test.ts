/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	cpSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { CHECKOUT, execute, executeNode, filesIn } from './checkout';
import { EXECUTIONS, type Execution } from './documentedCommands';
import { commandsIn, DOCUMENTS, type Documented } from './documents';
import { contentOf, executedCommands, scriptOf } from './executedCommands';
import { sourceFiles } from './sourceFiles';
import { textOf } from './workflows';

const executed = executedCommands();
const sources = new Map(
	sourceFiles('test', 'scripts', 'simulator').map(({ path, imports }) => [path, imports]),
);
let documented: Documented[];

beforeAll(async () => {
	const found = await Promise.all(DOCUMENTS.map(async (document) => await commandsIn(document)));
	documented = found.flatMap(({ commands }) => commands);
});

describe('commands are found', () => {
	const commandsOf = async (...lines: string[]) =>
		(await commandsIn('x.md', lines.join('\n'))).commands.map(({ command }) => command);

	test('in blocks, without their comments, one after the other', async () => {
		expect(
			await commandsOf(
				'1. First:',
				'',
				'   ```sh',
				'   # why',
				'   npm ci && A=1 npm start # how',
				'   ```',
			),
		).toEqual(['npm ci', 'A=1 npm start']);
		expect(await commandsOf('```bash', 'curl \\', '  -X POST', '```')).toEqual(['curl -X POST']);
		expect(await commandsOf('```ts', 'npm ci', '```')).toEqual([]);
	});

	test('in sentences and tables, but not names of programs and files', async () => {
		expect(
			await commandsOf(
				'Run `npm ci` and set `A_B=true`; `npm`, `n8n`, `package.json`, `x=y` are no commands.',
			),
		).toEqual(['npm ci', 'A_B=true']);
		expect(await commandsOf('| a |', '| --- |', '| `npm run x` |')).toEqual(['npm run x']);
	});

	test('in every document', async () => {
		expect(DOCUMENTS).toEqual(
			expect.arrayContaining([
				'CONTRIBUTING.md',
				'README.md',
				'SECURITY.md',
				'simulator/README.md',
			]),
		);
		expect(new Set(documented.map(({ document }) => document)).size).toBeGreaterThan(2);
		const found = await Promise.all(DOCUMENTS.map(async (document) => await commandsIn(document)));
		expect(found.flatMap(({ unnamed }) => unnamed)).toEqual([]);
	});
});

test('every command of the documents is carried out: by .ci/run, the CI workflow or a test that documentedCommands.ts names', () => {
	const unknown = documented.filter(
		({ command }) => !executed.has(command) && !Object.hasOwn(EXECUTIONS, command),
	);
	expect(unknown).toEqual([]);
});

test('every script that a document names is there', () => {
	const missing = documented.filter(({ command }) => {
		const script = scriptOf(command);
		return script !== undefined && contentOf(script) === undefined;
	});
	expect(missing).toEqual([]);
});

test('every row is of a command that a document names and .ci/run does not carry out', () => {
	const commands = documented.map(({ command }) => command);
	const idle = Object.keys(EXECUTIONS).filter(
		(command) => !commands.includes(command) || executed.has(command),
	);
	expect(idle).toEqual([]);
});

/** A test file and all that it imports, through whatever it imports. */
function importedBy(path: string, seen = new Set<string>()): Set<string> {
	if (seen.has(path)) return seen;
	seen.add(path);
	for (const { target, isPackage } of sources.get(path) ?? []) {
		if (isPackage) continue;
		for (const file of [`${target}.ts`, `${target}/index.ts`]) {
			if (sources.has(file)) importedBy(file, seen);
		}
	}
	return seen;
}

describe('what a row names', () => {
	let tests: string[];

	/** The test files that run when the project is tested, as jest itself lists them. */
	beforeAll(async () => {
		const runs = [...executed].flatMap((command) => /\/jest\.js\b(.*)/.exec(command)?.[1] ?? []);
		const lists = await Promise.all(
			runs.map(async (command) => {
				const options = command.split(' ').filter((option) => option !== '');
				return await executeNode([require.resolve('jest/bin/jest'), '--listTests', ...options]);
			}),
		);
		tests = lists
			.flatMap((list) => list.trim().split('\n'))
			.map((path) => relative(CHECKOUT, path));
	});

	test.each(Object.entries(EXECUTIONS))(
		'%s',
		(command, { test, does, from, script }: Execution) => {
			expect(tests).toContain(test);
			if (from !== undefined) expect(importedBy(test)).toContain(from);
			expect(textOf(from ?? test)).toContain(does);
			const name = scriptOf(command);
			if (script !== undefined) expect(contentOf(name!)).toBe(script);
		},
	);
});

describe('carried out here', () => {
	let copy: string;

	/** What the commands do not need. */
	const LEFT_OUT = ['node_modules', 'dist', '.git', 'test', 'bench', 'pictures'];
	const contents = () => {
		const paths = filesIn('.', copy).filter((path) => !path.startsWith('node_modules/'));
		return new Map(paths.map((path) => [path, readFileSync(join(copy, path), 'utf8')]));
	};

	beforeAll(() => {
		copy = mkdtempSync(join(realpathSync(tmpdir()), 'n8n-nodes-odin-commands-'));
		cpSync(CHECKOUT, copy, {
			recursive: true,
			filter: (path) => !LEFT_OUT.includes(basename(path)),
		});
		symlinkSync(join(CHECKOUT, 'node_modules'), join(copy, 'node_modules'), 'junction');
	});

	afterAll(() => rmSync(copy, { recursive: true, force: true }));

	test.each<[string, string[]]>([
		['npm run generate', []],
		['npm run format', ['nodes', 'scripts', 'simulator', 'examples']],
	])(
		'%s puts right what is spoilt and leaves all else as it is',
		async (command, notNeeded) => {
			// Prettier takes longer for these than for all else, and the next row does not need them.
			for (const folder of notNeeded) rmSync(join(copy, folder), { recursive: true });
			const before = contents();
			const spoilt = 'docs/trunk-group-fields.md';
			writeFileSync(join(copy, spoilt), before.get(spoilt)!.replace('| Field', '|  Field'));
			expect(contents()).not.toEqual(before);
			await execute('bash', ['-c', command], copy);
			expect(contents()).toEqual(before);
		},
		240_000,
	);

	test('the simulator answers to the commands that it prints', async () => {
		const options = { cwd: CHECKOUT, detached: true };
		const simulator = spawn('bash', ['-c', 'npm run simulator -- --port 0'], options);
		const ended = once(simulator, 'close');
		let printed = '';
		simulator.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
		while (!/\n +curl .*\n/.test(printed)) await once(simulator.stdout, 'data');
		const [, commands = ''] = printed.split('list the service providers:');
		const answer = await execute('bash', ['-euc', commands]);
		process.kill(-simulator.pid!, 'SIGTERM');
		await ended;
		expect(JSON.stringify(JSON.parse(answer))).toContain('"acme-ent"');
	});
});
