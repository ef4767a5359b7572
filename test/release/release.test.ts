import { release, type ReleaseOptions } from '../../scripts/release/release';
import { CHANGELOG, TemporaryRepository } from './temporaryRepository';

let repository: TemporaryRepository;
let said: string[];

const releaseIt = async (options: Partial<ReleaseOptions> & { wanted: string }) =>
	await release({
		checkout: repository.folder,
		dryRun: false,
		today: '2026-03-01',
		test: async () => await repository.type('npm test'),
		say: (text) => said.push(text),
		...options,
	});

beforeEach(() => {
	said = [];
});

afterEach(() => repository.remove());

test('a release sets the versions, dates the changelog, commits and tags', async () => {
	repository = await TemporaryRepository.make();
	await releaseIt({ wanted: 'minor' });

	expect(repository.json('package.json').version).toBe('0.2.0');
	expect(repository.json('package-lock.json')).toMatchObject({
		version: '0.2.0',
		packages: { '': { version: '0.2.0' } },
	});
	expect(repository.read('package.json')).toContain('\n\t"version"');
	expect(repository.read('CHANGELOG.md')).toBe(
		CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 - 2026-03-01\n'),
	);
	expect(await repository.git('status', '--porcelain')).toBe('');
	expect(await repository.git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
	expect(await repository.git('rev-parse', 'v0.2.0^{commit}')).toBe(
		await repository.git('rev-parse', 'HEAD'),
	);
	expect(await repository.git('cat-file', '-t', 'v0.2.0')).toBe('tag');
	expect(said.join('\n')).toContain('git push --atomic origin main v0.2.0');
});

test('what it says takes a release back, does', async () => {
	repository = await TemporaryRepository.make();
	const before = await repository.state();
	await releaseIt({ wanted: 'patch' });
	expect(await repository.state()).not.toEqual(before);
	await repository.type(said.join('\n').split('To take it back:')[1]!);
	expect(await repository.state()).toEqual(before);
});

test('what it says publishes, pushes commit and tag together', async () => {
	repository = await TemporaryRepository.make();
	await repository.git('clone', '--quiet', '--bare', '.', '.git/published');
	await repository.git('remote', 'add', 'origin', '.git/published');
	await releaseIt({ wanted: 'patch' });
	await repository.type(/git push .*/.exec(said.join('\n'))![0]);
	const pushed = await repository.git('ls-remote', 'origin', 'main', 'v0.1.1^{}');
	const head = await repository.git('rev-parse', 'HEAD');
	expect(pushed.split('\n').map((line) => line.split('\t'))).toEqual([
		[head, 'refs/heads/main'],
		[head, 'refs/tags/v0.1.1^{}'],
	]);
});

test('a dry run says what would be released and changes nothing', async () => {
	repository = await TemporaryRepository.make();
	const before = await repository.state();
	await releaseIt({ wanted: 'major', dryRun: true });
	expect(said.join('\n')).toMatch(/Release 1\.0\.0[^]*Something new\.[^]*Nothing was changed/);
	expect(await repository.state()).toEqual(before);
});

test('where the tests do not pass, the tree is as it was', async () => {
	repository = await TemporaryRepository.make();
	const before = await repository.state();
	const test = async () => await repository.type('test "$(npm pkg get version)" = \'"0.1.0"\'');
	await expect(releaseIt({ wanted: 'patch', test })).rejects.toThrow();
	expect(await repository.state()).toEqual(before);
	expect(repository.read('CHANGELOG.md')).toBe(CHANGELOG);
});

test('the version of package.json is released if it never was', async () => {
	const first = CHANGELOG.replace(/## 0\.1\.0 - [^]*/, '');
	repository = await TemporaryRepository.make(first);
	await repository.git('tag', '--delete', 'v0.1.0');
	await releaseIt({ wanted: '0.1.0' });
	expect(await repository.git('tag', '--list')).toBe('v0.1.0');
	expect(repository.read('CHANGELOG.md')).toContain('## Unreleased\n\n## 0.1.0 - 2026-03-01\n');
});

test('everything in the way is named at once, and nothing is changed', async () => {
	repository = await TemporaryRepository.make(CHANGELOG.replace(/### Added[^]*?(?=## 0)/, ''));
	const manifest = repository.json('package.json');
	await repository.git('switch', '--quiet', '--create', 'side');
	repository.write('package.json', JSON.stringify({ ...manifest, dependencies: { x: 'file:x' } }));
	const before = await repository.state();

	const refused = releaseIt({ wanted: '0.1.0' });
	await expect(refused).rejects.toThrow('The branch is side; a release is made from main');
	await expect(refused).rejects.toThrow(/Commit or take back first:\n\s*M package\.json/);
	await expect(refused).rejects.toThrow("nothing under 'Unreleased'");
	await expect(refused).rejects.toThrow('0.1.0 is not higher than 0.1.0, which was released');
	await expect(refused).rejects.toThrow(/npm ci[^]*in sync/);
	expect(await repository.state()).toEqual(before);
});
