import { Failure } from '../processes/failure';

const UNRELEASED = '## Unreleased';
const RELEASED = /^## (?<version>\d+\.\d+\.\d+) - (?<date>\d{4}-\d{2}-\d{2})$/;

export interface ReleasedSection {
	version: string;
	date: string;
	body: string;
}

/** The sections of the changelog as they stand in it, each with its heading; what comes before the first is left out. */
const sections = (changelog: string): string[] =>
	changelog.split(/^(?=## )/m).filter((part) => part.startsWith('## '));

const headingOf = (section: string): string => section.split('\n', 1)[0] ?? '';

const bodyOf = (section: string): string => section.slice(headingOf(section).length).trim();

/** What the next release will bring: empty when nothing stands there. */
export function unreleasedChanges(changelog: string): string {
	const section = sections(changelog).find((candidate) => headingOf(candidate) === UNRELEASED);
	if (section === undefined) throw new Failure(`CHANGELOG.md has no section '${UNRELEASED}'`);
	return bodyOf(section);
}

/** The releases in the order of the changelog. A heading of any other form is refused. */
export function releasedSections(changelog: string): ReleasedSection[] {
	const released = sections(changelog).filter((section) => headingOf(section) !== UNRELEASED);
	return released.map((section) => {
		const { version, date } = RELEASED.exec(headingOf(section))?.groups ?? {};
		if (version === undefined || date === undefined) {
			throw new Failure(`CHANGELOG.md: '${headingOf(section)}' is not '## X.Y.Z - YYYY-MM-DD'`);
		}
		return { version, date, body: bodyOf(section) };
	});
}

/** The changelog with the unreleased changes under the version, and an empty place for the next ones. */
export function withRelease(changelog: string, version: string, date: string): string {
	return changelog.replace(
		new RegExp(`^${UNRELEASED}$`, 'm'),
		`${UNRELEASED}\n\n## ${version} - ${date}`,
	);
}
