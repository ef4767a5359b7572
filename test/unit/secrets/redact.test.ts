import fc from 'fast-check';
import { trunkGroupFields } from '../../../nodes/Odin/resources/trunkGroup/fields';
import { isOrdinary } from '../../../nodes/Odin/secrets/names';
import type { JsonObject, JsonValue } from '../../../nodes/Odin/values/json';
import {
	mask,
	MASK,
	maskedAt,
	secretsIn,
	withoutSecrets,
} from '../../../nodes/Odin/secrets/redact';
import { deepFreeze } from '../model/fieldValues';

const SECRET = 'S3cret!#1';

const secretKey = fc.constantFrom(
	'sipAuthenticationPassword',
	'password',
	'newPassword',
	'token',
	'accessToken',
);

/** JSON in which secrets stand under their keys at any depth, and nothing else is called like one. */
const withSecrets = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.oneof(fc.constantFrom<JsonValue>('text', 1, true, null)),
		fc.array(tie('value'), { maxLength: 3 }),
		tie('object'),
	),
	object: fc
		.tuple(
			fc.dictionary(fc.stringMatching(/^[a-o]{1,6}$/), tie('value'), {
				maxKeys: 3,
				noNullPrototype: true,
			}),
			fc.array(
				fc.tuple(secretKey, fc.constantFrom<JsonValue>(SECRET, [SECRET], { inner: SECRET })),
				{
					maxLength: 2,
				},
			),
		)
		.map(([plain, secrets]) => ({ ...plain, ...Object.fromEntries(secrets) })),
})).value;

test('masking hides every secret at any depth and changes nothing else', () => {
	fc.assert(
		fc.property(withSecrets, (value) => {
			const masked = mask(deepFreeze(value));
			expect(JSON.stringify(masked) ?? '').not.toContain(SECRET);
			expect(shapeOf(masked)).toEqual(shapeOf(value));
		}),
	);
});

/** The value with its secrets, masked or not, put to the same. */
function shapeOf(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(shapeOf);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key,
			/password|token/i.test(key) ? 'secret' : shapeOf(inner),
		]),
	);
}

test('a secret that is to be cleared shows as null', () => {
	expect(mask({ sipAuthenticationPassword: null })).toEqual({ sipAuthenticationPassword: null });
});

test('a profile loses the password and nothing else, without being changed', () => {
	const profile = deepFreeze({ name: 'acme-sbc-1', sipAuthenticationPassword: SECRET, users: [] });
	expect(withoutSecrets(profile)).toEqual({ name: 'acme-sbc-1', users: [] });
});

test('a profile loses every secret at any depth, in lists too', () => {
	fc.assert(
		fc.property(withSecrets, (value) => {
			const shown = withoutSecrets(deepFreeze({ name: 'acme-sbc-1', users: [value], value }));
			expect(JSON.stringify(shown)).not.toContain(SECRET);
			expect(shapeOf(shown)).toEqual(
				withoutKeys(shapeOf({ name: 'acme-sbc-1', users: [value], value })),
			);
		}),
	);
});

/** The shape without the keys of secrets. */
function withoutKeys(shape: JsonValue): JsonValue {
	if (Array.isArray(shape)) return shape.map(withoutKeys);
	if (typeof shape !== 'object' || shape === null) return shape;
	const kept = Object.entries(shape).filter(([key]) => !/password|token/i.test(key));
	return Object.fromEntries(kept.map(([key, inner]) => [key, withoutKeys(inner)]));
}

test('a profile without secrets is itself, and one with some shares what has none', () => {
	const users = [{ userId: 'u1', tags: ['a', null, 1, true], none: {} }, 'u2'];
	const profile = deepFreeze({ name: 'acme-sbc-1', users, device: { level: 'Group' } });
	expect(withoutSecrets(profile)).toBe(profile);
	const shown = withoutSecrets(deepFreeze({ ...profile, inner: [{ password: SECRET }] }));
	expect(shown).toEqual({ ...profile, inner: [{}] });
	expect(shown.device).toBe(profile.device);
	expect(shown.users[0]).toBe(users[0]);
});

test('one field is shown as it would be within its object', () => {
	expect(maskedAt('sipAuthenticationPassword', SECRET)).toBe(MASK);
	expect(maskedAt('webPassword', SECRET)).toBe(MASK);
	expect(maskedAt('pilotUser', { userId: 'u1', password: SECRET })).toEqual({
		userId: 'u1',
		password: MASK,
	});
	expect(maskedAt('prefix', '9')).toBe('9');
	expect(maskedAt('sipAuthenticationPassword', null)).toBeNull();
});

describe('whether a value is secret, as its name says', () => {
	test.each<[string, JsonValue, boolean]>([
		...trunkGroupFields.all
			.filter(({ secret }) => secret)
			.map(({ name }): [string, JsonValue, boolean] => [name, SECRET, true]),
		['token', SECRET, true],
		['clientSecret', SECRET, true],
		['PASSWORD', 12345678, true],
		['sip_auth_pwd', SECRET, true],
		['newPasscode', SECRET, true],
		['apiKey', SECRET, true],
		['password', 'true', true],
		['password', { value: SECRET }, true],
		['tokens', [SECRET], true],
		['useCustomUserNamePassword', 'true', false],
		['useCustomUserNamePassword', false, false],
		['passwordRequired', 'False', false],
		['passwordRequired', true, false],
		['hasToken', 'false', false],
		['trunkGroupKey', { name: 'x' }, false],
		['sipAuthenticationUserName', 'password', false],
	])('%s: %j', (name, value, isSecret) => {
		expect(maskedAt(name, value)).toEqual(isSecret ? MASK : value);
		expect(withoutSecrets({ inner: [{ [name]: value }] })).toEqual({
			inner: [isSecret ? {} : { [name]: value }],
		});
		expect(secretsIn({ inner: { [name]: value } }).length > 0).toBe(isSecret);
	});

	test('a secret within an object of a profile', () => {
		const credentials = { useCustomUserNamePassword: 'true', userName: 'x', password: SECRET };
		expect(mask({ accessDeviceCredentials: credentials })).toEqual({
			accessDeviceCredentials: { ...credentials, password: MASK },
		});
		expect(secretsIn({ accessDeviceCredentials: credentials })).toEqual([SECRET]);
	});

	test('the texts of secrets, whatever they stand in', () => {
		const value = {
			...{ name: 'x', none: null, count: 1 },
			users: [{ password: 'a', pin: 1 }, null, { tokens: ['b', 4711, null, true, { c: 'd' }] }],
		};
		expect(secretsIn(deepFreeze(value))).toEqual(['a', 'b', '4711', 'd']);
		expect([null, undefined, 'x', 1].flatMap(secretsIn)).toEqual([]);
	});

	test('more values than fit on the stack', () => {
		expect(secretsIn({ tokens: Array<string>(300_000).fill('x') })).toHaveLength(300_000);
	});
});

test('ORDINARY in nodes/Odin/secrets/names.ts has the last word of every text in the catalogue, which may be a password too, and of no secret', () => {
	const texts = ['text', 'choice', 'object', 'recordList', 'textList'];
	const named = trunkGroupFields.all.flatMap((field) => [
		...(texts.includes(field.type) && !field.secret ? [field.name] : []),
		...(field.parts ?? []).map(({ property }) => property),
	]);
	expect(named.filter((name) => !isOrdinary(name))).toEqual([]);
	expect(trunkGroupFields.all.filter(({ secret, name }) => secret && isOrdinary(name))).toEqual([]);
});
