import fc from 'fast-check';

import type { Field, Part, ValueRule } from '../../nodes/Odin/model/field';
import type { Provisioned } from '../../nodes/Odin/provisioning/resource';
import { resources } from '../../nodes/Odin/resources';
import { provisionedDevice } from '../../nodes/Odin/resources/device';
import { provisionedTrunkGroup } from '../../nodes/Odin/resources/trunkGroup';
import { provisionedUser } from '../../nodes/Odin/resources/user';
import { mask } from '../../nodes/Odin/secrets/redact';
import type { JsonObject } from '../../nodes/Odin/values/json';
import type { Field as ContractField } from '../../simulator/contract/field';
import {
	DEVICE,
	TRUNK_GROUP,
	USER,
	type ResourceContract,
} from '../../simulator/contract/resourceContract';
import { addClonePlaces, EAST, HIGHEST_CAPACITY } from './support/clonePlaces';
import { DEFAULT_BODY } from './support/creation';
import { hostileValue } from './support/hostileValues';
import { clone, useOdin, type Json } from './support/odinRuns';
import { propertyRuns } from '../propertyRuns';
import { RawItems } from './support/rawItems';

const raw = new RawItems();
const odin = useOdin({
	arrange: ({ network }) => {
		addClonePlaces(network);
		network.addNumbers({ ...EAST, min: '+1-5135550199' });
	},
	nodeTypes: raw.nodeTypes,
	loggedIn: true,
});

/** A declared resource: all else follows from its model and its contract. */
interface Declared {
	model: Provisioned;
	contract: ResourceContract;
	id: string;
	store: 'trunkGroups' | 'devices' | 'users';
	/** Of a new record, by the parameters that it alone has */
	own: Json;
	/** What a create sends beside what was named */
	added: readonly string[];
	add: (key: never) => unknown;
}

const DECLARED: readonly Declared[] = [
	{
		model: provisionedTrunkGroup,
		contract: TRUNK_GROUP,
		id: 'sbc',
		store: 'trunkGroups',
		own: { maxActiveCalls: 7 },
		added: Object.keys(DEFAULT_BODY),
		add: (key) =>
			odin.network.addTrunkGroup(Object.assign({ maxActiveCalls: 5, prefix: '00' }, key)),
	},
	{
		model: provisionedDevice,
		contract: DEVICE,
		id: 'pbx',
		store: 'devices',
		own: { deviceType: 'Generic SIP IP-PBX' },
		added: [],
		add: (key) => odin.network.addDevice(key),
	},
	{
		model: provisionedUser,
		contract: USER,
		id: 'line@example.com',
		store: 'users',
		own: { lastName: 'Adler', firstName: 'Anna' },
		added: [
			...['password', 'endpointType'],
			...['callingLineIdLastName', 'callingLineIdFirstName'],
		],
		add: (key) =>
			odin.network.addUser(Object.assign({ lastName: 'Adler', firstName: 'Anna' }, key)),
	},
];

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
	/** How a sheet names it */
	heading: string;
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

const digits = fc.oneof(
	fc.constantFrom('007', '15550100123', '9007199254740993'),
	fc.stringMatching(/^[0-9]{2,15}$/),
);

/** What there is in clonePlaces.ts, by the entry that names it. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
	deviceName: ['sbc-1', '4711'],
	departmentName: ['Sales', '1001'],
	trunkGroupName: ['neighbour'],
	phoneNumber: ['+1-5135550199'],
	callingLineIdPhoneNumber: ['+1-5135550198'],
};

/** What Odin may take, by the catalogue. */
function valueOf(entry: string, rule: ValueRule): fc.Arbitrary<unknown> {
	const { type, min = 0, max = HIGHEST_CAPACITY, maxLength = 30, format, choices } = rule;
	if (NAMED[entry]) return fc.constantFrom(...NAMED[entry]);
	if (entry.endsWith('RerouteTrunkGroupName')) return fc.constant('hub-overflow');
	if (entry.endsWith('RerouteTrunkGroupGroupId')) return fc.constant('initech-hub');
	if (type === 'integer') return fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
	if (type === 'boolean') return fc.boolean();
	if (choices) return fc.constantFrom(...choices, ...(rule.type === 'choice' ? ['None'] : []));
	if (format === 'host') return fc.constantFrom('peer.example.com', '192.0.2.1');
	if (format === 'mac') return fc.constantFrom('001122aabbcc', '00:11:22:AA:BB:CC');
	if (format === 'address') return fc.oneof(digits, fc.constantFrom('+15550100', 'a@b.example'));
	if (format === 'id') return fc.constantFrom('one@example.com', 'two@example.com');
	return fc
		.oneof(
			digits,
			fc.constantFrom('sip:a@b.example', 'Zürich', '日本語', 'a b', 'true', '-1', '1e3'),
		)
		.map((text) => [...text].slice(0, maxLength).join('').trim());
}

