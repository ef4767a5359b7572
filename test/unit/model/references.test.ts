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
		['login', 'loginName', ['loginName'], true],
		['login', 'loginName', ['loginRealm', 'loginPassword'], false],
		['place', undefined, ['placeRoom'], true],
		['place', undefined, [], false],
		['contact', undefined, ['placeRoom'], false],
	])('%s, which needs %j, is named by %j: %j', (name, needed, given, named) => {
		const field = fieldOf(name);
		expect(neededEntry(field)).toBe(needed);
		expect(isNamed(field, (entry) => given.includes(entry))).toBe(named);
	});

	it.each<[string, Record<string, unknown>, typeof group, JsonObject | undefined]>([
		['site', { siteName: ' Sales ' }, group, { ...group, name: 'Sales' }],
		['site', { siteName: 'Sales' }, noGroup, { name: 'Sales' }],
		['site', { siteName: ' ' }, group, undefined],
		['login', { loginName: 'u', loginAttempts: '3' }, group, { userName: 'u', attempts: 3 }],
		['login', { loginName: 'u', loginRealm: 'x' }, group, { userName: 'u', realm: 'x' }],
		['login', { loginRealm: 'x', loginAttempts: 3 }, group, undefined],
		['device', { deviceId: 'l', devicePort: '5' }, group, { end: { id: 'l', port: 5 } }],
		['place', { placeRoom: 7 }, group, { floor: 'ground', room: '7' }],
		['place', { placeFloor: '1' }, group, { floor: '1' }],
		['place', {}, group, undefined],
		['contact', { placeRoom: 7 }, group, undefined],
	])('%s given as %j is sent with what it has by default', (name, entries, own, value) => {
		expect(composeObject(fieldOf(name), entries, own)).toStrictEqual(
			value ? { value, issues: [] } : { issues: [] },
		);
	});

	it('says of each part that is not taken why, by its label and entry', () => {
		const entries = { loginName: 'u', loginAttempts: 10, loginRealm: { secret: 'S3cret!' } };
		expect(composeObject(fieldOf('login'), entries, group)).toEqual({
			value: { userName: 'u' },
			issues: [
				{ label: 'Domain', reason: 'takes text, not an object', entry: 'loginRealm' },
				{ label: 'attempts', reason: 'takes a whole number, not 10', entry: 'loginAttempts' },
			],
		});
	});

	it('is not dropped without a word where nothing but its password is given', () => {
		expect(composeObject(fieldOf('login'), { loginPassword: 'S3cret!' }, group)).toEqual({
			issues: [{ label: 'Password', reason: "needs 'User Name' as well", entry: 'loginPassword' }],
		});
	});
});

describe('an object given whole', () => {
	const nested = { deep: [{ list: ['x'] }] };

	it.each<[string, unknown, unknown]>([
		[
			'login',
			{ userName: ' u ', realm: '', attempts: '3', pin: null, status: 'Online' },
			{ userName: 'u', attempts: 3 },
		],
		['login', { userName: '\t', realm: null }, undefined],
		['login', {}, undefined],
		['login', { realm: 'x' }, "needs 'userName'"],
		['login', { userName: 'u', attempts: 'few' }, `'attempts' takes a whole number, not "few"`],
		['login', { userName: 'u', Domain: 'x' }, `'Domain' is no part; use 'realm'`],
		['login', { userName: 'u', Login_Name: 'x' }, `'Login_Name' is no part; use 'userName'`],
		['login', { userName: 'u', more: { a: ' b ', c: '' } }, { userName: 'u', more: { a: 'b' } }],
		['login', { userName: 'u', more: { a: ' ' } }, { userName: 'u' }],
		['login', { userName: 'u', attempts: NaN }, 'contains a number that JSON does not have'],
		['login', 'u', 'takes an object'],
		['login', ['u'], 'takes an object'],
		['login', null, 'takes an object'],
		['login', new Date(0), 'takes an object'],
		['device', { end: { id: 'l', port: '5' } }, { end: { id: 'l', port: 5 } }],
		['device', { end: { id: 'l', state: 'up' }, tags: nested }, { end: { id: 'l' }, tags: nested }],
		['device', { end: { id: 'l', more: ' 1 ' } }, { end: { id: 'l', more: '1' } }],
		['device', { end: { id: 'l', end: ' x ' } }, { end: { id: 'l', end: 'x' } }],
		['device', { end: { id: 'l' }, state: 'up' }, { end: { id: 'l' }, state: 'up' }],
		['device', { end: { id: 'l', rack: 5 }, rack: 5 }, { end: { id: 'l', rack: 5 }, rack: '5' }],
		['device', { end: { state: 'up', id: ' ' } }, undefined],
		['device', { end: {}, rack: 's' }, "needs 'end.id'"],
		['device', { end: 'l' }, "'end' takes an object"],
		['device', { end: { id: 'l', port: 'x' } }, `'end' 'port' takes a whole number, not "x"`],
		['device', { end: { id: 'l', Device_Port: 5 } }, `'end' 'Device_Port' is no part; use 'port'`],
		['device', { end: { id: 'l' }, RACK: 's' }, `'RACK' is no part; use 'rack'`],
		['device', { end: { id: 'l' }, tags: [' '] }, { end: { id: 'l' } }],
		['site', { name: 'Sales' }, { name: 'Sales', ...group }],
		['site', { name: 'Sales', serviceProviderId: 'b' }, { name: 'Sales', serviceProviderId: 'b' }],
		['site', { name: 'Sales', groupId: 'b' }, { name: 'Sales', groupId: 'b' }],
		['contact', { a: ' b ' }, { a: 'b' }],
	])('%s is made of %j', (name, raw, made) => {
		expect(outcome(convertObject(fieldOf(name), deepFreeze(raw), group))).toStrictEqual(made);
	});

	it('does not come to be of a group that is not known', () => {
		const raw = deepFreeze({ name: 'Sales' });
		expect(convertObject(fieldOf('site'), raw, noGroup)).toStrictEqual({ value: raw });
	});

	it('shares nothing with the item that gives it', () => {
		const raw = { end: { id: 'l', more: nested }, tags: nested };
		const made = referencesIn(outcome(convertObject(fieldOf('device'), raw, group)));
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
		[['#N/A'], 'has a id that takes text as it was before a spreadsheet changed it, not "#N/A"'],
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
