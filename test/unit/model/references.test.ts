import type { Part } from '../../../nodes/Odin/model/field';
import {
	composeObject,
	convertObject,
	convertRecordList,
	convertTextList,
	isNamed,
	neededEntry,
	partIn,
	pathOf,
	putPart,
} from '../../../nodes/Odin/model/references';
import type { JsonObject } from '../../../nodes/Odin/values/json';
import { fieldOf } from './everyKind';
import { deepFreeze, referencesIn } from './fieldValues';

const group = { serviceProviderId: 'acme', groupId: 'hq' };
const noGroup = { serviceProviderId: '', groupId: '' };

/** What a converter made of a value: the value, why it is refused, or nothing. */
const outcome = (made: { value?: unknown } | { refused: string }): unknown =>
	'refused' in made ? made.refused : made.value;

describe('a part of an object', () => {
	const inner: Part = { property: 'id', within: 'end', label: '', description: '', type: 'text' };
	const { within, ...outer } = inner;

	it('is read and written where it stands, beside what is there', () => {
		expect([pathOf(outer), pathOf(inner)]).toEqual(['id', `${within}.id`]);
		const object: JsonObject = { id: 'o' };
		putPart(object, inner, 'i');
		expect([partIn(object, outer), partIn(object, inner)]).toEqual(['o', 'i']);
		const end = deepFreeze({ port: 1, id: 'before' });
		const other: JsonObject = { end };
		putPart(other, inner, 'i');
		putPart(other, outer, 'o');
		expect(other).toEqual({ id: 'o', end: { port: 1, id: 'i' } });
		const replaced: JsonObject = { end: 'text' };
		expect(partIn(replaced, inner)).toBeUndefined();
		putPart(replaced, inner, 'i');
		expect(replaced).toEqual({ end: { id: 'i' } });
	});
});

describe('an object of the form', () => {
	it.each([
		['login', 'loginUser', ['loginUser'], true],
		['login', 'loginUser', ['loginRealm', 'loginPin'], false],
		['place', undefined, ['placeRoom'], true],
		['place', undefined, [], false],
		['loose', undefined, ['placeRoom'], false],
	])('%s, which needs %j, is named by %j: %j', (name, needed, given, named) => {
		const field = fieldOf(name);
		expect(neededEntry(field)).toBe(needed);
		expect(isNamed(field, (entry) => given.includes(entry))).toBe(named);
	});

	it.each<[string, Record<string, unknown>, typeof group, JsonObject | undefined]>([
		['owner', { ownerName: ' Sales ' }, group, { ...group, name: 'Sales' }],
		['owner', { ownerName: 'Sales' }, noGroup, { name: 'Sales' }],
		['owner', { ownerName: ' ' }, group, undefined],
		[
			'login',
			{ loginUser: 'u', loginAttempts: '3' },
			group,
			{ user: 'u', realm: 'main', attempts: 3 },
		],
		['login', { loginUser: 'u', loginRealm: 'x' }, group, { user: 'u', realm: 'x' }],
		['login', { loginRealm: 'x', loginAttempts: 3 }, group, undefined],
		['line', { lineId: 'l', linePort: '5' }, group, { end: { id: 'l', port: 5 } }],
		['place', { placeRoom: 7 }, group, { floor: 'ground', room: '7' }],
		['place', {}, group, undefined],
		['loose', { placeRoom: 7 }, group, undefined],
	])('%s given as %j is sent with what it has by default', (name, entries, own, value) => {
		expect(composeObject(fieldOf(name), entries, own)).toStrictEqual(
			value ? { value, issues: [] } : { issues: [] },
		);
	});

	it('says of each part that is not taken why, by its label and entry', () => {
		const entries = { loginUser: 'u', loginAttempts: 10, loginRealm: { secret: 'S3cret!' } };
		expect(composeObject(fieldOf('login'), entries, group)).toEqual({
			value: { user: 'u' },
			issues: [
				{ label: 'The realm', reason: 'takes text, not an object', entry: 'loginRealm' },
				{ label: 'The attempts', reason: 'takes a whole number, not 10', entry: 'loginAttempts' },
			],
		});
	});

	it('is not dropped without a word where nothing but its password is given', () => {
		expect(composeObject(fieldOf('login'), { loginPin: 'S3cret!' }, group)).toEqual({
			issues: [{ label: 'The pin', reason: "needs 'The user' beside it", entry: 'loginPin' }],
		});
	});
});

