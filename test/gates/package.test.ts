/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extract } from 'tar';
import { builtPackage } from '../engine/harness/builtPackage';
import { CHECKOUT, execute, executeNode, filesIn } from './checkout';

const SCANNER = join(CHECKOUT, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');

let folder: string;
let unpacked: string;

/** Packs a copy, so that the outcome does not depend on what lies in dist/. */
beforeAll(async () => {
	folder = await realpath(await mkdtemp(join(tmpdir(), 'n8n-nodes-odin-package-')));
	const copy = join(folder, 'checkout');
	unpacked = join(folder, 'package');
	cpSync(builtPackage(), copy, { recursive: true });
	for (const name of ['README.md', 'LICENSE', 'CHANGELOG.md']) {
		cpSync(join(CHECKOUT, name), join(copy, name));
	}
	await execute(
		'npm',
		['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
		copy,
	);
	await extract({
		file: join(folder, `n8n-nodes-odin-${manifest().version}.tgz`),
		cwd: folder,
	});
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (root = CHECKOUT) =>
	JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		version: string;
		n8n: { nodes: string[]; credentials: string[] };
	} & Record<string, unknown>;

const codexOf = (nodes: string[]) => nodes.map((path) => path.replace(/js$/, 'json'));

describe('the tarball', () => {
	test('holds the build and four files beside it', () => {
		const files = filesIn('.', unpacked);
		expect(files.filter((path) => !path.startsWith('dist/'))).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'package.json',
		]);
	});

	test('holds of the build only what n8n loads', () => {
		const others = filesIn('dist', unpacked).filter(
			(path) =>
				!/^dist\/(nodes|credentials)\/.+\.js$/.test(path) &&
				!/^dist\/icons\/[\w.]+\.svg$/.test(path) &&
				!/^dist\/nodes\/(Odin|OdinTrigger)\/\1\.node\.json$/.test(path) &&
				path !== 'dist/nodes/OdinTrigger/__schema__/v1.0.0.json' &&
				!/^dist\/nodes\/Odin\/__schema__\/v1\.0\.0\/\w+\/\w+\.json$/.test(path),
		);
		expect(others).toEqual([]);
		expect(filesIn('dist', unpacked).filter((path) => /test|\.d\.ts|\.map$/.test(path))).toEqual(
			[],
		);
	});

	test('holds the nodes and credentials that it declares, an output schema for each operation and the trigger, and the icons', () => {
		const files = filesIn('dist', unpacked);
		const { nodes, credentials } = manifest(unpacked).n8n;
		const schemas = ['Odin', 'OdinTrigger']
			.flatMap((node) => filesIn(`nodes/${node}/__schema__`))
			.map((path) => `dist/${path}`);
		const icons = filesIn('icons').map((path) => `dist/${path}`);
		expect(files).toEqual(
			expect.arrayContaining([...nodes, ...codexOf(nodes), ...credentials, ...schemas, ...icons]),
		);
	});

	test('needs no other package at run time', () => {
		expect(manifest(unpacked)).not.toHaveProperty('dependencies');
		expect(manifest(unpacked)).not.toHaveProperty('optionalDependencies');
		expect(manifest(unpacked)).not.toHaveProperty('bundledDependencies');
		expect(manifest(unpacked).peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});
});

interface Scan {
	passed: boolean;
	details?: string;
	message?: string;
}

/**
 * Runs n8n's scanner as it runs itself: inline comments do not turn its rules off, and the file patterns for source and
 * tarball are those of its analyzePackageByName.
 */
async function scan(source: string, tarball: string, planted: string): Promise<Scan[]> {
	const calls = [
		`analyzePackage(${JSON.stringify(source)}, SOURCE_FILE_PATTERNS)`,
		`analyzePackage(${JSON.stringify(tarball)}, ['**/*.js', 'package.json'])`,
		`analyzePackage(${JSON.stringify(planted)}, ['**/planted.js'])`,
	];
	const program = `
		import { analyzePackage, SOURCE_FILE_PATTERNS } from ${JSON.stringify(pathToFileURL(SCANNER).href)};
		console.log(JSON.stringify([${calls.map((call) => `await ${call}`).join()}]));
	`;
	return JSON.parse(await executeNode(['--input-type=module', '--eval', program])) as Scan[];
}

describe("n8n's scan of community packages", () => {
	let scans: Scan[];

	beforeAll(async () => {
		const planted = join(folder, 'planted');
		mkdirSync(planted);
		cpSync(join(unpacked, 'package.json'), join(planted, 'package.json'));
		writeFileSync(
			join(planted, 'planted.js'),
			'/* eslint-disable */\nconst fs = require("fs");\nconsole.log(fs);\n',
		);
		scans = await scan(CHECKOUT, unpacked, planted);
	}, 120_000);

	test('passes for the source', () => {
		expect(scans[0]).toEqual({ passed: true });
	});

	test('passes for the tarball', () => {
		expect(scans[1]).toEqual({ passed: true });
	});

	test('finds what is forbidden, also behind a comment that turns it off', () => {
		expect(scans[2]).toMatchObject({
			passed: false,
			details: expect.stringMatching(/no-restricted-imports[^]*no-console/),
		});
	});
});
