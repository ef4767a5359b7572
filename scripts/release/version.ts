import semver from 'semver';
import { Failure } from '../processes/failure';

const STEPS = ['patch', 'minor', 'major'] as const;

export interface Versions {
	/** The one in package.json */
	current: string;
	released: string[];
}

/**
 * The version of the next release. The one in package.json itself can be named as long as it was never released;
 * pre-releases are refused, since n8n installs what npm calls the latest version.
 *
 * @param wanted patch, minor, major, or the version itself
 */
export function nextVersion(wanted: string, { current, released }: Versions): string {
	const step = STEPS.find((name) => name === wanted);
	const version = step === undefined ? wanted : semver.inc(current, step);
	if (version === null || !/^\d+\.\d+\.\d+$/.test(version) || semver.valid(version) === null) {
		throw new Failure(`'${wanted}' is none of patch, minor, major, and no version such as 1.2.3`);
	}
	if (semver.lt(version, current)) {
		throw new Failure(`${version} is lower than ${current}, the version in package.json`);
	}
	const newest = semver.rsort([...released])[0];
	if (newest !== undefined && semver.lte(version, newest)) {
		throw new Failure(`${version} is not higher than ${newest}, which was released`);
	}
	return version;
}
