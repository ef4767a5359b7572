import { tidy } from '../../../nodes/Odin/model/freeform';
import type { JsonValue } from '../../../nodes/Odin/values/json';
import { deepFreeze } from './fieldValues';

test.each<[JsonValue, JsonValue | undefined]>([
	[0, 0],
	['\ta  b ', 'a  b'],
	[{ a: '', b: { c: null, d: [' '] } }, undefined],
	[
		{ a: ' x', b: { c: null, d: false } },
		{ a: 'x', b: { d: false } },
	],
	[{ a: [] }, { a: [] }],
	[['', null, {}, [' ']], undefined],
	[
		['', ' x', [], { a: 'y ' }],
		['x', [], { a: 'y' }],
	],
])('%j is sent as %j', (given, sent) => {
	const tidied = sent === undefined ? {} : { value: sent };
	expect(tidy('other', deepFreeze(given))).toStrictEqual(tidied);
});

test.each<[string, JsonValue, string]>([
	['password', 'a ', 'white space at its ends'],
	['password', ['x', 'a  b'], 'several spaces in a row'],
	[
		'other',
		{ list: [{ userName: 'u ' }, { password: 'a\u200b' }] },
		'invisible characters (\\u200b)',
	],
	['other', { password: { list: ['a\ufffd'] } }, 'broken characters (\\ufffd)'],
])('a password in %s %j is refused: text without %s', (name, given, without) => {
	expect(tidy(name, given)).toEqual({ refused: `takes text without ${without}` });
});
