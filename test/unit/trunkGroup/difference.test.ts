import fc from 'fast-check';
import { TRUNK_GROUP_FIELDS } from '../../../nodes/Odin/trunkGroup/catalogue';
import { parsePayload, readDesired } from '../../../nodes/Odin/trunkGroup/desired';
import { compareWithProfile, exportProfile } from '../../../nodes/Odin/trunkGroup/difference';
import type { JsonObject } from '../../../nodes/Odin/trunkGroup/json';
import { createBody, unwritable, updateBody } from '../../../nodes/Odin/trunkGroup/payload';
import { asOdinReturns, creatable, deepFreeze, someOf } from './fieldValues';

const key = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'acme-sbc-1' };
const clone = { ...key, groupId: 'acme-branch', name: 'acme-sbc-2' };

const desiredFrom = (payload: unknown, group = key) =>
	readDesired({ entries: {}, payload: parsePayload(payload), group });

/** The profile that Odin shows after this body was posted, with what only Odin sets. */
function profileAfter(body: JsonObject): JsonObject {
	const shown = Object.entries(body).filter(
		([name]) => TRUNK_GROUP_FIELDS.find((field) => field.name === name)?.readable,
	);
	const ofOdin = { trunkGroupState: 'Available', totalActiveIncomingCalls: 3 };
	return deepFreeze({
		...(asOdinReturns(Object.fromEntries(shown)) as JsonObject),
		...key,
		...ofOdin,
	});
}

const readable = creatable.filter((field) => field.readable);

test('what was created as asked is in sync with what was asked', () => {
	fc.assert(
		fc.property(someOf(creatable), (payload) => {
			const desired = desiredFrom(payload);
			const { differences } = compareWithProfile(desired, profileAfter(createBody(key, desired)));
			expect(differences).toEqual([]);
		}),
	);
});

test('fields that no profile shows are named instead of compared, passwords not even that', () => {
	const payload = { pilotUserNetworkClassOfService: 'NCOS', sipAuthenticationPassword: 'S3cret!' };
	expect(compareWithProfile(desiredFrom(payload), {})).toEqual({
		differences: [],
		incomparable: ['pilotUserNetworkClassOfService'],
	});
});

test('keys that every object of JavaScript has are no more in a profile than any other', () => {
	const payload = { constructor: 'x', toString: 1, valueOf: null, hasOwnProperty: [] };
	expect(compareWithProfile(desiredFrom(payload), key)).toEqual({
		differences: [],
		incomparable: ['constructor', 'toString', 'hasOwnProperty'],
	});
});

test('each field that Odin stores otherwise is a difference, with what was asked and what is there', () => {
	fc.assert(
		fc.property(someOf(readable), someOf(readable), (asked, stored) => {
			const { differences } = compareWithProfile(desiredFrom(asked), deepFreeze(stored));
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

test('an export is taken as Payload by create and update, is in sync with its profile, and holds no key, secret or users', () => {
	fc.assert(
		fc.property(someOf(creatable), (payload) => {
			const profile = profileAfter(createBody(key, desiredFrom(payload)));
			const exported = deepFreeze(exportProfile(profile));
			const desired = desiredFrom(exported);
			expect(desired).toMatchObject({ issues: [], readOnlyKeys: [] });
			expect([...unwritable(desired, 'create'), ...unwritable(desired, 'update')]).toEqual([]);
			expect(compareWithProfile(desired, profile).differences).toEqual([]);
			const never = [...Object.keys(key), 'users', 'sipAuthenticationPassword', 'trunkGroupState'];
			expect(Object.keys(exported).filter((name) => never.includes(name))).toEqual([]);
		}),
	);
});

test('an exported department of the own group holds in another group', () => {
	const department = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'Sales' };
	const exported = exportProfile({ ...key, department });
	expect(createBody(clone, desiredFrom(exported, clone))).toMatchObject({
		department: { serviceProviderId: 'acme-ent', groupId: 'acme-branch', name: 'Sales' },
	});
	const ofEnterprise = { serviceProviderId: 'acme-ent', name: 'Sales' };
	expect(exportProfile({ ...key, department: ofEnterprise })).toEqual({ department: ofEnterprise });
});

test('an update sends what was named and nothing else', () => {
	fc.assert(
		fc.property(someOf(creatable), fc.subarray(['peeringDomain', 'prefix']), (payload, cleared) => {
			const named = { ...payload, ...Object.fromEntries(cleared.map((name) => [name, null])) };
			expect(updateBody(desiredFrom({ ...named, ...key }))).toEqual(named);
		}),
	);
});
