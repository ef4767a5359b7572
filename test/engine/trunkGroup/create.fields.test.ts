import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../../nodes/Odin/values/json';
import { addClonePlaces, EAST } from '../support/clonePlaces';
import { DEFAULT_BODY, said } from '../support/creation';
import { asParameters, fieldSet } from '../support/fieldSets';
import {
	collectionOf,
	createForm,
	entriesOf,
	OBJECT_ENTRIES,
	PLAIN_FIELDS,
	type ContractField,
} from '../support/form';
import { useOdin, type Json } from '../support/odinRuns';
import { expectPlainWords } from '../support/plainWords';
import { propertyRuns } from '../../propertyRuns';

const odin = useOdin({ loggedIn: true, arrange: ({ network }) => addClonePlaces(network) });

const COLLECTIONS = [
	...new Set([...PLAIN_FIELDS.map(collectionOf), ...Object.keys(OBJECT_ENTRIES)]),
];

const fieldsOf = (collection: string): ContractField[] =>
	PLAIN_FIELDS.filter((field) => collectionOf(field) === collection);

/** Every entry of the form, each an expression that reads the item. */
const entriesFromItem = (): IDataObject =>
	Object.fromEntries(
		COLLECTIONS.map((collection) => [
			collection,
			Object.fromEntries(fieldsOf(collection).map(({ name }) => [name, `={{ $json["${name}"] }}`])),
		]),
	);

/** Values that a field does not take: what each rule refuses beside is told of the rule itself. */
function wrongValues({
	type,
	min,
	max,
	maxLength = 30,
	enumValues = [],
}: ContractField): unknown[] {
	const beyond = [min === undefined ? [] : [min - 1], max === undefined ? [] : [max + 1]].flat();
	const never = [{ value: 1 }, ['x', 'y']];
	switch (type) {
		case 'integer':
			return [...never, ...beyond, '5 calls', 1.5, true, []];
		case 'boolean':
			return [...never, 'yes', '1', 0];
		case 'enum':
			return [...never, 'other', String(enumValues[0]).toUpperCase(), 5];
		default:
			return [...never, true, 'x'.repeat(maxLength + 1), 1e21];
	}
}

describe('the form', () => {
	it('has an entry for every field that a create takes, and no other', () => {
		const description = odin.engine.description();
		const shown = COLLECTIONS.map((name) => [
			name,
			[...entriesOf(description, name).keys()].sort(),
		]);
		const wanted = COLLECTIONS.map((name) => [
			name,
			[...fieldsOf(name).map((field) => field.name), ...(OBJECT_ENTRIES[name] ?? [])].sort(),
		]);
		expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(wanted));
		const collections = createForm(description).filter(({ type }) => type === 'collection');
		expect(collections.map(({ name }) => name).sort()).toEqual([...COLLECTIONS, 'options'].sort());
	});

	it.each(PLAIN_FIELDS)('shows what happens to $name when it is left out', (field) => {
		const entry = entriesOf(odin.engine.description(), collectionOf(field)).get(field.name);
		const { seedDefault, valueAfterSeedPost, type, min } = field;
		const documented = seedDefault === 'true' || (seedDefault === 'false' ? false : seedDefault);
		const hasNone = type === 'enum' && field.clearable;
		const offered = [...(hasNone ? ['None'] : []), ...(field.enumValues ?? [])];
		const fallback = { integer: min, boolean: false, enum: offered[0] }[type as string] ?? '';
		expect(entry?.default).toBe(documented ?? valueAfterSeedPost ?? fallback);
		expect(entry?.type).toBe(
			{ integer: 'number', boolean: 'boolean', enum: 'options' }[type as string] ?? 'string',
		);
		const choices = (entry?.options ?? []).map((choice) => ('value' in choice ? choice.value : ''));
		expect(choices).toEqual(offered);
		expect(/None is not sent on create and clears/.test(entry?.description ?? '')).toBe(hasNone);
	});

	it('has no condition between entries of one collection, which would drop values silently', () => {
		for (const collection of COLLECTIONS) {
			for (const entry of entriesOf(odin.engine.description(), collection).values()) {
				expect(entry.displayOptions).toBeUndefined();
			}
		}
	});
});

