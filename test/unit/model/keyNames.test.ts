import { keyNames, namesMeant } from '../../../nodes/Odin/model/keyNames';
import { everyKind } from './everyKind';

test('fields and objects are known by the names that the form has for them', () => {
	const { entries } = keyNames({ ...everyKind });
	expect([...entries].map(([name, field]) => `${name}: ${field.name}`).join(', ')).toBe(
		'remark: note, siteGroupId: site, siteName: site, loginName: login, loginRealm: login, loginAttempts: login, loginPassword: login, deviceId: device, devicePort: device, placeFloor: place, placeRoom: place',
	);
});

test.each<[string, string[]]>([
	['NOTE', ['note']],
	['line-note', ['note']],
	['Remark ', ['remark']],
	['phone_number', ['phoneNumber']],
	['phone', ['phoneNumber']],
	['Site Name', ['siteName']],
	// The label of the object, and that of its name, which the form shows
	['location', ['siteName']],
	['Site\u00a0Group', ['siteGroupId']],
	['access device', ['device']],
	['Domain ', ['loginRealm']],
	['building', []],
	['', []],
])('%j means %j', (key, meant) => {
	expect(namesMeant({ ...everyKind }, key)).toEqual(meant);
});
