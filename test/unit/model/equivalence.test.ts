import fc from 'fast-check';
import {
	idIn,
	isSameName,
	isStoredAs,
	zeroHints,
	zeroHintsFor,
} from '../../../nodes/Odin/model/equivalence';
import type { JsonValue } from '../../../nodes/Odin/values/json';
import { asked, everyKind, fieldOf } from './everyKind';
import { anyJson, asOdinReturns, deepFreeze, trunkGroupFields, valueFor } from './fieldValues';
import { desiredFrom, keyFields, model } from './profiles';
import { propertyRuns } from '../../propertyRuns';

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
		propertyRuns(2000),
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
		propertyRuns(2000),
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

test.each<[string, JsonValue, unknown, boolean]>([
	['callForwardingAlwaysForwardAddress', 'Sales@Example.com', 'sales@example.COM', true],
	['callForwardingAlwaysForwardAddress', '513.555-0100', '5135550100', true],
	['callForwardingAlwaysForwardAddress', '(513) 555-0100', 5135550100, true],
	['callForwardingAlwaysForwardAddress', '+15135550100', '15135550100', false],
	['callForwardingAlwaysForwardAddress', '0207946000', 207946000, true],
	['callForwardingAlwaysForwardAddress', '0207946000', '207946000', false],
	['callForwardingAlwaysForwardAddress', '447911123456789012', '447911123456789012', true],
	['callForwardingAlwaysForwardAddress', '447911123456789012', '447911123456789013', false],
	['trunkGroupIdentity', 'SBC@example.com', 'sbc@example.com', true],
	['trunkGroupIdentity', 'SBC', 'sbc', false],
	['pilotUserId', 'Pilot@Example.com', 'pilot@example.com', true],
	['peeringDomain', 'Peer.Example.com', 'peer.example.com', true],
	['sipAuthenticationUserName', 'U@example.com', 'u@example.com', false],
	['prefix', '0099', 99, true],
	['prefix', '0099', '99', false],
	['prefix', '00', 0, true],
	['prefix', '99', 990, false],
	['prefix', '9', ' 9 ', true],
	['maxActiveCalls', 5, '5', true],
	['maxActiveCalls', 5, ' 05', true],
	['maxActiveCalls', 5, '5 calls', false],
	['enableBursting', false, 'False', true],
	['enableBursting', true, 'false', false],
	['userLookupPolicy', 'Basic', undefined, true],
	['userLookupPolicy', 'Extended', undefined, false],
	['useSystemUserLookupPolicy', true, null, true],
	['useSystemUserLookupPolicy', false, null, false],
	['invitationTimeout', 6, undefined, true],
	['invitationTimeout', 7, undefined, false],
	['prefix', '00', undefined, false],
	[
		'users',
		[{ userId: 'U1@x.net' }, { userId: '007' }],
		[{ userId: 7 }, { userId: 'u1@X.net' }],
		true,
	],
	['users', [{ userId: '007' }], [{ userId: '7' }], false],
	['users', [{ userId: 'u1' }, { userId: 'u2' }], [{ userId: 'u1' }, { userId: 'u1' }], false],
	['users', [{ userId: 'u1' }], [{ userId: { toString: 1 } }], false],
	[
		'accessDevice',
		{ deviceName: '01', deviceLevel: 'Group' },
		{ deviceName: 1, deviceLevel: 'Group' },
		true,
	],
	['prefix', '00', { toString: 1 }, false],
	['unknownToTheNode', 5, '5', true],
	['unknownToTheNode', '05', 5, true],
	['unknownToTheNode', { user: 'A@x.net', n: [1] }, { n: ['1'], user: 'a@x.net' }, true],
	['unknownToTheNode', { user: 'a', password: 'x' }, { user: 'a' }, true],
])('%s asked for as %j and shown as %j is the same: %s', (name, expected, actual, same) => {
	expect(stored(name, expected, actual)).toBe(same);
});

test.each<[string, unknown, boolean]>([
	['Acme  SBC', 'acme sbc', true],
	['acme-sbc', ' ACME-SBC\u00a0', true],
	['00123', 123, true],
	['123', 123, true],
	['00123', '123', false],
	['123', '00123', false],
	['a', 'b', false],
	['123', 124, false],
	['strasse', 'straße', false],
	['acme sbc', 'acmesbc', false],
	['1', { toString: 1 }, false],
	['a', undefined, false],
	['Zu\u0308rich', 'Z\u00fcrich', true],
])('the name %j is shown as %j: %s', (asked, shown, same) => {
	expect(isSameName(asked, shown)).toBe(same);
});

describe('zeros in front that nobody can see', () => {
	const profile = {
		...keyFields,
		name: 123,
		prefix: 99,
		maxActiveCalls: 5,
		trunkGroupIdentity: '0099',
		accessDevice: { deviceName: 7, deviceLevel: 'Group' },
		users: [{ userId: 4711 }, { userId: 'u' }],
	};

	test('are said of every text that a profile shows as a number, its key apart', () => {
		expect(zeroHints(model, profile)).toEqual([
			"Odin shows 'prefix', 'accessDevice', 'users' as a number, so leading zeros cannot be compared",
		]);
		expect(zeroHints(model, { ...keyFields, prefix: '99', maxActiveCalls: 5 })).toEqual([]);
	});

	test('are said of what was asked for with them', () => {
		const hinted = (payload: Record<string, unknown>) =>
			zeroHintsFor(model, desiredFrom(payload), profile).join();
		expect(hinted({ prefix: '0099' })).toContain("'prefix' as a number");
		expect(hinted({ accessDevice: { deviceName: '007', deviceLevel: 'Group' } })).toContain(
			"'accessDevice'",
		);
		expect(hinted({ users: ['004711', 'u'] })).toContain("'users'");
		expect(
			hinted({
				prefix: '99',
				users: ['4711', 'u'],
				maxActiveCalls: '05',
				trunkGroupIdentity: '0099',
			}),
		).toBe('');
		expect(hinted({ prefix: '0098' })).toBe('');
	});
});