describe('every field of the form', () => {
	it('reaches Odin with the exact value, in any combination and beside Payload', async () => {
		let count = 0;
		// The one field of a create that no update takes.
		const more = fc.constantFrom({}, { pilotUserNetworkClassOfService: 'Gold' });
		const property = fc.asyncProperty(
			fc.tuple(fieldSet, more).map(([one, other]): Json => ({ ...one, ...other })),
			fc.func(fc.boolean()),
			async (fields, inPayload) => {
				odin.forget();
				const key = { ...EAST, name: `sbc-${(count += 1)}` };
				const placed = asParameters(fields, { group: EAST, isNew: true, inPayload });
				await odin.one('trunkGroup.create', { ...key, ...placed });
				const { department } = fields;
				const whole = isObject(department) && { department: { ...EAST, ...department } };
				expect(odin.written()).toStrictEqual([{ ...DEFAULT_BODY, ...fields, ...whole, ...key }]);
			},
		);
		await fc.assert(property, propertyRuns(60));
	});

	it('with another value is refused by its label and never sent', async () => {
		const wrong = PLAIN_FIELDS.flatMap((field) =>
			wrongValues(field).map((value) => ({ field, value })),
		);
		const run = await odin.create({
			items: wrong.map(({ field, value }) => ({ [field.name]: value })),
			parameters: { ...entriesFromItem(), name: '={{ "sbc" + $itemIndex }}' },
			onError: 'continueRegularOutput',
		});
		expect(odin.simulator.requests).toEqual([]);
		expect(run.output[0]).toHaveLength(wrong.length);
		const description = odin.engine.description();
		wrong.forEach(({ field, value }, index) => {
			const entries = entriesOf(description, collectionOf(field));
			const label = entries.get(field.name)?.displayName ?? '?';
			const error = String(run.output[0]?.[index]?.json.error);
			expect(error).toMatch(`Item ${index}: '${label}' takes `);
			expectPlainWords(error, label, JSON.stringify(value));
		});
	});
});

it.each<[string, IDataObject]>([
	['Device Level', { accessDevice: { deviceName: 'x', deviceLevel: '={{ "group" }}' } }],
	['Device Name', { accessDevice: { deviceName: 'x'.repeat(41) } }],
	['Department Name', { additionalFields: { departmentName: 'x'.repeat(51) } }],
	['Reroute To', { capacityExceeded: { capacityExceededRerouteTrunkGroupName: 'x'.repeat(31) } }],
	[
		'Reroute Group',
		{
			capacityExceeded: {
				capacityExceededRerouteTrunkGroupName: 'x',
				capacityExceededRerouteTrunkGroupGroupId: 'x'.repeat(31),
			},
		},
	],
])("'%s' that does not fit is refused: %j", async (label, parameters) => {
	const run = await odin.create({ parameters });
	expect(odin.simulator.requests).toEqual([]);
	expect(run.error?.message).toMatch(new RegExp(`^'[^']*${label}'`));
	expectPlainWords(said(run));
});

describe('fields that another one needs', () => {
	it.each<[string, IDataObject]>([
		['Exceeded Reroute To', { capacityExceeded: { capacityExceededAction: 'Reroute' } }],
		['Always Forward To', { payload: { callForwardingAlwaysAction: 'Forward' } }],
		[
			'Unreachable Reroute To',
			{
				unreachableDestination: {
					unreachableDestinationAction: 'Reroute',
					unreachableDestinationRerouteTrunkGroupGroupId: 'acme-plant',
				},
			},
		],
		['Peering Domain', { identity: { routeToPeeringDomain: true } }],
	])("'%s' is asked for: %j", async (label, parameters) => {
		const run = await odin.create({ parameters });
		expect(odin.simulator.requests).toEqual([]);
		expect(run.error?.message).toMatch(
			new RegExp(`^'${label}[^']*' is needed when '[^']+' is (on|'\\w+')$`),
		);
	});

	it('only where Odin requires it: what is "only meaningful" passes, with a hint', async () => {
		const run = await odin.create({
			parameters: { callCapacity: { burstingMaxActiveCalls: 5 }, identity: { prefix: '99' } },
		});
		expect(odin.posts()).toHaveLength(1);
		expect(run.hints.map(({ message }) => message)).toEqual([
			"'Bursting Max Active Calls' has no effect unless 'Enable Bursting Capacity' is on (item 0).",
			"'Prefix' has no effect unless 'Prefix Enabled' is on (item 0).",
		]);
	});
});
