import ts from 'typescript';
import { resources } from '../../nodes/Odin/resources';
import { DECLARED } from '../../scripts/generate/declared';
import { sourceFiles, visit, type SourceFile } from './sourceFiles';

/** What a layer may import, itself included. Downward only, as docs and design say. */
const LAYERS: Record<string, string[]> = {
	'nodes/Odin/values/': [],
	'nodes/Odin/secrets/': ['values'],
	'nodes/Odin/transport/': ['values', 'secrets'],
	'nodes/Odin/model/': ['values', 'secrets'],
	'nodes/Odin/watch/': ['values', 'secrets', 'model'],
	'nodes/Odin/execution/': ['values', 'secrets', 'transport', 'model'],
	'nodes/Odin/provisioning/': ['values', 'secrets', 'transport', 'model', 'execution'],
	'nodes/Odin/resources/': ['values', 'secrets', 'transport', 'model', 'execution', 'provisioning'],
	'nodes/Odin/trigger/': [
		'values',
		'secrets',
		'transport',
		'model',
		'watch',
		'execution',
		'provisioning',
		'resources',
	],
};

const MAY_IMPORT: Record<string, string[]> = {
	'nodes/Odin/Odin.node.ts': ['nodes/Odin/resources/', 'nodes/Odin/execution/'],
	'nodes/OdinTrigger/OdinTrigger.node.ts': ['nodes/Odin/trigger/'],
	'credentials/': ['nodes/Odin/transport/'],
	...Object.fromEntries(
		Object.entries(LAYERS).map(([layer, below]) => [
			layer,
			[layer, ...below.map((name) => `nodes/Odin/${name}/`)],
		]),
	),
};

/** What can be tested and reasoned about without n8n. */
const PURE = /^nodes\/Odin\/(values|secrets|model|watch)\//;

const files = sourceFiles('nodes', 'credentials');
const layerOf = (path: string): string | undefined =>
	Object.keys(MAY_IMPORT).find((layer) => path.startsWith(layer));

test('every file belongs to a layer', () => {
	expect(files.length).toBeGreaterThan(30);
	expect(files.map(({ path }) => path).filter((path) => layerOf(path) === undefined)).toEqual([]);
});

test('imports go downward only', () => {
	const upward = files.flatMap(({ path, imports }) => {
		const allowed = MAY_IMPORT[layerOf(path) ?? ''] ?? [];
		return imports
			.filter(({ isPackage }) => !isPackage)
			.filter(({ target }) => !allowed.some((layer) => `${target}/`.startsWith(layer)))
			.map(({ target }) => `${path} imports ${target}`);
	});
	expect(upward).toEqual([]);
});

/** Signs plan IDs; n8n allows community nodes Node's own crypto. */
const SIGNER = { path: 'nodes/Odin/transport/signer.ts', target: 'crypto' };

test('the only package is n8n-workflow, and values, secrets, model and watch know only its types', () => {
	const packages = files.flatMap(({ path, imports }) =>
		imports
			.filter(({ isPackage }) => isPackage)
			.filter(({ target }) => path !== SIGNER.path || target !== SIGNER.target)
			.filter(
				({ target, isTypeOnly }) => target !== 'n8n-workflow' || (PURE.test(path) && !isTypeOnly),
			)
			.map(({ target }) => `${path} imports ${target}`),
	);
	expect(packages).toEqual([]);
});

test('no file needs itself to be loaded', () => {
	const loads = new Map(
		files.map(({ path, imports }) => [
			path,
			imports
				.filter((one) => !one.isPackage && !one.isTypeOnly)
				.map(({ target }) => fileOf(target)),
		]),
	);
	const cycles: string[][] = [];
	const follow = (path: string, way: string[]): void => {
		if (way.includes(path)) {
			cycles.push([...way.slice(way.indexOf(path)), path]);
		} else if (!done.has(path)) {
			for (const next of loads.get(path) ?? []) follow(next, [...way, path]);
			done.add(path);
		}
	};
	const done = new Set<string>();
	for (const path of loads.keys()) follow(path, []);
	expect(cycles).toEqual([]);
});

/** `catalogue` stands for catalogue.ts or catalogue/index.ts. */
function fileOf(target: string): string {
	const candidates = [`${target}.ts`, `${target}/index.ts`];
	const found = candidates.find((candidate) => files.some(({ path }) => path === candidate));
	if (found === undefined) throw new Error(`No file for ${target}`);
	return found;
}

test('only transport/ speaks HTTP', () => {
	const elsewhere = files.filter(({ path }) => !path.startsWith('nodes/Odin/transport/'));
	const HTTP = /^(httpRequest|requestWithAuthentication|request(OAuth|WithAuth)|fetch$|axios$)/;
	expect(elsewhere.flatMap((file) => identifiers(file, HTTP))).toEqual([]);
	const transport = files.filter(({ path }) => path.startsWith('nodes/Odin/transport/'));
	expect(transport.flatMap((file) => identifiers(file, HTTP))).not.toEqual([]);
});

describe('model/ and provisioning/', () => {
	const core = files.filter(({ path }) => /^nodes\/Odin\/(model|provisioning)\//.test(path));

	test('name no resource, but for the group that records belong to', () => {
		// A number and a change are words of every program, too.
		const names = [...resources.map(({ value }) => value), 'user']
			.filter((value) => !['group', 'serviceProvider', 'number', 'change'].includes(value))
			.map((value) => value.replace(/[A-Z]/g, ' ?$&'));
		// A SIP address is user@host.
		const NAMED = new RegExp(`(?:${names.join('|')})(?!s?(?:[ _]?at[ _]?|@)host)`, 'i');
		expect(core.flatMap((file) => words(file).filter((word) => NAMED.test(word)))).toEqual([]);
		const declared = files.filter(({ path }) => path.startsWith('nodes/Odin/resources/'));
		expect(declared.flatMap((file) => words(file).filter((word) => NAMED.test(word)))).not.toEqual(
			[],
		);
	});

	test('name no field but the keys of a group', () => {
		const fields = DECLARED.flatMap(({ model }) => model.fields.all.map(({ name }) => name));
		// A name of one small word, such as description, is a word of n8n's, too.
		const own = fields.filter(
			(name) => /[A-Z]/.test(name) && !['serviceProviderId', 'groupId'].includes(name),
		);
		expect(core.flatMap((file) => words(file).filter((word) => own.includes(word)))).toEqual([]);
	});
});

/** The identifiers and texts of a file, without its comments and imports. */
function words({ syntax }: SourceFile): string[] {
	const found: string[] = [];
	visit(syntax, (node) => {
		const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
		if (ts.isIdentifier(node) || isText || ts.isTemplateMiddleOrTemplateTail(node)) {
			if (!ts.isImportDeclaration(node.parent)) found.push(node.text);
		}
	});
	return found;
}

function identifiers({ path, syntax }: SourceFile, pattern: RegExp): string[] {
	const found: string[] = [];
	visit(syntax, (node) => {
		if (ts.isIdentifier(node) && pattern.test(node.text)) found.push(`${path}: ${node.text}`);
	});
	return found;
}
