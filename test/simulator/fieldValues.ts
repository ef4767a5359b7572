import fc from 'fast-check';

import {
	TRUNK_GROUP_FIELDS,
	type TrunkGroupField,
} from '../../simulator/contract/trunkGroupFields';
import { HQ } from './documentedTrunkGroup';

/** The highest limit a BroadWorks integer can have. */
export const HIGHEST = 2 ** 31 - 1;

const REROUTE_TARGET = {
	serviceProviderId: 'acme-ent',
	groupId: 'acme-plant',
	name: 'plant-overflow',
};

/** Values for the fields that must refer to something in the example network. */
const REFERENCES: Record<string, fc.Arbitrary<object>> = {
	department: fc.constantFrom<object[]>(
		{ ...HQ, name: 'Operations' },
		{ ...HQ, name: 'Sales' },
		{ serviceProviderId: 'acme-ent', name: 'Corporate' },
	),
	accessDevice: fc.constantFrom(
		{ deviceLevel: 'Group', deviceName: 'acme-sbc-1' },
		{ deviceLevel: 'Service Provider', deviceName: 'acme-shared-sbc' },
		{ deviceLevel: 'System', deviceName: 'system-sbc-1' },
	),
	capacityExceededRerouteTrunkGroupKey: fc.constant(REROUTE_TARGET),
	callForwardingAlwaysRerouteTrunkGroupKey: fc.constant(REROUTE_TARGET),
	unreachableDestinationRerouteTrunkGroupKey: fc.constant(REROUTE_TARGET),
	users: fc
		.subarray(['anna.adler@example.com', 'ben.baker@example.com', 'cleo.chen@example.com'])
		.map((ids) => ids.map((userId) => ({ userId }))),
};

function referenceOf({ name }: TrunkGroupField): fc.Arbitrary<object> {
	const reference = REFERENCES[name];
	if (!reference) throw new Error(`No values for ${name}`);
	return reference;
}

/** A value that the contract allows for the field. */
export function validValue(field: TrunkGroupField): fc.Arbitrary<unknown> {
	const { type, min, max = HIGHEST, minLength = 1, maxLength = HIGHEST } = field;
	switch (type) {
		case 'boolean':
			return fc.boolean();
		case 'integer':
			return fc.integer({ min, max });
		case 'enum':
			return fc.constantFrom(...(field.enumValues ?? []));
		case 'string':
			return fc
				.string({ unit: 'grapheme-composite', minLength, maxLength })
				.map((text) => [...text].slice(0, maxLength).join(''));
		default:
			return referenceOf(field);
	}
}

/** A value that the contract forbids for the field, whatever is stored. */
export function invalidValue(field: TrunkGroupField): fc.Arbitrary<unknown> {
	const { type, min, max, maxLength = 0, enumValues = [] } = field;
	switch (type) {
		case 'boolean':
			return fc.oneof(fc.constantFrom('true', 'false', '', 'yes'), fc.integer());
		case 'integer':
			return fc.oneof(
				fc.integer().map(String),
				fc.boolean(),
				fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
				...(min === undefined ? [] : [fc.integer({ max: min - 1 })]),
				...(max === undefined ? [] : [fc.integer({ min: max + 1 })]),
			);
		case 'enum':
			return fc.oneof(
				fc.string().filter((text) => !enumValues.includes(text)),
				fc.constantFrom(...enumValues).map((value) => ` ${value}`),
				fc.integer(),
			);
		case 'string':
			return fc.oneof(
				fc.constant(''),
				fc.integer(),
				fc.boolean(),
				fc.string({ minLength: maxLength + 1, maxLength: maxLength + 50 }),
			);
		case 'array':
			return fc.constantFrom<unknown[]>('text', {}, [{}], [{ userId: '' }], [{ userId: 5 }]);
		case 'object':
			return fc.oneof(
				fc.constantFrom<unknown[]>('text', ['text'], {}, { unknown: 'key' }),
				referenceOf(field).map((value) => ({ ...value, unknown: 'key' })),
				referenceOf(field).map((value) => ({ ...value, name: '', deviceName: '' })),
			);
	}
}

/** Other fields that a value demands, such as an address for the action Forward. */
export function companionsOf(field: TrunkGroupField, value: unknown): Record<string, unknown> {
	const demanded = TRUNK_GROUP_FIELDS.filter((other) =>
		other.dependsOn?.some(
			(on) => on.effect === 'required' && on.field === field.name && on.equals === value,
		),
	);
	return Object.fromEntries(
		demanded.map(({ name, type }) => [name, type === 'object' ? REROUTE_TARGET : 'value']),
	);
}
