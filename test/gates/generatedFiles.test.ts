/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../nodes/Odin/resources';
import { DECLARED } from '../../scripts/generate/declared';
import { fieldReference } from '../../scripts/generate/fieldReference';
import { outputSchemas } from '../../scripts/generate/schemas/outputs';
import { DOCUMENTED_DEFAULTS } from '../documentedDefaults';
import { DOCUMENTED_PROFILE } from '../simulator/documentedTrunkGroup';
import { CHECKOUT, executeNode } from './checkout';
import { violations } from './schemaViolations';

const schemas = outputSchemas();

test('what npm run generate writes is up to date', async () => {
	await executeNode([require.resolve('tsx/cli'), 'scripts/generate/index.ts', '--check']);
});

test('every operation has an output schema, and every output schema an operation', () => {
	const operations = resources.flatMap(({ value, operations: ofResource }) =>
		ofResource.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(schemas).sort()).toEqual(operations.sort());
});

describe('the schema of a profile', () => {
	const profile = schemas['trunkGroup/create']!;

	test('knows every field of the documented answer', () => {
		expect(violations(profile, DOCUMENTED_PROFILE)).toEqual([]);
		expect(Object.keys(profile.properties!)).toEqual(
			expect.arrayContaining(Object.keys(DOCUMENTED_PROFILE)),
		);
	});

	test('takes the digits of a text as number, as Odin returns them, and no other type', () => {
		const changed = (change: object) => violations(profile, { ...DOCUMENTED_PROFILE, ...change });
		expect(changed({ callForwardingAlwaysForwardAddress: 123123123 })).toEqual([]);
		expect(changed({ enableBursting: 'false' })).toEqual([
			'$.enableBursting is string, not boolean',
		]);
		expect(changed({ accessDevice: { deviceLevel: 'User' } })).toHaveLength(1);
		expect(changed({ name: undefined })).toEqual(['$.name is missing']);
	});

	test('has no password', () => {
		expect(Object.keys(profile.properties!).filter((name) => /password/i.test(name))).toEqual([]);
	});
});

test('the README names every resource and links every page of the field reference', () => {
	const readme = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');
	const [, operations = ''] = /## Operations\n([^]*?)\n## /.exec(readme) ?? [];
	const rows = [...operations.matchAll(/^\| ([^|]+?) +\|/gm)];
	const named = rows.flatMap(([, names]) => names!.split(', '));
	expect(resources.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
	expect(
		DECLARED.map(({ page }) => page).filter((page) => !operations.includes(`](${page})`)),
	).toEqual([]);
});

/** What a page of the field reference says only of a resource with one of these operations. */
const SAID_OF: Record<string, string[]> = {
	'when a create does not name the field': ['create', 'upsert'],
	'Create or Update is': ['upsert'],
	'`Clear Fields` of Update': ['update'],
	'`Clear Fields`': ['update', 'upsert'],
	Columns: ['create', 'upsert', 'update', 'compare'],
};

test.each(DECLARED.map((declared) => [declared.page, declared] as const))(
	'%s says nothing of operations that the resource does not have',
	(_, declared) => {
		const some = fc.subarray(['create', 'upsert', 'update', 'compare', 'get']);
		const property = fc.property(some, (operations) => {
			const page = fieldReference({ ...declared, notes: {} }, operations);
			for (const [words, owners] of Object.entries(SAID_OF)) {
				const isOwner = owners.some((owner) => operations.includes(owner));
				expect([words, page.includes(words)]).toEqual([words, isOwner]);
			}
			const text = page.replace(/^\|.*|```csv[^]*?```/gm, '');
			if (!operations.includes('upsert')) expect(text).not.toContain('Create or Update');
			if (!operations.includes('update')) expect(text).not.toMatch(/(?<!Create or )\bUpdate\b/);
		});
		fc.assert(property);
	},
);

test('docs/behaviour.md lists the documented defaults as they are sent', () => {
	const page = readFileSync(join(CHECKOUT, 'docs/behaviour.md'), 'utf8');
	const rows = [...page.matchAll(/^\| (\w+) +\| ("[^"]*"|\d+|true|false) +\|$/gm)];
	const listed = rows.map(([, name, value]) => [name, JSON.parse(value!) as unknown]);
	expect(Object.fromEntries(listed)).toEqual(DOCUMENTED_DEFAULTS);
});
