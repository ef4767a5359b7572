import { countOf, isOn, nameOf, switchOf, wireText } from '../../../nodes/Odin/values/wireValues';

test.each<[unknown, string]>([
	[' a\t', 'a'],
	[12, '12'],
	[false, 'false'],
	[null, ''],
	[undefined, ''],
	[{ name: 'a' }, ''],
	[['a'], ''],
])('%j is the text "%s"', (value, text) => {
	expect(wireText(value)).toBe(text);
});

test.each<[unknown, string | null]>([
	['Sales ', 'Sales'],
	[{ name: 'Sales' }, 'Sales'],
	[12, '12'],
	[{ id: 'Sales' }, null],
	[' ', null],
	[null, null],
])('%j names %j', (value, name) => {
	expect(nameOf(value)).toBe(name);
});

test.each<[unknown, number | null]>([
	[5, 5],
	[' 05 ', 5],
	['-1', -1],
	['1.25', 1.25],
	['unlimited', null],
	['5 calls', null],
	['max. 5', null],
	['1.2.3', null],
	['1.x', null],
	['', null],
	[true, null],
])('%j counts %j', (value, count) => {
	expect(countOf(value)).toBe(count);
});

test.each<[unknown, boolean | null]>([
	[true, true],
	[' True', true],
	['FALSE', false],
	[false, false],
	['', null],
	['yes', null],
	[1, null],
	[null, null],
])('%j is the switch %j', (value, isSet) => {
	expect(switchOf(value)).toBe(isSet);
	expect(isOn(value)).toBe(isSet === true);
});