const SPELLINGS: ReadonlyArray<(name: string) => string> = [
	(name) => name,
	(name) => ` ${name.toUpperCase()}\u00a0`,
	(name) => `\ufeff${name.replace(/(.)([A-Z])/g, '$1_$2')}`,
	(name) => name.toLowerCase().replaceAll(' ', '-'),
	(name) => `${name.slice(0, 3)}\u200b${name.slice(3)}`,
];

/** The fields of the form that every write has. */
const fieldsOf = ({ model, own }: Declared): Field[] =>
	model.fields.all.filter(
		({ name, section, readable, writeOn, secret }) =>
			section !== undefined &&
			readable &&
			writeOn.length === 2 &&
			!secret &&
			!Object.hasOwn(own, name) &&
			!APART.includes(name),
	);

/** SIP authentication has parameters, and tests, of its own; the domain of a user follows from the ID, whatever is sent. */
const APART = ['requireAuthentication', 'sipAuthenticationUserName', 'domain'];

const entriesOf = (field: Field): Array<{ entry: string; rule: Field | Part }> => {
	const parts = (field.parts ?? []).filter(({ entry, secret }) => entry && !secret);
	return parts.length > 0
		? parts.map((rule) => ({ entry: rule.entry!, rule }))
		: [{ entry: field.entry ?? field.name, rule: field }];
};

const rowOf = (declared: Declared): fc.Arbitrary<Cell[]> =>
	fc.subarray(fieldsOf(declared), { minLength: 1, maxLength: 4 }).chain((chosen) => {
		const names = chosen.map(({ name }) => name);
		const needed = fieldsOf(declared).filter(({ neededWhen }) =>
			names.includes(neededWhen?.field ?? ''),
		);
		const fields = [...new Set([...chosen, ...needed])];
		const entries = fields.flatMap((field) =>
			entriesOf(field).map((one) => ({ ...one, field: field.name, section: field.section! })),
		);
		const cells = entries.map(({ entry, rule, field, section }) =>
			fc.record({
				field: fc.constant(field),
				section: fc.constant(section),
				entry: fc.constant(entry),
				heading: fc
					.tuple(fc.constantFrom(entry, rule.label), fc.constantFrom(...SPELLINGS))
					.map(([name, spell]) => spell(name)),
				value: valueOf(entry, rule).chain(dirty),
			}),
		);
		return fc.tuple(...cells);
	});

