import type { JsonValue } from '../../../nodes/Odin/values/json';
import { KnownSecrets } from '../../../nodes/Odin/secrets/known';
import { redactOutput } from '../../../nodes/Odin/secrets/output';
import { MASK } from '../../../nodes/Odin/secrets/redact';
import { deepFreeze } from '../model/fieldValues';

const SECRET = 'S3cret!#1';

describe('what goes to the output', () => {
	const SESSION = `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJvZGluIn0'.repeat(4)}.c2lnbmF0dXJl`;
	const known = KnownSecrets.of(...[SECRET, SESSION, 'admin', '1234', 'Telecom1', '30123456']);

	const request = { name: 'sbc', sipAuthenticationPassword: SECRET };
	test.each<[string, JsonValue, JsonValue]>([
		['a note', { note: `x ${SECRET}.` }, { note: 'x ***.' }],
		['a value of its own', { credential: SECRET }, { credential: MASK }],
		[
			'a token in a header',
			{ log: `Authorization: Bearer ${SESSION}` },
			{ log: 'Authorization: Bearer ***' },
		],
		['another case', { log: SECRET.toUpperCase() }, { log: MASK }],
		[
			'base64',
			{ log: `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}` },
			{ log: 'Basic ***' },
		],
		['a URL', { log: `/x?a=${encodeURIComponent(SECRET)}&b=1` }, { log: '/x?a=***&b=1' }],
		[
			'JSON',
			{ audit: JSON.stringify(request) },
			{ audit: '{"name":"sbc","sipAuthenticationPassword":"***"}' },
		],
		['JSON with a short one', { audit: '{"password":"1234"}' }, { audit: '{"password":"***"}' }],
		['a list', { notes: [{ text: [`is ${SECRET}`] }] }, { notes: [{ text: ['is ***'] }] }],
		['a number', { pin: 30123456 }, { pin: MASK }],
		['a key', { [`is ${SECRET}`]: 1 }, { 'is ***': 1 }],
		[
			'a field that it is too long for',
			{ name: `Rejected ${SECRET} as ${'the name of a trunk group '.repeat(4)}` },
			{ name: `Rejected *** as ${'the name of a trunk group '.repeat(4)}` },
		],
		['a field, as a token', { prefix: SESSION }, { prefix: MASK }],
	])('is freed of secrets in %s', (_, value, shown) => {
		expect(redactOutput(deepFreeze(value), known)).toEqual(shown);
	});

	test.each<[string, (text: string) => string]>([
		['JSON', (text) => JSON.stringify(text).slice(1, -1)],
		['JSON in JSON', (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3)],
		['JSON in a URL', (text) => encodeURIComponent(JSON.stringify(text)).slice(3, -3)],
		['a URL', encodeURIComponent],
		['a URL in a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
		['a form', (text) => new URLSearchParams({ a: text }).toString().slice(2)],
		[
			'HTML',
			(text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
		],
		['HTML in decimal', (text) => text.replace(/[&"']/g, (one) => `&#${one.charCodeAt(0)};`)],
		['hexadecimal', (text) => Buffer.from(text).toString('hex').toUpperCase()],
		['hexadecimal bytes', (text) => Buffer.from(text).toString('hex').replace(/../g, '\\x$&')],
		['base64', (text) => Buffer.from(`admin:${text}`).toString('base64')],
		['base64 for URLs', (text) => Buffer.from(`${text}?`).toString('base64url')],
		['base64 of JSON', (text) => Buffer.from(JSON.stringify({ a: text })).toString('base64')],
		['capitals', (text) => text.toUpperCase()],
	])('is freed of a secret written as %s', (_, write) => {
		for (const secret of ['plain-Secret_1', 'a+b c/d&e"f\'g', '100 % é漢 "x\\"', '4930123456']) {
			const text = `said [${write(secret)}] and more`;
			expect(redactOutput({ text }, KnownSecrets.of(secret))).toEqual({
				text: `said [${MASK}] and more`,
			});
		}
	});

	test('is freed of a secret behind an escaped character', () => {
		const text = `x%20${SECRET}%20y\\n${SECRET}\\u0020`;
		expect(redactOutput({ text }, KnownSecrets.of(SECRET))).toEqual({
			text: `x%20${MASK}%20y\\n${MASK}\\u0020`,
		});
	});

	test('keeps numbers, names and addresses that are a password too', () => {
		const number = '4930123456';
		const user = {
			userId: `${number}@acme.example.com`,
			...{ lastName: number, firstName: `Line ${number}`, phoneNumber: `+${number}` },
			...{ extension: Number(number), department: number, emailAddress: `${number}@example.com` },
			linePort: `sip:${number}@acme.example.com:5060`,
		};
		const honest = deepFreeze({
			outcome: 'updated',
			changes: [
				{ field: 'sipAuthenticationUserName', from: 'x', to: number },
				{ field: 'accessDevice', from: null, to: { deviceName: number, deviceLevel: 'Group' } },
				{ field: 'hostedUserIdList', from: [number], to: [`${number}@acme.example.com`] },
			],
			differences: [
				{ field: 'trunkGroupIdentity', expected: `${number}@x.example`, actual: number },
			],
			trunkGroup: {
				name: number,
				pilotUser: { userId: number },
				users: [user, number],
				department: { name: `Site ${number}`, groupId: number },
				callForwardingAlwaysForwardAddress: number,
			},
		});
		expect(redactOutput(honest, KnownSecrets.of(number))).toEqual(honest);
		const told = { changes: [{ field: 'note', from: `was ${number}`, to: number }] };
		expect(redactOutput(told, KnownSecrets.of(number))).toEqual({
			changes: [{ field: 'note', from: `was ${MASK}`, to: MASK }],
		});
	});

	test('keeps what is honest', () => {
		const honest = deepFreeze({
			name: 'Telecom1-sbc',
			sipAuthenticationUserName: 'Telecom1',
			groupName: 'Telecom1x administration',
			phoneNumber: '+4930123456',
			extension: 1234,
			loginType: 'admin',
			trunkGroupIdentity: '4930123456@example.com',
			note: 'Smith & Sons, 100 % S3cret',
			count: null,
			isOn: true,
		});
		expect(redactOutput(honest, known)).toEqual(honest);
	});

	test.each<[string, string, string]>([
		['within a word', `x${SECRET}`, `x${SECRET}`],
		['before a word', `${SECRET}x`, `${SECRET}x`],
		['before a letter of a word', `${SECRET}é is`, `${SECRET}é is`],
		['between others', `x-${SECRET}-1`, 'x-***-1'],
		['with others within a word', `${SECRET}x ${SECRET} x${SECRET}`, `${SECRET}x *** x${SECRET}`],
		['behind a space of a URL', `%20${SECRET} is`, '%20*** is'],
		['behind a line break of JSON', `\\n${SECRET} is`, '\\n*** is'],
		['behind a letter of JSON', `\\u00e9${SECRET} is`, '\\u00e9*** is'],
		['behind a byte', `\\x20${SECRET} is`, '\\x20*** is'],
		['behind a word with a space', `%20x${SECRET} is%20`, `%20x${SECRET} is%20`],
		['behind a word with a letter', `\\u00e9x${SECRET} is`, `\\u00e9x${SECRET} is`],
		['behind a word with a byte', `\\x20x${SECRET} is`, `\\x20x${SECRET} is`],
		['behind a path', `\\a${SECRET} is`, `\\a${SECRET} is`],
	])('is freed of a secret where it is no piece of a word: %s', (_, note, shown) => {
		expect(redactOutput({ note }, KnownSecrets.of(SECRET))).toEqual({ note: shown });
	});

	test('is freed of a secret beside letters where it begins and ends with none', () => {
		const note = 'x!S3cret#!and x!S3cret#!';
		expect(redactOutput({ note }, KnownSecrets.of('!S3cret#!'))).toEqual({ note: 'x***and x***' });
	});

	test('is freed of secrets that stand beside and in each other', () => {
		const note = 'is abcdefgh-12345678-ijklmnop.';
		const secrets = ['12345678-ijklmnop', 'abcdefgh', 'abcdefgh-12345678', '12345678'];
		expect(redactOutput({ note }, KnownSecrets.of(...secrets))).toEqual({ note: 'is ***.' });
	});

	test('keeps a secret of fewer than 8 characters, which may be any word', () => {
		const note = 'is secret7 or secret78';
		expect(redactOutput({ note }, KnownSecrets.of('secret7', 'secret78'))).toEqual({
			note: 'is secret7 or ***',
		});
		expect(redactOutput({ note: 'secret78' }, KnownSecrets.of('secret78'))).toEqual({ note: MASK });
	});

	test('is freed of a secret that is longer than any name, where it is a piece of a word or a name too', () => {
		const longest = 'a1'.repeat(40);
		const longer = `${longest}b`;
		const texts = { name: longest, trunk: `x${longest}`, note: `is ${longest}` };
		expect(redactOutput(texts, KnownSecrets.of(longest))).toEqual({ ...texts, note: 'is ***' });
		expect(
			redactOutput({ name: longer, trunk: `x${longer}y` }, KnownSecrets.of(longer, 'a1a1a1a1')),
		).toEqual({ name: MASK, trunk: 'x***y' });
	});

	test.each([
		['a name of 80 characters', (filler: string) => filler.slice(0, 80), true],
		['one of 81', (filler: string) => filler.slice(0, 81), false],
		['an address of 161', (filler: string) => filler.replaceAll(' ', '.').slice(0, 161), true],
		['one of 162', (filler: string) => filler.replaceAll(' ', '.').slice(0, 162), false],
	])('keeps a secret in %s: %#', (_, cut, isKept) => {
		const name = cut(`${SECRET} ${'of a '.repeat(40)}`);
		const shown = isKept ? name : name.replace(SECRET, MASK);
		expect(redactOutput({ name }, KnownSecrets.of(SECRET))).toEqual({ name: shown });
	});

	test('is freed of secrets in keys, but for those that are called as the fields of Odin', () => {
		const number = '30123456';
		const word = 'department';
		const long = 'abcdefghij'.repeat(6);
		const value = {
			...{ [number]: 1, [`${SECRET} is wrong`]: 2, [`wrong: ${SECRET} itself`]: 3 },
			...{ [word]: 4, [`a ${word}`]: 5, [long]: 6, [`${long}k`]: 7 },
		};
		expect(
			redactOutput(deepFreeze(value), KnownSecrets.of(number, SECRET, word, long, `${long}k`)),
		).toEqual({
			...{ '***': 1, '*** is wrong': 2, 'wrong: *** itself': 3 },
			...{ [word]: 4, 'a ***': 5, [long]: 6, [MASK]: 7 },
		});
	});

	test('takes only from and to of a change for values of its field', () => {
		const change = { field: 'userId', from: SECRET, note: SECRET };
		expect(redactOutput(change, KnownSecrets.of(SECRET))).toEqual({ ...change, note: MASK });
		for (const field of [undefined, 1, ['userId']]) {
			expect(redactOutput({ field, to: SECRET }, KnownSecrets.of(SECRET))).toEqual({
				field,
				to: MASK,
			});
		}
		const secret = { field: 'password', expected: SECRET, actual: SECRET };
		expect(redactOutput(secret, KnownSecrets.of(SECRET))).toEqual(secret);
	});

	test('is itself where it has no secret, and shares what has none with its copy', () => {
		const honest = deepFreeze({ list: [1, 'a text of others', { name: 'x' }], none: null });
		expect(redactOutput(honest, known)).toBe(honest);
		expect(redactOutput(honest.list, known)).toBe(honest.list);
		const both = deepFreeze({ honest, notes: ['a text of others', `x ${SECRET}`, honest] });
		const shown = redactOutput(both, known);
		expect(shown).toEqual({ honest, notes: ['a text of others', 'x ***', honest] });
		expect(shown.honest).toBe(honest);
		expect(shown.notes[2]).toBe(honest);
	});

	test.each([null, undefined, true, 12, 123456789.5, '', 'a text', [], {}])(
		'is %j where it is that',
		(value) => {
			expect(redactOutput(value, known)).toBe(value);
		},
	);

	test('keeps what was asked for', () => {
		const asked = { sipAuthenticationPassword: SECRET, trunkGroup: { password: SECRET } };
		expect(redactOutput(asked, known)).toEqual(asked);
	});
});
