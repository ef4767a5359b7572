import { nextVersion } from '../../scripts/release/version';

const versions = { current: '0.9.0', released: ['0.9.0', '0.8.1'] };

test.each([
	['patch', '0.9.1'],
	['minor', '0.10.0'],
	['major', '1.0.0'],
	['0.10.0', '0.10.0'],
])('%s gives %s', (wanted, version) => {
	expect(nextVersion(wanted, versions)).toBe(version);
});

test.each([
	['0.8.9', '0.8.9 is lower than 0.9.0'],
	['0.9.0', '0.9.0 is not higher than 0.9.0, which was released'],
	['1.0.0-beta.1', 'none of patch, minor, major'],
	['v1.0.0', 'none of patch, minor, major'],
	['01.0.0', 'none of patch, minor, major'],
	['prepatch', 'none of patch, minor, major'],
])('%s is refused', (wanted, words) => {
	expect(() => nextVersion(wanted, versions)).toThrow(words);
});

test('a release that only a tag or the changelog knows is not made again', () => {
	const ahead = { current: '0.9.0', released: ['0.10.0'] };
	expect(() => nextVersion('minor', ahead)).toThrow('0.10.0 is not higher than 0.10.0');
});
