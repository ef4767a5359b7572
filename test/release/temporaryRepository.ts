/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT, execute } from '../gates/checkout';

export const CHANGELOG = `# Changelog

What changed.

## Unreleased

### Added

- Something new.

## 0.1.0 - 2026-01-31

### Added

- The first release.
`;

const MANIFEST = {
	name: 'released-package',
	version: '0.1.0',
	repository: { type: 'git', url: 'https://git.example.com/released-package.git' },
	scripts: {
		test: 'node --version',
		release: 'tsx scripts/release/index.ts',
		'release:notes': 'tsx scripts/release/notes.ts',
	},
};

const LOCK = {
	name: 'released-package',
	version: '0.1.0',
	lockfileVersion: 3,
	requires: true,
	packages: { '': { name: 'released-package', version: '0.1.0' } },
};

const tabbed = (value: object) => `${JSON.stringify(value, null, '\t')}\n`;

/** A small package with a history of one commit and one release, on main, with the release scripts of this one. */
export class TemporaryRepository {
	private constructor(readonly folder: string) {}

	static async make(changelog = CHANGELOG): Promise<TemporaryRepository> {
		const folder = mkdtempSync(join(realpathSync(tmpdir()), 'n8n-nodes-odin-release-'));
		const repository = new TemporaryRepository(folder);
		repository.write('package.json', tabbed(MANIFEST));
		repository.write('package-lock.json', tabbed(LOCK));
		repository.write('CHANGELOG.md', changelog);
		repository.write('.gitignore', 'node_modules\n');
		for (const part of ['scripts/release', 'scripts/processes']) {
			cpSync(join(CHECKOUT, part), join(folder, part), { recursive: true });
		}
		mkdirSync(join(folder, 'node_modules'));
		symlinkSync(join(CHECKOUT, 'node_modules/semver'), join(folder, 'node_modules/semver'));
		await repository.git('init', '--quiet', '--initial-branch', 'main');
		await repository.git('config', 'user.name', 'Release Test');
		await repository.git('config', 'user.email', 'release-test@example.com');
		await repository.git('config', 'commit.gpgsign', 'false');
		await repository.git('config', 'tag.gpgsign', 'false');
		await repository.commit('The first release');
		await repository.git('tag', 'v0.1.0');
		return repository;
	}

	async git(...args: string[]): Promise<string> {
		return (await execute('git', args, this.folder)).trim();
	}

	async commit(message: string): Promise<void> {
		await this.git('add', '--all');
		await this.git('commit', '--quiet', '--message', message);
	}

	/** Runs a command as a person types it, with the programs of this checkout's dependencies. */
	async type(command: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
		const programs = `PATH="${join(CHECKOUT, 'node_modules/.bin')}:$PATH"`;
		const settings = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
		const exported = ['export', programs, ...settings].join(' ');
		return await execute(
			'bash',
			['-euo', 'pipefail', '-c', `${exported}\n${command}`],
			this.folder,
		);
	}

	read(path: string): string {
		return readFileSync(join(this.folder, path), 'utf8');
	}

	json(path: string): Record<string, unknown> {
		return JSON.parse(this.read(path)) as Record<string, unknown>;
	}

	write(path: string, text: string): void {
		writeFileSync(join(this.folder, path), text);
	}

	/** Everything that a release can change: commit, tags and the state of the tree. */
	async state(): Promise<string[]> {
		return [
			await this.git('rev-parse', 'HEAD'),
			await this.git('tag', '--list'),
			await this.git('status', '--porcelain'),
		];
	}

	remove(): void {
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}
