import fc from 'fast-check';
import { compareWithProfile } from '../../../nodes/Odin/model/diff';
import { exportProfile, isExported } from '../../../nodes/Odin/model/export';
import { createBody, unwritable } from '../../../nodes/Odin/model/requestBody';
import { creatable, deepFreeze, someOf } from './fieldValues';
import { everyKind } from './everyKind';
import { desiredFrom, key, keyFields, model, profileAfter } from './profiles';

const clone = { ...key, groupId: 'acme-branch', id: 'acme-sbc-2' };

test('an export is taken as Payload by create and update, is in sync with its profile, and holds no key, secret or users', () => {
	fc.assert(
		fc.property(someOf(creatable), (payload) => {
			const profile = profileAfter(createBody(model, key, desiredFrom(payload)));
			const exported = deepFreeze(exportProfile(model, profile));
			const desired = desiredFrom(exported);
			expect(desired).toMatchObject({ issues: [], readOnlyKeys: [] });
			expect([
				...unwritable(model, desired, 'create'),
				...unwritable(model, desired, 'update'),
			]).toEqual([]);
			expect(compareWithProfile(model, desired, profile).differences).toEqual([]);
			const never = [
				...Object.keys(keyFields),
				'users',
				'sipAuthenticationPassword',
				'trunkGroupState',
			];
			expect(Object.keys(exported).filter((name) => never.includes(name))).toEqual([]);
		}),
	);
});

test('an exported department of the own group holds in another group', () => {
	const department = { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 'Sales' };
	const exported = exportProfile(model, { ...keyFields, department });
	expect(createBody(model, clone, desiredFrom(exported, { key: clone }))).toMatchObject({
		department: { serviceProviderId: 'acme-ent', groupId: 'acme-branch', name: 'Sales' },
	});
	const ofEnterprise = { serviceProviderId: 'acme-ent', name: 'Sales' };
	expect(exportProfile(model, { ...keyFields, department: ofEnterprise })).toEqual({
		department: ofEnterprise,
	});
});

test.each([
	['Sales', 'Sales'],
	[1001, '1001'],
])('a department that Odin shows by its name alone, %j, is one of the group', (shown, name) => {
	const exported = exportProfile(model, { ...keyFields, department: shown });
	const desired = desiredFrom(exported, { key: clone });
	expect(desired.issues).toEqual([]);
	expect(createBody(model, clone, desired)).toMatchObject({
		department: { serviceProviderId: 'acme-ent', groupId: 'acme-branch', name },
	});
});

test('numbers that are text, and texts that are numbers or switches, are what they should be, in objects too', () => {
	const stored = {
		...keyFields,
		prefix: 99,
		maxActiveCalls: '5',
		enableBursting: 'FALSE',
		accessDevice: { deviceName: 7, deviceLevel: 'Group' },
		capacityExceededRerouteTrunkGroupKey: { serviceProviderId: 1, groupId: 'acme-hq', name: 12 },
		peeringDomain: '',
		users: [{ userId: 1 }],
	};
	expect(exportProfile(model, stored)).toEqual({
		prefix: '99',
		maxActiveCalls: 5,
		enableBursting: false,
		accessDevice: { deviceName: '7', deviceLevel: 'Group' },
		capacityExceededRerouteTrunkGroupKey: {
			serviceProviderId: '1',
			groupId: 'acme-hq',
			name: '12',
		},
	});
});

describe('a profile with a field of each kind', () => {
	test('leaves out the key, records, what a create does not take and what nobody reads again', () => {
		const names = everyKind.fields.all.filter((field) => isExported(everyKind, field));
		expect(names.map(({ name }) => name).join(' ')).toBe(
			'kind note macAddress phoneNumber calls codes extras forward forwardTo quiet tone site ownLogin login device place contact authenticate',
		);
	});

	test.each([
		['note', 99, '99'],
		['note', true, true],
		['note', { en: 'a' }, { en: 'a' }],
		['macAddress', 1122334455, '001122334455'],
		['calls', '10', '10'],
		['calls', 'unlimited', 'unlimited'],
		['quiet', 'TRUE', true],
		['extras', 7, 7],
		['extras', { list: [1, 'a'] }, { list: [1, 'a'] }],
		['extras', [1, 2], [1, 2]],
		['codes', [404, '503', null], ['404', '503', null]],
		['codes', 404, 404],
		['contact', { a: 1, b: '2' }, { a: 1, b: '2' }],
		['site', { serviceProviderId: 'acme-ent', groupId: 'acme-hq', name: 1 }, { name: '1' }],
		['site', { groupId: 'acme-hq', size: 2 }, { groupId: 'acme-hq', size: 2 }],
		['site', { groupId: 'branch', name: 'HQ' }, { groupId: 'branch', name: 'HQ' }],
		['site', 7, { name: '7' }],
		[
			'login',
			{ userName: 7, status: 'Online', pin: '1', further: 2 },
			{ userName: '7', further: 2 },
		],
	])('shows %s %j, exported as %j', (name, stored, exported) => {
		const profile = deepFreeze({ ...keyFields, [name]: stored });
		expect(exportProfile(everyKind, profile)).toStrictEqual({ [name]: exported });
	});
});
