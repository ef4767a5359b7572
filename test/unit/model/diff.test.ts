import fc from 'fast-check';
import { compareWithProfile, notShown, tellsOfAll } from '../../../nodes/Odin/model/diff';
import { desiredBeside } from '../../../nodes/Odin/model/conditions';
import { readDesired } from '../../../nodes/Odin/model/desired';
import { createBody, updateBody } from '../../../nodes/Odin/model/requestBody';
import { userModel } from '../../../nodes/Odin/resources/user/model';
import { asked, everyKind } from './everyKind';
import { counted, creatable, deepFreeze, someOf } from './fieldValues';
import type { JsonObject } from '../../../nodes/Odin/values/json';
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
	['+15135551000', '5135551000', undefined, true],
	['+1 (513) 555-1000', '5135551000', undefined, true],
	['+15135551000', '5551000', undefined, false],
	['+44-5135551000', '5135551000', '1', false],
	['+1-5135551000', '5135551001', undefined, false],
	['+1-5135551000', '135551000', undefined, false],
	['15135551000', '5135551000', undefined, true],
	['15135551000', '513555100', undefined, false],
	['5135551000', '135551000', undefined, false],
	['+1-5135551000', '', undefined, false],
	['+44-207946000', '4207946000', undefined, false],
	['+3545551000', '5551000', undefined, true],
	['+15135551000', '(513) 555-1000', undefined, true],
	['private', 'unknown', undefined, false],
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

describe('what is compared', () => {
	it('is what was named, a field by its kind and a key that nobody knows by its value', () => {
		const named = asked(
			{ note: '7', calls: 5, tone: 'soft', authenticate: true, restart: true, sipPassword: 'x' },
			{ same: 1, other: 1, unset: null, cleared: null, absent: null, unseen: 1 },
		);
		const profile = { note: 7, calls: 6, same: '1', other: 2, unset: '', cleared: 3, extra: 4 };
		expect(compareWithProfile(everyKind, named, profile)).toEqual({
			differences: [
				{ field: 'calls', wanted: 5, stored: 6 },
				{ field: 'authenticate', wanted: true, stored: null },
				{ field: 'other', wanted: 1, stored: 2 },
				{ field: 'cleared', wanted: null, stored: 3 },
			],
			incomparable: ['restart', 'unseen'],
		});
	});

	it('is a number with its country code where the field is a phone number, and no other text', () => {
		const [wanted, stored] = ['+15135551000', '5135551000'];
		const differing = (countryCode: unknown) => {
			const named = asked({ phoneNumber: wanted, note: wanted }, { further: wanted });
			const profile = { phoneNumber: stored, note: stored, further: stored, countryCode };
			return compareWithProfile(everyKind, named, profile).differences.map(({ field }) => field);
		};
		expect(differing(1)).toEqual(['note', 'further']);
		expect(differing('44')).toEqual(['phoneNumber', 'note', 'further']);
	});
});

describe('what a profile shows of a request', () => {
	it.each<[JsonObject, Record<string, unknown>, Array<[string, ...unknown[]]> | 'not told']>([
		[{ lineId: 'A  b', serviceProviderId: 'x', groupId: 'y' }, { lineId: 'a b' }, []],
		[{ calls: 5, note: 's' }, { calls: '5', note: 's' }, []],
		[{ calls: 5, note: 's' }, { calls: 6, note: 's' }, [['calls', 5, 6]]],
		[{ note: 's' }, {}, [['note', 's', null]]],
		[{ note: null }, {}, []],
		[{ place: { room: 'u' } }, { room: 'v' }, [['place', { room: 'u' }, { room: 'v' }]]],
		[{ phoneNumber: '+15135551000' }, { phoneNumber: 5135551000, countryCode: 1 }, []],
		[{ further: 1 }, { further: 2 }, [['further', 1, 2]]],
		[{ calls: 5, note: 's' }, { note: 's' }, 'not told'],
		[{ tone: 'loud' }, {}, 'not told'],
		[{ tone: 'loud' }, { tone: null }, [['tone', 'loud', null]]],
		[{ restart: true }, { restart: false }, 'not told'],
		[{ sipPassword: 'S3cret!' }, { sipPassword: '***' }, 'not told'],
		[{ further: 1 }, {}, 'not told'],
	])('of %j shown as %j is what differs, if it tells: %j', (body, profile, shown) => {
		const isTold = shown !== 'not told';
		expect(tellsOfAll(everyKind, body, deepFreeze(profile))).toBe(isTold);
		expect(notShown(everyKind, body, deepFreeze(profile))).toEqual(
			isTold ? shown.map(([field, wanted, stored]) => ({ field, wanted, stored })) : [],
		);
	});
});
