import fc from 'fast-check';
import { compareWithProfile } from '../../../nodes/Odin/model/diff';
import { exportProfile } from '../../../nodes/Odin/model/export';
import { createBody, unwritable } from '../../../nodes/Odin/model/requestBody';
import { creatable, deepFreeze, someOf } from './fieldValues';
import { desiredFrom, key, profileAfter } from './profiles';

const clone = { ...key, groupId: 'acme-branch', name: 'acme-sbc-2' };

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

test.each([
	['Sales', 'Sales'],
	[1001, '1001'],
])('a department that Odin shows by its name alone, %j, is one of the group', (shown, name) => {
	const exported = exportProfile({ ...key, department: shown });
	const desired = desiredFrom(exported, clone);
	expect(desired.issues).toEqual([]);
	expect(createBody(clone, desired)).toMatchObject({
		department: { serviceProviderId: 'acme-ent', groupId: 'acme-branch', name },
	});
});