/** Whether Odin takes such a value, whatever else is sent. */
function isInContract(field: ContractField | undefined, value: unknown, method: string): boolean {
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

type Way = 'form' | 'payload' | 'columns' | 'mapped columns';

/** What stands in the node, and the item. In columns the key is a column, too. */
function inputOf(
	{ model, own, id }: Declared,
	{ operation }: Write,
	cells: readonly Cell[],
	way: Way,
): { parameters: Json; item: Json } {
	const isNew = operation === 'create' || operation === 'upsert';
	const group = model.isIdAlone && !isNew ? {} : EAST;
	const keys: Json = {
		...group,
		[isNew ? model.form.newId : model.form.locator.name]: id,
		...(isNew && own),
	};
	const columnKeys: Json = { ...group, [model.id]: id, ...(isNew && own) };
	const headedKeys = Object.entries(columnKeys).map(([name, value]) => [
		model.fields.get(name).label,
		value,
	]);
	const byEntry = Object.fromEntries(cells.map(({ entry, value }) => [entry, value]));
	const expressions = cells.map(({ section, entry }) => ({
		...{ section, entry },
		value: `={{ $json["${entry}"] }}`,
	}));
	switch (way) {
		case 'form': {
			const sections: Record<string, Json> = {};
			for (const { section, entry, value } of expressions) {
				sections[section] = { ...sections[section], [entry]: value };
			}
			return { parameters: { fieldsMode: 'form', ...keys, ...sections }, item: byEntry };
		}
		case 'payload':
			return {
				parameters: { fieldsMode: 'none', ...keys, payload: '={{ $json.payload }}' },
				item: { payload: byEntry },
			};
		case 'columns': {
			const columns = { mappingMode: 'autoMapInputData', value: null };
			const row = Object.fromEntries(cells.map(({ heading, value }) => [heading, value]));
			return {
				parameters: { fieldsMode: 'columns', columns },
				item: { ...row, ...Object.fromEntries(headedKeys) },
			};
		}
		default: {
			const mapped = Object.fromEntries(expressions.map(({ entry, value }) => [entry, value]));
			const columns = { mappingMode: 'defineBelow', value: { ...columnKeys, ...mapped } };
			return { parameters: { fieldsMode: 'columns', columns }, item: byEntry };
		}
	}
}

/** Runs one row and holds what is true of any. */
async function run(
	declared: Declared,
	write: Write,
	cells: readonly Cell[],
	way: Way,
): Promise<Outcome> {
	const { model, contract, id, store, added } = declared;
	const { operation, exists } = write;
	const records = odin.network.stores[store];
	const key = { ...EAST, [model.id]: id };
	const stored = () => clone(records.find(key) ?? null);
	const left = records.find(key);
	if (left) records.remove(left as never);
	if (exists) declared.add(key as never);
	odin.forget();
	const before = stored();
	const { parameters, item: json } = inputOf(declared, write, cells, way);
	const { output } = await raw.run(
		odin.engine,
		[json],
		{ resource: model.value, operation, ...parameters },
		{ onError: 'continueRegularOutput' },
	);
	const [item = {}, ...others] = (output[0] ?? []).map((one) => one.json as Json);
	expect(others).toEqual([]);
	const kind = (item.details as Json | undefined)?.kind;
	const after = stored();
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
	const fields = new Map(contract.fields.map((field) => [field.name, field]));
	for (const { method, body } of writes) {
		const allowed = [
			...Object.keys(key),
			...filled,
			...Object.keys(declared.own),
			...(method === 'POST' ? added : []),
			// It follows from the trunk that is named.
			...(filled.includes('trunkAddressing') ? ['endpointType'] : []),
		];
		for (const [name, value] of Object.entries(body as Json)) {
			expect([name, allowed.includes(name)]).toEqual([name, true]);
			expect([name, value, isInContract(fields.get(name), value, method)]).toEqual([
				name,
				value,
				true,
			]);
		}
	}
	const written = odin.written().map((body) => mask(body as JsonObject));
	return { written, given: kind ?? sorted(item) };
}

const tidied = (cells: readonly Cell[]): Cell[] =>
	cells
		.filter(({ value }) => !isBlank(value))
		.map((cell) => ({
			...cell,
			value: typeof cell.value === 'string' ? trimmed(cell.value) : cell.value,
		}));

it('every declared resource is held', () => {
	const models = resources.flatMap(({ model }) => model?.value ?? []);
	expect(DECLARED.map(({ model }) => model.value)).toEqual(models);
});

describe.each(DECLARED)('$model.value', (declared) => {
	it.each(Object.entries(WRITES))(
		'any row is carried out as it is meant, or refused before the first request: %s',
		async (_, write) => {
			const property = fc.asyncProperty(rowOf(declared), async (cells) => {
				const outcome = await run(declared, write, cells, 'form');
				// The columns of a row mean what its expressions mean, however they are headed.
				expect(await run(declared, write, cells, 'columns')).toEqual(outcome);
				expect(await run(declared, write, cells, 'mapped columns')).toEqual(outcome);
				// Blank cells and white space around a value say nothing.
				expect(await run(declared, write, tidied(cells), 'form')).toEqual(outcome);
				// The form and Payload mean the same by the same names. A null in Payload is more: it clears.
				expect(await run(declared, write, tidied(cells), 'payload')).toEqual(outcome);
			});
			await fc.assert(property, propertyRuns(15));
		},
	);
});
