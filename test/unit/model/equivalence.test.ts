import fc from 'fast-check';
import { isStoredAs } from '../../../nodes/Odin/model/equivalence';
import type { JsonValue } from '../../../nodes/Odin/values/json';
import { anyJson, asOdinReturns, deepFreeze, trunkGroupFields, valueFor } from './fieldValues';
import { model } from './profiles';

const stored = (name: string, expected: JsonValue, actual: unknown) =>
	isStoredAs(model.fields.find(name), expected, actual);

const comparable = trunkGroupFields.filter(
	({ readable, writeOn }) => readable && writeOn.length > 0,
);

const aFieldWithTwoValues = fc.oneof(
	...comparable.map((field) => fc.tuple(fc.constant(field), valueFor(field), valueFor(field))),
);

const aFieldWithValue = aFieldWithTwoValues.map(([field, value]) => [field, value] as const);

test('what Odin returns of a value is that value', () => {
	fc.assert(
		fc.property(aFieldWithValue, ([field, value]) => {
			expect(isStoredAs(field, deepFreeze(value), deepFreeze(asOdinReturns(value)))).toBe(true);
		}),
		{ numRuns: 2000 },
	);
});

test('a number asked for as text is the same number', () => {
	expect(stored('prefix', '99', 99)).toBe(true);
	expect(stored('maxActiveCalls', 5, '5')).toBe(true);
	expect(stored('enableBursting', true, 'true')).toBe(true);
});

test('another value is a difference', () => {
	fc.assert(
		fc.property(aFieldWithTwoValues, ([field, value, other]) => {
			const ignoring = field.type === 'recordList' ? 'order' : 'nothing';
			fc.pre(canonical(value, ignoring) !== canonical(other, ignoring));
			expect(isStoredAs(field, value, asOdinReturns(other))).toBe(false);
		}),
		{ numRuns: 2000 },
	);
});

/** A value without what does not make it another one: order where it does not count, zeros in front, separators. */
const canonical = (value: JsonValue, ignoring: 'order' | 'nothing'): string =>
	(ignoring === 'order' && Array.isArray(value)
		? JSON.stringify(value.map((element) => JSON.stringify(element)).sort())
		: JSON.stringify(value)
	).replace(/(\W)0+(?=\d)/g, '$1');

describe('a field that is not set', () => {
	test.each([undefined, null, '', []])('in Odin (%p) is what was asked for with null', (unset) => {
		for (const field of comparable) expect(isStoredAs(field, null, unset)).toBe(true);
	});

	test('in Odin is a difference to any value but the one that it has by default', () => {
		fc.assert(
			fc.property(aFieldWithValue, fc.constantFrom(undefined, null), ([field, value], unset) => {
				expect(isStoredAs(field, value, unset)).toBe(value === field.storedWhenAbsent);
			}),
		);
	});

	test('is asked for where Odin has a value: a difference', () => {
		fc.assert(
			fc.property(aFieldWithValue, ([field, value]) => {
				expect(isStoredAs(field, null, value)).toBe(false);
			}),
		);
	});
});

describe('objects', () => {
	test('may come with more keys than were asked for, or with fewer beside the name', () => {
		const device = { deviceName: 'pbx', deviceLevel: 'Group' };
		expect(stored('accessDevice', device, { ...device, staticLineOrdering: false })).toBe(true);
		expect(stored('accessDevice', { ...device, groupId: 'hq' }, device)).toBe(true);
		expect(stored('accessDevice', device, { ...device, deviceLevel: 'System' })).toBe(false);
		expect(stored('accessDevice', device, {})).toBe(false);
	});

	test('a department may come as its name', () => {
		const department = { serviceProviderId: 'acme', groupId: 'hq', name: 'Sales' };
		expect(stored('department', department, 'Sales')).toBe(true);
		expect(stored('department', department, 'Support')).toBe(false);
	});

	test('users are the same by their ids, whatever else Odin says of them', () => {
		const asked = [{ userId: 'u1' }, { userId: '2' }];
		expect(stored('users', asked, [{ userId: 2, lastName: 'Doe' }, { userId: 'u1' }])).toBe(true);
		expect(stored('users', asked, [{ userId: 'u1' }])).toBe(false);
		expect(stored('users', [], undefined)).toBe(true);
	});
});

test('a key that the catalogue does not know is compared by value', () => {
	fc.assert(
		fc.property(anyJson, (value) => {
			expect(stored('unknownToTheNode', value, asIs(value))).toBe(true);
		}),
	);
	expect(stored('unknownToTheNode', [1, 2], [2, 1])).toBe(false);
});

/** Odin keeps the order of a list that it does not know, but neither the order of keys nor the type of digits. */
function asIs(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(asIs);
	if (typeof value !== 'object' || value === null) {
		return typeof value === 'string' ? asOdinReturns(value) : value;
	}
	return Object.fromEntries(
		Object.entries(value)
			.map(([key, inner]): [string, JsonValue] => [key, asIs(inner)])
			.reverse(),
	);
}
