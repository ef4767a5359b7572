import { impossible } from '../../../nodes/Odin/transport/subject';

describe('a request that was not sent', () => {
	it.each([
		["create trunk group 'a' in group 'g'", "trunk group 'a' in group 'g' could not be created"],
		['assign 5 numbers to group "g"', '5 numbers could not be assigned to group "g"'],
		["unassign +1-1 from group 'from g'", "+1-1 could not be unassigned from group 'from g'"],
		[
			"take user 'off duty' off the trunk group",
			"user 'off duty' could not be taken off the trunk group",
		],
		['search the system for number 1', 'the system could not be searched for number 1'],
		["read user 'made for you'", "user 'made for you' could not be read"],
	])('%s', (purpose, text) => {
		expect(impossible(purpose)).toBe(text);
	});
});
