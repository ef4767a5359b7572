import fc from 'fast-check';

import {
	TRUNK_GROUP_FIELDS,
	type TrunkGroupField,
} from '../../../simulator/contract/trunkGroupFields';
import { addClonePlaces, EAST } from '../support/clonePlaces';
import { DEFAULT_BODY } from '../support/creation';
import { cloneableFields, companions, formEntry, validValue } from '../support/fieldSets';
import { hostileValue } from '../support/hostileValues';
import { useOdin, type Json } from '../support/odinRuns';
import { propertyRuns } from '../support/propertyRuns';
import { RawItems } from '../support/rawItems';

const KEY = { ...EAST, name: 'sbc' };
const raw = new RawItems();
const odin = useOdin({
	arrange: ({ network }) => addClonePlaces(network),
	nodeTypes: raw.nodeTypes,
	loggedIn: true,
});

interface Write {
	operation: 'create' | 'upsert' | 'update' | 'compare';
	exists: boolean;
}

const WRITES: Readonly<Record<string, Write>> = {
	create: { operation: 'create', exists: false },
	'upsert of a new one': { operation: 'upsert', exists: false },
	'upsert of an existing one': { operation: 'upsert', exists: true },
	update: { operation: 'update', exists: true },
	compare: { operation: 'compare', exists: true },
};

/** One thing that somebody filled in: an entry of the form, for a field of Odin. */
interface Cell {
	field: string;
	section: string;
	entry: string;
	value: unknown;
}

/** The white space that is no part of a value, and the mark that Excel puts in front of a file. */
const SPACE = ' \t\r\n\u00a0';
const trimmed = (text: string) => text.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'g'), '');
const isBlank = (value: unknown) =>
	value === null || value === undefined || (typeof value === 'string' && trimmed(value) === '');

const blank = fc.constantFrom(...['', ' ', '\u00a0', '\t\r\n', ' \u00a0 ', null]);
const spoiled = fc.constantFrom<unknown[]>(
	...['4.47E+11', 4.47e11, '5.0', '1,000', '5 calls', '#N/A', 'yes', 'null', '\ufeff7', 'a\u200bb'],
	...[
		'["a","b"]',
		'a, b',
		['a', 'b'],
		[],
		{},
		{ name: ' ' },
		{ deviceName: '', deviceLevel: null },
	],
);

/** A value as it should be, or as spreadsheets, ticket systems and people make it. */
const dirty = (value: unknown): fc.Arbitrary<unknown> =>
	fc.oneof(
		{ weight: 6, arbitrary: fc.constant(value) },
		{
			weight: 6,
			arbitrary: fc
				.tuple(fc.constantFrom(...SPACE, ''), fc.constantFrom(...SPACE, '', '\u00a0\n'))
				.map(([before, after]) => `${before}${String(value)}${after}`),
		},
		{ weight: 3, arbitrary: blank },
		{ weight: 2, arbitrary: spoiled },
		{ weight: 2, arbitrary: hostileValue({}).filter((one) => JSON.stringify(one)?.length < 1000) },
	);

const cellsOf = (fields: Json): Cell[] =>
	Object.entries({ ...fields, ...companions(fields) }).flatMap(([field, whole]) => {
		const { section, entries } = formEntry(field, whole);
		return Object.entries(entries).map(([entry, value]) => ({ field, section, entry, value }));
	});

/** An empty Max Active Calls of a new trunk group is refused: the form has it apart, as a field that is needed. */
const FIELDS = cloneableFields.filter(({ name }) => name !== 'maxActiveCalls');

const row: fc.Arbitrary<Cell[]> = fc
	.subarray(FIELDS, { minLength: 1, maxLength: 4 })
	.chain((fields) =>
		fc.record(Object.fromEntries(fields.map((field) => [field.name, validValue(field)]))),
	)
	.chain((fields) =>
		fc.tuple(
			...cellsOf(fields).map((cell) => dirty(cell.value).map((value) => ({ ...cell, value }))),
		),
	);

const contract = new Map(TRUNK_GROUP_FIELDS.map((field) => [field.name, field]));

/** Whether Odin takes such a value, whatever else is sent. */
function isInContract(field: TrunkGroupField | undefined, value: unknown, method: string): boolean {
	if (field === undefined) return false;
	const { type, min = -Infinity, max = Infinity, maxLength = Infinity } = field;
	if (value === null) return method === 'PUT' && field.clearable;
	if (type === 'integer')
		return Number.isSafeInteger(value) && min <= Number(value) && Number(value) <= max;
	if (type === 'boolean') return typeof value === 'boolean';
	if (type === 'enum') return (field.enumValues ?? []).includes(value as string);
	if (type === 'string') {
		return (
			typeof value === 'string' &&
			trimmed(value) === value &&
			value !== '' &&
			[...value].length <= maxLength
		);
	}
	return Object.values(value as Json).every((part) => !isBlank(part));
}

