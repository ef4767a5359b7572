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

	test('keeps what was asked for', () => {
		const asked = { sipAuthenticationPassword: SECRET, trunkGroup: { password: SECRET } };
		expect(redactOutput(asked, known)).toEqual(asked);
	});
});
