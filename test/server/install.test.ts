/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { n8nEnvironment, type N8nSettings } from '../../scripts/n8n/environment';
import { importCredential, setUpOwner, testCredential } from '../../scripts/n8n/import';
import { prepareInstallation, type Installation } from '../../scripts/n8n/installation';
import { packPackage } from '../../scripts/n8n/package';
import { builtPackage } from '../engine/harness/builtPackage';
import { N8nApi } from '../../scripts/n8n/rest';
import { startN8n, type RunningN8n } from '../../scripts/n8n/server';
import { findFreePorts } from '../../scripts/processes/ports';
import { Session } from '../../scripts/processes/session';
import { startSimulator } from '../../simulator';
import { commandsIn } from '../gates/documents';

const session = new Session();
const surroundings = { ...process.env };

afterAll(async () => {
	process.env = surroundings;
	await session.end();
});

/** An npm that knows this package from its tarball; everything else it leaves to the real one, which stays offline. */
function npmThatKnows(tarball: string, folder: string): string {
	const programs = join(folder, 'programs');
	mkdirSync(programs);
	const version = /(\d+\.\d+\.\d+)\.tgz$/.exec(tarball)?.[1];
	const program = `#!/bin/sh
case "$1" in
	view) echo '"${version}"' ;;
	pack) cp '${tarball}' . && echo '${basename(tarball)}' ;;
	*) PATH='${process.env.PATH}' exec npm "$@" --offline ;;
esac
`;
	writeFileSync(join(programs, 'npm'), program, { mode: 0o755 });
	return programs;
}

interface InstalledPackage {
	packageName: string;
	installedNodes: Array<{ name: string; type: string }>;
	failedLoading?: boolean;
}

let folder: string;
let settings: N8nSettings;
let installation: Installation;
let n8n: RunningN8n;
/** Logged in to one n8n and the next: they have the same port, and the same key in their folder. */
let api: N8nApi;

const start = async (further: Partial<N8nSettings> = {}) =>
	await session.within(startN8n(session, installation, { ...settings, ...further }));

beforeAll(async () => {
	folder = mkdtempSync(join(realpathSync(tmpdir()), 'n8n-nodes-odin-test-'));
	session.onEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	const tarball = await packPackage(session, builtPackage(), folder);
	process.env.PATH = [npmThatKnows(tarball, folder), process.env.PATH].join(delimiter);
	// n8n asks the registry itself before npm; nothing answers here, and it goes on with npm.
	process.env.HTTPS_PROXY = 'http://127.0.0.1:9';
	process.env.NO_PROXY = '127.0.0.1';
	const [port = 0, brokerPort = 0] = await findFreePorts(2);
	settings = { userFolder: folder, port, brokerPort, useProxies: true };
	installation = await prepareInstallation(session, () => {});
});

async function expectToWork(): Promise<void> {
	const [listed] = await api.get<InstalledPackage[]>('/community-packages');
	expect(listed).toMatchObject({ packageName: 'n8n-nodes-odin' });
	expect(listed?.failedLoading).not.toBe(true);

	const { baseUrl, username, password, close } = await startSimulator();
	session.onEnd(close);
	const credential = { baseUrl, username, password, allowUnauthorizedCerts: false };
	await testCredential(api, await importCredential(api, credential), credential);
}

test('n8n installs the package from its settings and works with it at once', async () => {
	expect(n8nEnvironment(settings)).toMatchObject({ N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' });
	n8n = await start();
	api = new N8nApi(n8n.url);
	await setUpOwner(api);
	expect(await api.get('/community-packages')).toEqual([]);

	const installed = await api.post<InstalledPackage>('/community-packages', {
		name: 'n8n-nodes-odin',
	});
	expect(installed).toMatchObject({
		packageName: 'n8n-nodes-odin',
		installedNodes: expect.arrayContaining([
			expect.objectContaining({ name: 'Odin', type: 'n8n-nodes-odin.odin' }),
			expect.objectContaining({ name: 'Odin Trigger', type: 'n8n-nodes-odin.odinTrigger' }),
		]) as unknown,
	});
	await expectToWork();
});

test('an n8n that comes up without the package fetches it where that is set', async () => {
	await n8n.stop();
	rmSync(join(folder, '.n8n/nodes'), { recursive: true });
	const reinstalling = { reinstallMissing: true };
	expect(n8nEnvironment({ ...settings, ...reinstalling })).toMatchObject({
		N8N_REINSTALL_MISSING_PACKAGES: 'true',
	});
	n8n = await start(reinstalling);
	await expectToWork();
});

test('n8n finds a package that was unpacked as the README says', async () => {
	const home = join(folder, 'home');
	mkdirSync(home);
	const { commands } = await commandsIn('README.md');
	const lines = commands.map(({ command }) => command);
	const from = lines.findIndex((line) => line.startsWith('npm pack'));
	for (const line of lines.slice(from, from + 3)) {
		const env = { ...surroundings, HOME: home };
		execFileSync('bash', ['-c', line], { cwd: builtPackage(), env, stdio: 'pipe' });
	}
	const list = join(home, 'nodes.json');
	execFileSync(installation.node, [installation.n8n, 'export:nodes', `--output=${list}`], {
		env: n8nEnvironment({ ...settings, userFolder: home }),
		stdio: 'ignore',
	});
	const types = (JSON.parse(readFileSync(list, 'utf8')) as Array<{ name: string }>).map(
		({ name }) => name,
	);
	expect(types).toEqual(expect.arrayContaining(['n8n-nodes-odin.odin', 'n8n-nodes-odin.odinTool']));
});
