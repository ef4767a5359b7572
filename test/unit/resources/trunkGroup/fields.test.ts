import { DOCUMENTED_DEFAULTS } from '../../../documentedDefaults';
import type { Field } from '../../../../nodes/Odin/model/field';
import { trunkGroupFields } from '../../../../nodes/Odin/resources/trunkGroup/fields';
import contract from '../../../../simulator/contract/trunk-group-fields.json';
import { CONTRACT_TYPES } from '../contractTypes';

/** One field in the API's contract file. */
interface ContractField {
	name: string;
	type: string;
	group: string;
	minLength?: number;
	maxLength?: number;
	min?: number;
	max?: number;
	enumValues?: string[];
	properties?: Record<string, string | { enumValues: string[] }>;
	seedDefault?: string | number;
	valueAfterSeedPost?: string | number | boolean;
	dependsOn?: Array<{ field: string; equals: unknown; effect: string }>;
	readOnly: boolean;
	writeOn?: string[];
	clearable: boolean;
	secret?: boolean;
	deprecated?: boolean;
	oci?: { get23: string };
}

const fields = contract as unknown as ContractField[];
const catalogue = new Map(trunkGroupFields.all.map((field) => [field.name, field]));

/** Where the fields of a group of the contract stand in the form. */
const SECTIONS: Record<string, string | undefined> = {
	general: 'additionalFields',
	device: 'accessDevice',
	authentication: 'authentication',
	identity: 'identity',
	peering: 'identity',
	prefix: 'identity',
	capacity: 'callCapacity',
	capacityExceeded: 'capacityExceeded',
	callForwardingAlways: 'callForwardingAlways',
	unreachableDestination: 'unreachableDestination',
	statefulRerouting: 'statefulRerouting',
	pilotUserPolicies: 'pilotUserPolicies',
	ims: 'pilotUserPolicies',
	readOnly: undefined,
};

const KEY = ['serviceProviderId', 'groupId', 'name'];

/** Neither in a section nor read-only: the key, its change, and what goes through Payload. */
const WITHOUT_SECTION = [
	...KEY,
	'newName',
	'pilotUser',
	'users',
	'hostedUserId',
	'hostedUserIdList',
];

function sectionOf({ name, group, readOnly, deprecated }: ContractField): string | undefined {
	return readOnly || deprecated || WITHOUT_SECTION.includes(name) ? undefined : SECTIONS[group];
}

/** The documentation lists two booleans as text; Odin takes and returns JSON booleans. */
const asBoolean = (value: unknown): unknown =>
	value === 'true' || value === 'false' ? value === 'true' : value;

/** The field that another one depends on with this effect, and how. */
function dependsOn(field: ContractField, wanted: 'required' | 'only meaningful'): unknown {
	const [found] = (field.dependsOn ?? []).filter(({ effect }) => effect === wanted);
	return found && { field: found.field, equals: found.equals };
}

/** What the contract says of a field, in the words of the catalogue. */
const expected = (field: ContractField) => ({
	min: field.min,
	max: field.max,
	maxLength: field.maxLength,
	choices: field.enumValues,
	documentedDefault: asBoolean(field.seedDefault),
	storedWhenAbsent: field.valueAfterSeedPost,
	neededWhen: dependsOn(field, 'required'),
	onlyWith: dependsOn(field, 'only meaningful'),
	// Deprecated fields are sent when Payload names them, to a BroadWorks that may be older than the contract.
	writeOn: field.deprecated ? ['create', 'update'] : field.readOnly ? [] : field.writeOn,
	clearable: field.clearable,
	secret: field.secret ?? false,
	legacy: field.deprecated ?? false,
	section: sectionOf(field),
});

const actual = (field: Field) => ({
	min: field.min,
	max: field.max,
	maxLength: field.maxLength,
	choices: field.choices,
	documentedDefault: field.documentedDefault,
	storedWhenAbsent: field.storedWhenAbsent,
	neededWhen: field.neededWhen,
	onlyWith: field.onlyWith,
	writeOn: field.writeOn,
	clearable: field.clearable ?? false,
	secret: field.secret ?? false,
	legacy: field.legacy ?? false,
	section: field.section,
});

test('the catalogue has every field of the contract once and no other', () => {
	expect(trunkGroupFields.all.map(({ name }) => name).sort()).toEqual(
		fields.map(({ name }) => name).sort(),
	);
});

describe.each(fields.map((field) => [field.name, field] as const))('%s', (name, field) => {
	test('is in the catalogue as the contract describes it', () => {
		expect(CONTRACT_TYPES[field.type]).toContain(catalogue.get(name)?.type);
		expect(actual(catalogue.get(name)!)).toEqual(expected(field));
	});
});

test('texts of the contract are never empty, as the catalogue takes for granted', () => {
	const shortest = fields.filter(({ maxLength }) => maxLength !== undefined);
	expect(new Set(shortest.map(({ minLength }) => minLength))).toEqual(new Set([1]));
});

test('the properties of object fields are those of the contract', () => {
	const objects = fields.filter(({ name }) => catalogue.get(name)?.parts);
	expect(objects).toHaveLength(5);
	for (const { name, properties = {} } of objects) {
		const parts = catalogue.get(name)?.parts ?? [];
		expect([name, parts.map(({ property }) => property).sort()]).toEqual([
			name,
			Object.keys(properties).sort(),
		]);
		for (const { property, choices, maxLength } of parts) {
			const rule = properties[property]!;
			if (typeof rule !== 'string') expect(choices).toEqual(rule.enumValues);
			else if (rule.includes('..')) expect(rule).toContain(`1..${maxLength}`);
		}
	}
});

test('a field is readable when a profile of Odin has it', () => {
	// Odin puts the key into the profile and calls the hosted users by another name than BroadWorks.
	const differently = new Map([...KEY, 'users'].map((name) => [name, true]));
	differently.set('hostedUserTable', false);
	for (const { name, oci } of fields) {
		const readable = differently.get(name) ?? oci?.get23 !== 'absent';
		expect([name, catalogue.get(name)?.readable]).toEqual([name, readable]);
	}
});

test('the documented defaults are the 18 of the page of the API, in JSON types', () => {
	const documented = trunkGroupFields.all.filter((field) => field.documentedDefault !== undefined);
	expect(
		Object.fromEntries(documented.map((field) => [field.name, field.documentedDefault])),
	).toEqual(DOCUMENTED_DEFAULTS);
});
