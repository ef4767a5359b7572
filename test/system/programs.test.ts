/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram, type Machine } from '../../scripts/system/programs';

let folder: string;
let machine: Machine;
let said: string[];

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-odin-programs-'));
	said = [];
	machine = {
		env: { PATH: folder },
		isRoot: true,
		postgresql: join(folder, 'postgresql'),
		servicePolicy: join(folder, 'policy-rc.d'),
		say: (line) => said.push(line),
	};
});

afterEach(async () => await rm(folder, { recursive: true }));

async function writeProgram(path: string, script = ''): Promise<string> {
	await writeFile(path, `#!/bin/sh\n${script}\n`);
	await chmod(path, 0o755);
	return path;
}

const browser = {
	names: ['chromium', 'chrome'],
	debianPackage: 'chromium-package',
	purpose: 'looking',
	variable: 'BROWSER',
};

describe('A program that tests need', () => {
	it('is found on PATH under any of its names, the preferred one first', async () => {
		const chrome = await writeProgram(join(folder, 'chrome'));
		expect(await requireProgram(browser, machine)).toBe(chrome);
		const chromium = await writeProgram(join(folder, 'chromium'));
		expect(await requireProgram(browser, machine)).toBe(chromium);
	});

	it('is not a folder or a document of that name', async () => {
		await mkdir(join(folder, 'chromium'));
		await writeFile(join(folder, 'chrome'), '', { mode: 0o644 });
		await expect(requireProgram(browser, machine)).rejects.toThrow('not on PATH');
	});

	it('is the newest where Debian keeps several versions', async () => {
		for (const version of ['9', '15']) {
			const bin = join(machine.postgresql, version, 'bin');
			await mkdir(bin, { recursive: true });
			await writeProgram(join(bin, 'initdb'));
		}
		const database = { ...browser, names: ['initdb'], debianPackage: 'postgresql' };
		const newest = join(machine.postgresql, '15', 'bin', 'initdb');
		expect(await requireProgram(database, machine)).toBe(newest);
	});

	it('is taken from the place that a variable names, or refused', async () => {
		await writeProgram(join(folder, 'chromium'));
		machine.env.BROWSER = await writeProgram(join(folder, 'other'));
		expect(await requireProgram(browser, machine)).toBe(machine.env.BROWSER);
		machine.env.BROWSER = join(folder, 'othr');
		await expect(requireProgram(browser, machine)).rejects.toThrow(/^BROWSER is .*othr, which/);
	});

	it('is installed by apt-get as root, without questions and extras', async () => {
		const log = join(folder, 'log');
		await writeProgram(
			join(folder, 'apt-get'),
			`echo "$DEBIAN_FRONTEND $*" >> ${log}
			case "$*" in *install*) echo > ${folder}/chromium; /bin/chmod 755 ${folder}/chromium;; esac`,
		);
		expect(await requireProgram(browser, machine)).toBe(join(folder, 'chromium'));
		expect(said).toEqual([
			'Installing the Debian package chromium-package with apt-get, for looking …',
		]);
		const [update, install] = (await readFile(log, 'utf8')).split('\n');
		expect(update).toMatch(/^noninteractive .* update$/);
		expect(install).toMatch(/^noninteractive .* install --no-install-recommends chromium-package$/);
	});

	it('is installed without its services being started, by the policy that was there before', async () => {
		const log = join(folder, 'log');
		await writeProgram(
			join(folder, 'apt-get'),
			`case "$*" in *install*) ${machine.servicePolicy}; echo "$?" >> ${log}; exit 1;; esac`,
		);
		await expect(requireProgram(browser, machine)).rejects.toThrow();
		await expect(readFile(machine.servicePolicy)).rejects.toThrow('ENOENT');
		await writeProgram(machine.servicePolicy, 'exit 104');
		await expect(requireProgram(browser, machine)).rejects.toThrow();
		expect(await readFile(log, 'utf8')).toBe('101\n104\n');
		expect(await readFile(machine.servicePolicy, 'utf8')).toContain('exit 104');
	});

	it('is asked for in plain words where it cannot be installed', async () => {
		await writeProgram(join(folder, 'apt-get'), `echo "$*" > ${folder}/log`);
		await expect(requireProgram(browser, { ...machine, isRoot: false })).rejects.toThrow(
			'The program chromium or chrome is needed for looking, and not on PATH. Please install it, ' +
				'on Debian with: apt-get install chromium-package, or name its path in BROWSER',
		);
		await expect(readFile(join(folder, 'log'))).rejects.toThrow('ENOENT');
	});

	it('is asked for with the words of apt-get where that refuses', async () => {
		await writeProgram(join(folder, 'apt-get'), 'echo "Unable to locate package" >&2; exit 100');
		await expect(requireProgram(browser, machine)).rejects.toThrow(
			'apt-get could not install chromium-package. Unable to locate package',
		);
	});
});
