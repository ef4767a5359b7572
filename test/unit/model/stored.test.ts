import { completed } from '../../../nodes/Odin/model/stored';
import { deepFreeze } from './fieldValues';
import { everyKind } from './everyKind';

describe('a profile that shows parts of an object at its top', () => {
	it.each<[Record<string, unknown>, Record<string, unknown>]>([
		[{ loginName: 'u' }, { login: { userName: 'u' } }],
		[{ loginName: 'u', login: 'text' }, { login: { userName: 'u' } }],
		[
			{ loginName: 'u', loginRealm: 0, room: '7' },
			{ login: { userName: 'u', realm: 0 }, place: { room: '7' } },
		],
		// What stands inside counts, unless it is blank.
		[
			{ loginName: 'u', login: { userName: 'v', realm: 'r' } },
			{ login: { userName: 'v', realm: 'r' } },
		],
		[
			{ loginName: 'u', login: { userName: ' ', realm: null, further: 1 } },
			{ login: { userName: 'u', further: 1 } },
		],
	])('%j has %j too', (profile, objects) => {
		expect(completed(everyKind, deepFreeze(profile))).toEqual({ ...profile, ...objects });
	});

	it.each([{}, { note: 'n' }, { loginName: ' ', login: { userName: '' } }, { login: null }])(
		'%j is complete as it is',
		(profile) => {
			expect(completed(everyKind, profile)).toBe(profile);
		},
	);
});
