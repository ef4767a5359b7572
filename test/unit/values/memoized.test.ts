import { memoized } from '../../../nodes/Odin/values/memoized';

describe('a memoized function', () => {
	const counted = () => {
		const asked: string[] = [];
		const lengthOf = memoized((name) => {
			asked.push(name);
			return name === '' ? undefined : name.length;
		});
		return { asked, lengthOf };
	};

	it('looks at each name once, also where its result is nothing', () => {
		const { asked, lengthOf } = counted();
		const names = ['sbc', '', 'sbc', '', 'x'.repeat(60), 'x'.repeat(60)];
		expect(names.map(lengthOf)).toEqual([3, undefined, 3, undefined, 60, 60]);
		expect(asked).toEqual(['sbc', '', 'x'.repeat(60)]);
	});

	it('keeps neither long names nor more than a thousand', () => {
		const { asked, lengthOf } = counted();
		const long = 'x'.repeat(61);
		expect([lengthOf(long), lengthOf(long)]).toEqual([61, 61]);
		expect(asked.splice(0)).toEqual([long, long]);
		const names = Array.from({ length: 1001 }, (_, number) => `field${number}`);
		for (const name of [...names, ...names]) expect(lengthOf(name)).toBe(name.length);
		expect(asked).toEqual([...names, names.at(-1)]);
	});
});
