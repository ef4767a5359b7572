import { issuesText } from '../../../nodes/Odin/values/issues';

test.each([
	[{ label: 'Name', reason: 'is needed' }, "'Name' is needed"],
	[{ label: '', reason: 'The row is empty' }, 'The row is empty'],
	[
		{ label: 'prefix', reason: 'is too long', inPayload: true as const },
		"'prefix' in 'Further Fields (JSON)' is too long",
	],
	[{ label: 'Name', reason: 'is needed', column: 'NAME ' }, "'Name' is needed"],
	[{ label: 'Name', reason: 'is needed', column: 'Trunk' }, "'Name' in column 'Trunk' is needed"],
])('%j reads: %s', (issue, text) => {
	expect(issuesText([issue])).toBe(text);
});

test('of many the first twenty are said and the others counted', () => {
	const issues = Array.from({ length: 22 }, (_, at) => ({ label: `f${at}`, reason: 'is wrong' }));
	expect(issuesText(issues.slice(0, 20))).toMatch(/^'f0' is wrong; .*; 'f19' is wrong$/);
	expect(issuesText(issues)).toMatch(/; 'f19' is wrong; and 2 more$/);
});
