import fc from 'fast-check';

import {
	TRUNK_GROUP_FIELDS as CONTRACT,
	type TrunkGroupField as Field,
} from '../../../simulator/contract/trunkGroupFields';
import { HIGHEST_CAPACITY, REROUTE_TARGET } from './clonePlaces';
import { collectionOf } from './form';
import type { Json } from './odinRuns';

type ContractField = Field & { group: string };

const FIELDS = CONTRACT as readonly ContractField[];

const KEY = ['serviceProviderId', 'groupId', 'name'];

/** Need a user, or cannot be read back. They have tests of their own. */
const APART = [
	'users',
	'sipAuthenticationPassword',
	'sipAuthenticationUserName',
	'requireAuthentication',
];

/** Fields that both writes take and that a GET returns. */
export const cloneableFields = FIELDS.filter(
	({ name, writeOn = [] }) =>
		writeOn.includes('create') &&
		writeOn.includes('update') &&
		!KEY.includes(name) &&
		!APART.includes(name),
);

const digits = fc.oneof(
	fc.constantFrom('0', '007', '15550100123', '9007199254740993', '000000000000000000001'),
	fc.stringMatching(/^[0-9]{1,15}$/),
);

/** Text as people write it, and text of digits, which Odin may turn into a number. */
const text = (field: Field) =>
	fc
		.oneof(
			digits,
			fc.constantFrom(
				'sip:a@b.example',
				'+15550100',
				'Zürich',
				'日本語',
				'a b',
				'true',
				'-1',
				'1e3',
				'{}',
			),
			fc.string({
				unit: fc.constantFrom(...'abcXYZ019@.-_+ %&?#="\'<>ß€😀'),
				minLength: 1,
				maxLength: 12,
			}),
		)
		.map((value) => [...value].slice(0, field.maxLength).join('').replace(/ +/g, ' ').trim())
		// In a parameter it would be an expression.
		.filter((value) => value !== '' && !value.startsWith('='));

const references: Readonly<Record<string, fc.Arbitrary<Json>>> = {
	accessDevice: fc.constantFrom<Json[]>(
		{ deviceName: 'sbc-1', deviceLevel: 'Group' },
		{ deviceName: '4711', deviceLevel: 'Group' },
		{ deviceName: 'shared-sbc', deviceLevel: 'Service Provider' },
		{ deviceName: 'system-sbc-1', deviceLevel: 'System' },
	),
	// By name alone it is one of the own group.
	department: fc.constantFrom<Json[]>({ name: 'Sales' }, { name: '1001' }),
};

/** A value that Odin takes for the field. Departments and devices stand in every group of clonePlaces.ts. */
export function validValue(field: Field): fc.Arbitrary<unknown> {
	const { name, type, min = 0, max = HIGHEST_CAPACITY } = field;
	switch (type) {
		case 'integer':
			return fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
		case 'boolean':
			return fc.boolean();
		case 'enum':
			return fc.constantFrom(...(field.enumValues ?? []));
		case 'string':
			if (name === 'peeringDomain') return fc.constantFrom('peer.example.com', '192.0.2.1');
			if (name.endsWith('ForwardAddress')) {
				return fc.oneof(digits, fc.constantFrom('+15550100', 'a@b.example'));
			}
			return text(field);
		default:
			return references[name] ?? fc.constant({ ...REROUTE_TARGET });
	}
}

const companionOf = (name: string, type: string): unknown => {
	if (type === 'object') return { ...REROUTE_TARGET };
	return name === 'peeringDomain' ? 'peer.example.com' : '15550100999';
};

/** What another field demands while it has this value, such as an address for the action Forward. */
export function companions(fields: Json): Json {
	const demanded = FIELDS.filter(
		({ name, dependsOn = [] }) =>
			fields[name] === undefined &&
			dependsOn.some((on) => on.effect === 'required' && fields[on.field] === on.equals),
	);
	return Object.fromEntries(demanded.map(({ name, type }) => [name, companionOf(name, type)]));
}

/** A set of fields that Odin takes together. */
export const fieldSet: fc.Arbitrary<Json> = fc
	.record(Object.fromEntries(cloneableFields.map((field) => [field.name, validValue(field)])), {
		requiredKeys: ['maxActiveCalls'],
		noNullPrototype: true,
	})
	.map((fields) => ({ ...fields, ...companions(fields) }));

/** The form entries for a field, in the collection where it stands. */
function formEntry(name: string, value: unknown): { section: string; entries: Json } {
	const field = FIELDS.find((candidate) => candidate.name === name);
	const section = collectionOf({ group: field?.group ?? '' });
	if (name === 'accessDevice') return { section, entries: { ...(value as Json) } };
	if (name === 'department') {
		return { section, entries: { departmentName: (value as Json).name } };
	}
	if (name.endsWith('RerouteTrunkGroupKey')) {
		const key = value as Json;
		const entry = name.replace(/Key$/, '');
		return { section, entries: { [`${entry}Name`]: key.name, [`${entry}GroupId`]: key.groupId } };
	}
	return { section, entries: { [name]: value } };
}

interface Placing {
	group: { serviceProviderId: string; groupId: string };
	/** Create and upsert have Max Active Calls beside the sections. */
	isNew: boolean;
	/** The fields that go through Payload; the others stand in the form. */
	inPayload?: (name: string) => boolean;
}

/** The fields as parameters of the node. */
export function asParameters(
	fields: Json,
	{ group, isNew, inPayload = () => false }: Placing,
): Json {
	const parameters: Record<string, Json> = {};
	const payload: Json = {};
	const { maxActiveCalls, ...others } = fields;
	const top: Json = {};
	if (maxActiveCalls !== undefined) {
		if (isNew && !inPayload('maxActiveCalls')) top.maxActiveCalls = maxActiveCalls;
		else others.maxActiveCalls = maxActiveCalls;
	}
	for (const [name, value] of Object.entries(others)) {
		if (inPayload(name)) {
			payload[name] = name === 'department' ? { ...group, ...(value as Json) } : value;
			continue;
		}
		const { section, entries } = formEntry(name, value);
		parameters[section] = { ...parameters[section], ...entries };
	}
	return { ...top, ...parameters, payload: JSON.stringify(payload) };
}
