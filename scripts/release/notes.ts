/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Failure } from '../processes/failure';
import { releasedSections } from './changelog';
import { readManifest, tagOf } from './release';

const USAGE = `Usage: npm run --silent release:notes -- <tag> [<address of the repository>]

Prints what the changelog says of the release that the tag names. Fails when the tag is not the one of the version in
package.json, when the changelog has no dated section for it, or when package.json names another repository.`;

/** As npm compares the two for the provenance: without the protocol's prefix and the ending. */
const plainAddress = (url: string): string =>
	url
		.replace(/^git\+/, '')
		.replace(/\.git$/, '')
		.toLowerCase();

async function releaseNotes(checkout: string, tag: string, repository?: string): Promise<string> {
	const manifest = await readManifest(checkout);
	if (tag !== tagOf(manifest.version)) {
		throw new Failure(`The tag is ${tag}, but the version in package.json is ${manifest.version}`);
	}
	const named = manifest.repository.url;
	if (repository !== undefined && plainAddress(named) !== plainAddress(repository)) {
		throw new Failure(
			`package.json names the repository ${named}, but this is ${repository}: npm would refuse the provenance`,
		);
	}
	const changelog = await readFile(join(checkout, 'CHANGELOG.md'), 'utf8');
	const section = releasedSections(changelog).find(({ version }) => tagOf(version) === tag);
	if (section === undefined) {
		throw new Failure(`CHANGELOG.md has no section '## ${manifest.version} - YYYY-MM-DD'`);
	}
	return section.body;
}

async function main([tag, repository, ...others]: string[]): Promise<void> {
	if (tag === undefined || others.length > 0) throw new Failure(USAGE);
	console.log(await releaseNotes(resolve(__dirname, '..', '..'), tag, repository));
}

main(process.argv.slice(2)).catch((reason: unknown) => {
	if (!(reason instanceof Failure)) throw reason;
	console.error(reason.message);
	process.exitCode = 1;
});
