import fc from 'fast-check';
import { compareWithProfile } from '../../../nodes/Odin/model/diff';
import { desiredBeside } from '../../../nodes/Odin/model/conditions';
import { readDesired } from '../../../nodes/Odin/model/desired';
import { createBody, updateBody } from '../../../nodes/Odin/model/requestBody';
import { userModel } from '../../../nodes/Odin/resources/user/model';
import { counted, creatable, deepFreeze, someOf } from './fieldValues';
import { desiredFrom, key, keyFields, model, profileAfter } from './profiles';

const readable = creatable.filter((field) => field.readable);

test('what was created as asked is in sync with what was asked', () => {
	fc.assert(
		fc.property(someOf(creatable), (payload) => {
			const desired = desiredFrom(payload);
			const profile = profileAfter(createBody(model, key, desired));
			const beside = desiredBeside(model, desired, profile);
			const { differences } = compareWithProfile(model, beside, profile);
			expect(differences).toEqual([]);
		}),
	);
});

test('fields that no profile shows are named instead of compared, passwords not even that', () => {
	const payload = { pilotUserNetworkClassOfService: 'NCOS', sipAuthenticationPassword: 'S3cret!' };
	expect(compareWithProfile(model, desiredFrom(payload), {})).toEqual({
		differences: [],
		incomparable: ['pilotUserNetworkClassOfService'],
	});
});

test('keys that every object of JavaScript has are no more in a profile than any other', () => {
	const payload = { constructor: 'x', toString: 1, valueOf: null, hasOwnProperty: [] };
	expect(compareWithProfile(model, desiredFrom(payload), keyFields)).toEqual({
		differences: [],
		incomparable: ['constructor', 'toString', 'hasOwnProperty'],
	});
});

test('each field that Odin stores otherwise is a difference, with what was asked and what is there', () => {
	fc.assert(
		fc.property(someOf(readable), someOf(readable), (asked, stored) => {
			const { differences } = compareWithProfile(model, desiredFrom(asked), deepFreeze(stored));
			for (const { field, wanted, stored: there } of differences) {
				expect(wanted).toEqual(asked[field]);
				expect(there).toEqual(stored[field] ?? null);
			}
			const named = differences.map(({ field }) => field);
			expect(Object.keys(asked)).toEqual(expect.arrayContaining(named));
			for (const [field, value] of Object.entries(asked)) {
				if (JSON.stringify(value) === JSON.stringify(stored[field]))
					expect(named).not.toContain(field);
			}
		}),
	);
});

it.each([
	['+1-5135551000', '5135551000', undefined, true],
	['+1-5135551000', 5135551000, undefined, true],
	['+1-5135551000', '5135551000', '1', true],
	['+44-0207946000', 207946000, undefined, true],
	['5135551000', '+1-5135551000', undefined, true],
	['15135551000', '5135551000', 1, true],
	['(513) 555-1000', '5135551000', '1', true],
	['513-555-1000', '5135551000', undefined, true],
	['+44-5135551000', '5135551000', '1', false],
	['+1-5135551000', '5135551001', undefined, false],
	['+1-5135551000', '135551000', undefined, false],
	['15135551000', '5135551000', undefined, false],
	['+1-5135551000', '', undefined, false],
])(
	'phone number %j is shown as %j beside country code %j: %j',
	(asked, phoneNumber, country, same) => {
		const desired = readDesired({
			model: userModel,
			key,
			entries: {},
			payload: { keys: { phoneNumber: asked } },
		});
		const profile = { phoneNumber, ...(country !== undefined && { countryCode: country }) };
		expect(compareWithProfile(userModel, desired, profile).differences).toHaveLength(same ? 0 : 1);
	},
);

test('an update sends what was named and nothing else', () => {
	fc.assert(
		fc.property(someOf(creatable), fc.subarray(['peeringDomain', 'prefix']), (payload, cleared) => {
			const named = { ...payload, ...Object.fromEntries(cleared.map((name) => [name, null])) };
			expect(
				updateBody(model, desiredFrom({ ...named, ...keyFields }, { nulls: 'clear' })),
			).toEqual('requireAuthentication' in named ? counted(named) : named);
		}),
	);
});