describe('an object given whole', () => {
	const nested = { deep: [{ list: ['x'] }] };

	it.each<[string, unknown, unknown]>([
		['login', { user: ' u ', realm: '', attempts: '3', pin: null }, { user: 'u', attempts: 3 }],
		['login', { user: '\t', realm: null }, undefined],
		['login', {}, undefined],
		['login', { realm: 'x' }, "needs 'user'"],
		['login', { user: 'u', attempts: 'few' }, `'attempts' takes a whole number, not "few"`],
		['login', { user: 'u', 'The Realm': 'x' }, `'The Realm' is no part; use 'realm'`],
		['login', { user: 'u', Login_User: 'x' }, `'Login_User' is no part; use 'user'`],
		['login', { user: 'u', more: { a: ' b ', c: '' } }, { user: 'u', more: { a: 'b' } }],
		['login', { user: 'u', more: { a: ' ' } }, { user: 'u' }],
		['login', { user: 'u', attempts: NaN }, 'contains a number that JSON does not have'],
		['login', 'u', 'takes an object'],
		['login', ['u'], 'takes an object'],
		['login', null, 'takes an object'],
		['login', new Date(0), 'takes an object'],
		['line', { end: { id: 'l', port: '5' } }, { end: { id: 'l', port: 5 } }],
		['line', { end: { id: 'l', state: 'up' }, tags: nested }, { end: { id: 'l' }, tags: nested }],
		['line', { end: { id: 'l', more: ' 1 ' } }, { end: { id: 'l', more: '1' } }],
		['line', { end: { id: 'l', end: ' x ' } }, { end: { id: 'l', end: 'x' } }],
		['line', { end: { id: 'l' }, state: 'up' }, { end: { id: 'l' }, state: 'up' }],
		['line', { end: { id: 'l', site: 5 }, site: 5 }, { end: { id: 'l', site: 5 }, site: '5' }],
		['line', { end: { state: 'up', id: ' ' } }, undefined],
		['line', { end: {}, site: 's' }, "needs 'end.id'"],
		['line', { end: 'l' }, "'end' takes an object"],
		['line', { end: { id: 'l', port: 'x' } }, `'end' 'port' takes a whole number, not "x"`],
		['line', { end: { id: 'l', Line_Port: 5 } }, `'end' 'Line_Port' is no part; use 'port'`],
		['line', { end: { id: 'l' }, SITE: 's' }, `'SITE' is no part; use 'site'`],
		['line', { end: { id: 'l' }, tags: [' '] }, { end: { id: 'l' } }],
		['place', { room: '7' }, { room: '7', ...group }],
		['owner', { name: 'Sales' }, { name: 'Sales', ...group }],
		['owner', { name: 'Sales', serviceProviderId: 'b' }, { name: 'Sales', serviceProviderId: 'b' }],
		['owner', { name: 'Sales', groupId: 'b' }, { name: 'Sales', groupId: 'b' }],
		['loose', { a: ' b ' }, { a: 'b' }],
	])('%s is made of %j', (name, raw, made) => {
		expect(outcome(convertObject(fieldOf(name), deepFreeze(raw), group))).toStrictEqual(made);
	});

	it('does not come to be of a group that is not known', () => {
		const raw = deepFreeze({ name: 'Sales' });
		expect(convertObject(fieldOf('owner'), raw, noGroup)).toStrictEqual({ value: raw });
	});

	it('shares nothing with the item that gives it', () => {
		const raw = { end: { id: 'l', more: nested }, tags: nested };
		const made = referencesIn(outcome(convertObject(fieldOf('line'), raw, group)));
		expect(made.size).toBeGreaterThan(5);
		for (const one of referencesIn(raw)) expect(made).not.toContain(one);
	});
});

describe('a list', () => {
	it.each<[unknown, unknown]>([
		[
			['a', 7, { id: ' 007 ', rank: ' x ' }],
			[{ id: 'a' }, { id: '7' }, { id: '007', rank: 'x' }],
		],
		['a, b', [{ id: 'a' }, { id: 'b' }]],
		['[{"id":7}]', [{ id: '7' }]],
		[{ id: 'a' }, [{ id: 'a' }]],
		[['', null, { id: ' ' }, [' '], 'a'], [{ id: 'a' }]],
		[[], []],
		['[]', []],
		[[''], undefined],
		[[[' ']], undefined],
		[' ', undefined],
		[null, undefined],
		[[{ rank: 1 }], 'takes a list of objects with a id'],
		[['a', { id: { id: 'a' } }], 'has a id that takes text of 1 to 161 characters, not an object'],
		[
			['a\u200bb'],
			'has a id that takes text without invisible characters (\\u200b), not "a\\u200bb"',
		],
		[['#N/A'], 'has a id that takes text that no spreadsheet has changed, not "#N/A"'],
		[[{ id: 'a', password: ' x' }], 'takes text without white space at its ends'],
		[[NaN], 'contains a number that JSON does not have'],
		['[a', 'takes a list, and this text begins like JSON but is not valid'],
	])('of objects is made of %j', (raw, made) => {
		expect(outcome(convertRecordList(fieldOf('members'), deepFreeze(raw)))).toStrictEqual(made);
	});

	it.each<[unknown, unknown]>([
		[
			[' a ', 7, ''],
			['a', '7'],
		],
		['a,,b', ['a', 'b']],
		[[], []],
		[[' '], undefined],
		[undefined, undefined],
		[['abcd', 'abcde'], 'takes text of 1 to 4 characters, not "abcde"'],
		[[true], 'takes text of 1 to 4 characters, not true'],
	])('of text is made of %j', (raw, made) => {
		const rule = { type: 'textList', maxLength: 4 } as const;
		expect(outcome(convertTextList(rule, deepFreeze(raw)))).toStrictEqual(made);
	});
});
