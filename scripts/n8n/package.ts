/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { Failure } from '../processes/failure';
import { runNpm } from '../processes/npm';
import type { Session } from '../processes/session';

export async function buildPackage(session: Session, checkout: string): Promise<void> {
	await runNpm(session, {
		args: ['run', 'build', '--silent'],
		cwd: checkout,
		explain: () => 'The node does not build. The last lines of npm run build:',
	});
}

/** Packs what would be published. Returns the path of the tarball in `folder`. */
export async function packPackage(
	session: Session,
	checkout: string,
	folder: string,
): Promise<string> {
	await runNpm(session, {
		args: ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder],
		cwd: checkout,
		explain: () => 'The package could not be packed. The last lines of npm pack:',
	});
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Failure('npm pack left no tarball behind');
	return join(folder, tarball);
}

/**
 * Unpacks the tarball where n8n looks for community nodes, as n8n's own installer does. The rest of that
 * installer, npm install, would have nothing to do: community nodes may not have dependencies.
 */
export async function unpackPackage(tarball: string, n8nUserFolder: string): Promise<void> {
	const target = join(n8nUserFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-odin');
	await mkdir(target, { recursive: true });
	await extract({ file: tarball, cwd: target, strip: 1 });

	const manifestFile = join(target, 'package.json');
	const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as Record<string, unknown>;
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
}
