import fc from 'fast-check';
import { tidy } from '../../../nodes/Odin/model/freeform';
import type { JsonValue } from '../../../nodes/Odin/values/json';
import { dirtyText } from './dirtyTexts';
import { deepFreeze } from './fieldValues';

test.each<[JsonValue, JsonValue | undefined]>([
	[null, undefined],
	[0, 0],
	[false, false],
	[' \u00a0', undefined],
	['\ta  b ', 'a  b'],
	[{}, undefined],
	[{ a: '', b: { c: null, d: [' '] } }, undefined],
	[
		{ a: ' x', b: { c: null, d: 0 } },
		{ a: 'x', b: { d: 0 } },
	],
	[[], []],
	[{ a: [] }, { a: [] }],
	[['', null, {}, [' ']], undefined],
	[
		['', ' x', [], { a: 'y ' }],
		['x', [], { a: 'y' }],
	],
])('%j is sent as %j', (given, sent) => {
	const tidied = tidy('other', deepFreeze(given));
	expect(tidied).toStrictEqual(sent === undefined ? {} : { value: sent });
});

test.each<[string, JsonValue, string | undefined]>([
	['password', 'a b', undefined],
	['password', ' ', undefined],
	['password', 'a ', 'white space at its ends'],
	['password', ['x', 'a  b'], 'several spaces in a row'],
	['password', { old: 'a\u200b' }, 'invisible characters (\\u200b)'],
	['other', { list: [{ userName: 'u ' }, { password: ' a' }] }, 'white space at its ends'],
	['other', { password: { list: ['a\ufffd'] }, name: 'n ' }, 'broken characters (\\ufffd)'],
])('a password inside %s %j is kept to the letter or refused', (name, given, without) => {
	const refused = { refused: `takes text without ${without}` };
	const kept = given === ' ' ? {} : { value: given };
	expect(tidy(name, given)).toStrictEqual(without === undefined ? kept : refused);
});

test('what is tidy stays as it is', () => {
	const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
		json: fc.oneof(
			{ maxDepth: 3 },
			fc.oneof(dirtyText, fc.constant(null), fc.integer()),
			fc.array(tie('json'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom('a', 'b', 'password'), tie('json')),
		) as fc.Arbitrary<JsonValue>,
	}));
	fc.assert(
		fc.property(json, (given) => {
			const tidied = tidy('other', given);
			if (!('value' in tidied) || tidied.value === undefined) return;
			expect(tidy('other', tidied.value)).toEqual(tidied);
		}),
	);
});