const acme = { serviceProviderId: 'acme' };
const hq = { ...acme, groupId: 'hq' };
const long = '447911123456789012';
const as = Number(long);

test.each<[string, JsonValue, unknown, boolean]>([
	['codes', ['a', '07'], [7, 'a'], true],
	['codes', ['a'], 'a', true],
	['codes', ['a'], ['a', 'b'], false],
	['authenticate', false, undefined, true],
	['authenticate', true, undefined, false],
	['calls', false, undefined, false],
	['device', null, { end: { id: '', state: 'up' } }, true],
	['device', null, { end: { id: 'l' } }, false],
	['contact', null, { a: 1 }, false],
	['contact', { a: 1 }, { a: '1', b: 2 }, true],
	['contact', { a: 1 }, { a: 2 }, false],
	['place', { room: '7', floor: '1' }, { room: 7 }, true],
	['place', { room: '7' }, 'x', false],
	['login', { userName: 'u', realm: 'x' }, { userName: 'u' }, true],
	['login', { userName: 'u', realm: 'x' }, { realm: 'x' }, false],
	['login', { userName: 'u', password: 'x' }, { userName: 'u', password: '***' }, true],
	['login', { userName: 'u', password: 'x' }, { userName: 'v', password: 'x' }, false],
	['device', { end: { id: 'l' }, rack: 's' }, { end: { id: 'l' } }, false],
	['device', { end: { id: 'l', port: 5 } }, { end: { id: 'l', port: '5', state: 'up' } }, true],
	['device', { end: { id: 'l', port: 5 } }, { end: { id: 'm', port: 5 } }, false],
	[
		'device',
		{ end: { id: 'l' }, tags: { a: 1 } },
		{ end: { id: 'l' }, tags: { a: 1, b: 2 } },
		false,
	],
	['site', 'Sales', { ...hq, name: 'Sales' }, true],
	['site', { name: 'Sales' }, { ...hq, name: 'Sales' }, true],
	['site', { ...hq, name: 'Sales' }, { name: 'Sales' }, true],
	['site', { ...hq, name: 'Sales' }, { ...hq, name: 'Sales' }, true],
	['site', { ...hq, name: 'Sales' }, { ...hq, name: 'Support' }, false],
	['site', { ...hq, name: 'Sales' }, { ...hq, serviceProviderId: 'b', name: 'Sales' }, false],
	['site', { ...acme, name: 'Sales' }, { ...acme, name: 'Sales' }, true],
	['site', { ...acme, name: 'Sales' }, { ...hq, name: 'Sales' }, false],
	['site', { groupId: 'hq', name: 'Sales' }, { ...acme, name: 'Sales' }, false],
	['extras', { a: { b: 1 } }, { a: { b: 2 } }, false],
	['extras', { a: 1 }, { a: 1, b: 2 }, false],
	['extras', { a: 1, b: 2 }, { a: 1 }, false],
	['extras', { a: 1 }, 'a', false],
	['extras', [1], [1, 2], false],
	['extras', [1, 2], [1, 3], false],
	['extras', ['a'], 'a', false],
	['extras', 5, '05', true],
	['macAddress', '001122aabbcc', '00:11:22:AA:BB:CC', true],
	['note', '00:11:22:aa:bb:cc', '001122aabbcc', false],
	['note', '513-555', '513555', false],
	['note', 'strasse@x.net', 'straße@x.net', false],
	['note', '00.05', 0.05, false],
	['note', long, as, true],
	['note', `+${long}`, as, false],
	['note', `${long}000`, as, false],
	['note', '1e21', 1e21, false],
])('of each kind of field: %s asked for as %j and shown as %j is the same: %s', (name, ...row) => {
	const [expected, actual, same] = row;
	expect(isStoredAs(fieldOf(name), deepFreeze(expected), deepFreeze(actual))).toBe(same);
});

test('a text that is longer than any name is another one in another case', () => {
	const longest = `a@${'x'.repeat(998)}`;
	for (const [text, same] of [[longest, true] as const, [`${longest}x`, false] as const]) {
		expect(isSameName(text, text.toUpperCase())).toBe(same);
		expect(isStoredAs(fieldOf('note'), text, text.toUpperCase())).toBe(same);
	}
});

test('zeros are hinted at wherever texts may begin with them, and nowhere else', () => {
	const texts = { codes: [7], device: { end: { id: 7 } }, further: 7, members: [{ id: 7 }] };
	const others = { calls: '05', login: { attempts: 7 }, contact: { a: 7 }, forward: 7 };
	const profile = { ...texts, ...others };
	expect(zeroHints(everyKind, profile).join()).toContain("shows 'codes', 'members', 'device' as");
	const zeros = { codes: ['07'], device: { end: { id: '007' } }, calls: 5, members: [{ id: '7' }] };
	expect(zeroHintsFor(everyKind, asked(zeros, { further: '07' }), profile).join()).toContain(
		"shows 'codes', 'device', 'further' as",
	);
});

test.each([
	[{ userId: 'a', id: 'b' }, 'a'],
	[{ userId: 7 }, '7'],
	[{ userId: true }, ''],
	[{}, ''],
	['a', 'a'],
	[7, '7'],
	[null, ''],
])('%j is known by the user ID %j', (record, id) => {
	expect(idIn(record, 'userId')).toBe(id);
});
