import { keyNames, namesMeant } from '../../../nodes/Odin/model/keyNames';
import { lineModel } from './lineModel';

test('fields and objects are known by the names that the form has for them', () => {
	const { entries } = keyNames({ ...lineModel });
	expect([...entries].map(([name, field]) => `${name}: ${field.name}`).join(', ')).toBe(
		'heading: title, siteGroupId: site, siteName: site, loginName: credentials, loginPin: credentials, town: place',
	);
});

test.each<[string, string[]]>([
	['TITLE', ['title']],
	['line-title', ['title']],
	['Heading ', ['heading']],
	['is_open', ['isOpen']],
	['open', ['isOpen']],
	['Site Name', ['siteName']],
	// The label of the object, and that of its name, which the form shows
	['location', ['siteName']],
	['Site\u00a0Group', ['siteGroupId']],
	['log in', ['credentials']],
	['Pin', ['loginPin']],
	['realm', []],
	['', []],
])('%j means %j', (key, meant) => {
	expect(namesMeant({ ...lineModel }, key)).toEqual(meant);
});
