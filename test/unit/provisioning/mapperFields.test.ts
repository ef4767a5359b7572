/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ItemParameters, type ParameterSource } from '../../../nodes/Odin/execution/parameters';
import { readColumns } from '../../../nodes/Odin/provisioning/columns';
import { mapperFields } from '../../../nodes/Odin/provisioning/mapperFields';
import type { Provisioned } from '../../../nodes/Odin/provisioning/resource';
import { resources } from '../../../nodes/Odin/resources';
import { resourceMapping } from '../../../nodes/Odin/resources/resourceMapping';
import { DECLARED } from '../../../scripts/generate/declared';

const MODELS = resources.flatMap(({ value, model }) =>
	model ? [[value, model as Provisioned] as const] : [],
);

it('every declared resource has them', () => {
	const declared = DECLARED.map(({ model }) => model.value).sort();
	expect(MODELS.map(([value]) => value).sort()).toEqual(declared);
});

/** What the headings of one row name; those that name nothing are in the hints. */
function read(model: Provisioned, headings: readonly string[]) {
	const row = Object.fromEntries(headings.map((heading) => [heading, 'x']));
	const source: Pick<ParameterSource, 'read' | 'mapped'> = {
		read: () => 'columns',
		mapped: () => ({ isAutomatic: true, row }),
	};
	return readColumns(new ItemParameters(source as ParameterSource, 0), model)!;
}

describe.each(MODELS)('the columns of a %s', (_, model) => {
	const columns = ['create', 'upsert', 'update', 'compare'].flatMap((operation) =>
		mapperFields(model, operation),
	);

	it('are known by their names and by their labels, in any spelling', () => {
		for (const { id, displayName } of columns) {
			const spelled = `\ufeff${displayName.toUpperCase().replaceAll(' ', '_')}\n`;
			const { cells, hints } = read(model, [id, displayName, spelled]);
			expect([id, hints, cells.size]).toEqual([id, [], 1]);
			expect([...cells.values()][0]).toHaveLength(id === displayName ? 2 : 3);
		}
	});

	it('are apart by their names and by their labels', () => {
		for (const names of [columns.map(({ id }) => id), columns.map((one) => one.displayName)]) {
			const different = new Set(names);
			expect(read(model, [...different]).cells.size).toBe(different.size);
		}
		for (const operation of ['create', 'upsert', 'update', 'compare']) {
			const ids = mapperFields(model, operation).map(({ id }) => id);
			expect(new Set(ids).size).toBe(ids.length);
		}
	});

	it('are every field of the catalogue by its Odin name', () => {
		const names = model.fields.all.map(({ name }) => name);
		expect(read(model, names).hints).toEqual([]);
	});

	it('are converted by nobody but the node', () => {
		expect(columns.filter(({ type }) => type !== 'string' && type !== 'options')).toEqual([]);
		expect(columns.filter(({ required }) => required)).toEqual([]);
	});

	it('begin with what says which one is meant, the only ones shown at first', () => {
		const shown = mapperFields(model, 'update').filter(({ removed }) => !removed);
		expect(shown.map(({ id }) => id)).toEqual(['serviceProviderId', 'groupId', model.id]);
		const ofNew = mapperFields(model, 'create').filter(({ removed }) => !removed);
		const own = model.fields.all.filter(({ ownParameter }) => ownParameter !== undefined);
		expect(ofNew.map(({ id }) => id)).toEqual([
			...['serviceProviderId', 'groupId', model.id],
			...own.map(({ name }) => name),
		]);
	});

	it('are what the form asks for', async () => {
		const parameters: Record<string, string> = { resource: model.value, operation: 'update' };
		const context = { getCurrentNodeParameter: (name: string) => parameters[name] };
		const { fields } = await resourceMapping.getColumns.call(context as never);
		expect(fields).toEqual(mapperFields(model, 'update'));
	});

	it('can be copied from the field reference', () => {
		const { page } = DECLARED.find((declared) => declared.model.value === model.value)!;
		const text = readFileSync(join(__dirname, '../../..', page), 'utf8');
		const headings = /```csv\n(.+)\n```/.exec(text)?.[1]?.split(',') ?? [];
		expect(headings.length).toBeGreaterThan(3);
		const { cells, hints } = read(model, headings);
		expect([cells.size, hints]).toEqual([headings.length, []]);
	});
});

it('the columns of a heading that is no field are named', () => {
	const { cells, hints } = read(MODELS[0]![1], ['constructor', '__proto__', 'Customer']);
	expect(cells.size).toBe(0);
	expect(hints.join()).toContain("'constructor', '__proto__', 'Customer'");
});