const sorted = (item: Json): Json =>
	Object.fromEntries(
		Object.entries(item).map(([name, part]) => [
			name,
			Array.isArray(part) ? part.map((one) => JSON.stringify(one)).sort() : part,
		]),
	);

interface Outcome {
	/** What Odin was sent to change */
	written: unknown;
	/** What the user is given, but for messages, which name the place of a value */
	given: unknown;
}

/** Runs one row and holds what is true of any. */
async function run(
	{ operation, exists }: Write,
	cells: Cell[],
	by: 'form' | 'payload' | 'columns' | 'mapped columns',
): Promise<Outcome> {
	const left = odin.network.trunkGroup(KEY.serviceProviderId, KEY.groupId, KEY.name);
	if (left) odin.network.removeTrunkGroup(left);
	if (exists) odin.network.addTrunkGroup({ ...KEY, maxActiveCalls: 5, prefix: '00' });
	odin.forget();
	const before = odin.stored(KEY);
	const json = Object.fromEntries(cells.map(({ entry, value }) => [entry, value]));
	const sections: Record<string, Json> = {};
	for (const { section, entry } of cells) {
		sections[section] = { ...sections[section], [entry]: `={{ $json["${entry}"] }}` };
	}
	const fields: Record<typeof by, Json> = {
		form: { fieldsMode: 'form', ...sections },
		payload: { payload: '={{ $json.payload }}' },
		columns: { fieldsMode: 'columns', columns: { mappingMode: 'autoMapInputData', value: null } },
		'mapped columns': {
			fieldsMode: 'columns',
			columns: { mappingMode: 'defineBelow', value: Object.assign({}, ...Object.values(sections)) },
		},
	};
	const { output } = await raw.run(
		odin.engine,
		[by === 'payload' ? { payload: json } : json],
		{
			...{ resource: 'trunkGroup', operation, ...EAST, ...fields[by] },
			...(operation === 'create' || operation === 'upsert'
				? { name: 'sbc' }
				: { trunkGroup: 'sbc' }),
		},
		{ onError: 'continueRegularOutput' },
	);
	const [item = {}, ...others] = (output[0] ?? []).map((one) => one.json as Json);
	expect(others).toEqual([]);
	const kind = (item.details as Json | undefined)?.kind;
	const after = odin.stored(KEY);
	const writes = odin.writes();

	expect(['undefined', 'parameter', 'refused', 'notFound']).toContain(String(kind));
	// Whether an address is missing depends on the one that Odin may have; a create can tell at once.
	if (kind === 'parameter') expect(operation === 'create' ? odin.requests() : writes).toEqual([]);
	if (kind !== undefined || operation === 'compare') expect(after).toEqual(before);
	else expect(writes).toHaveLength(item.outcome === 'unchanged' ? 0 : 1);
	if (item.outcome === 'updated') {
		expect(item.changes).not.toEqual([]);
		expect(after).not.toEqual(before);
	}
	const filled = cells.filter(({ value }) => !isBlank(value)).map(({ field }) => field);
	for (const { method, body } of writes) {
		const allowed = [
			...Object.keys(KEY),
			...filled,
			...(method === 'POST' ? Object.keys(DEFAULT_BODY) : []),
		];
		for (const [name, value] of Object.entries(body as Json)) {
			expect([name, allowed.includes(name)]).toEqual([name, true]);
			expect([name, value, isInContract(contract.get(name), value, method)]).toEqual([
				name,
				value,
				true,
			]);
		}
	}
	return { written: odin.written(), given: kind ?? sorted(item) };
}

const tidied = (cells: Cell[]): Cell[] =>
	cells
		.filter(({ value }) => !isBlank(value))
		.map((cell) => ({
			...cell,
			value: typeof cell.value === 'string' ? trimmed(cell.value) : cell.value,
		}));

it.each(Object.entries(WRITES))(
	'any row is carried out as it is meant, or refused before the first request: %s',
	async (_, write) => {
		const property = fc.asyncProperty(row, async (cells) => {
			const outcome = await run(write, cells, 'form');
			// The columns of a row mean what its expressions mean.
			expect(await run(write, cells, 'columns')).toEqual(outcome);
			expect(await run(write, cells, 'mapped columns')).toEqual(outcome);
			// Blank cells and white space around a value say nothing.
			expect(await run(write, tidied(cells), 'form')).toEqual(outcome);
			// The form and Payload mean the same by the same names. A null in Payload is more: it clears.
			expect(await run(write, tidied(cells), 'payload')).toEqual(outcome);
		});
		await fc.assert(property, propertyRuns(25));
	},
);
