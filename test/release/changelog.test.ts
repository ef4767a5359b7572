import { releasedSections, unreleasedChanges, withRelease } from '../../scripts/release/changelog';
import { CHANGELOG } from './temporaryRepository';

test('what is not released yet, and what is', () => {
	expect(unreleasedChanges(CHANGELOG)).toBe('### Added\n\n- Something new.');
	expect(releasedSections(CHANGELOG)).toEqual([
		{ version: '0.1.0', date: '2026-01-31', body: '### Added\n\n- The first release.' },
	]);
});

test('after a release the next changes have an empty place', () => {
	const released = withRelease(CHANGELOG, '0.2.0', '2026-03-01');
	expect(unreleasedChanges(released)).toBe('');
	expect(releasedSections(released)[0]).toEqual({
		version: '0.2.0',
		date: '2026-03-01',
		body: '### Added\n\n- Something new.',
	});
});

test('headings of another form are refused', () => {
	expect(() => unreleasedChanges('# Changelog\n')).toThrow("no section '## Unreleased'");
	expect(() => releasedSections('## 0.1 - 2026-01-31\n')).toThrow(
		"'## 0.1 - 2026-01-31' is not '## X.Y.Z - YYYY-MM-DD'",
	);
});
