import { TemporaryRepository } from './temporaryRepository';

let repository: TemporaryRepository;

beforeAll(async () => {
	repository = await TemporaryRepository.make();
});

afterAll(() => repository.remove());

test('what the release would be can be seen first', async () => {
	const before = await repository.state();
	const said = await repository.type('npm run release -- minor --dry-run');
	expect(said).toMatch(/Release 0\.2\.0; package\.json says 0\.1\.0[^]*Something new/);
	expect(await repository.state()).toEqual(before);
});

test('a broken test stands in the way, and what npm test prints can be seen', async () => {
	const before = await repository.state();
	const words = /3 tests do not pass[^]*Not released: the tests did not pass/;
	const command = `npm pkg set scripts.test='echo 3 tests do not pass; exit 1' && git commit -qam x
		npm run release -- minor 2>&1 || { git reset -q --hard HEAD~1; exit 0; }`;
	expect(await repository.type(command)).toMatch(words);
	expect(await repository.state()).toEqual(before);
});

test('a release is made of today', async () => {
	await repository.type('npm run release -- minor');
	const today = new Date().toISOString().slice(0, 10);
	expect(repository.read('CHANGELOG.md')).toContain(`## 0.2.0 - ${today}\n`);
	expect(await repository.git('describe')).toBe('v0.2.0');
});

test.each(['--help', 'minor 0.3.0'])('%j shows the usage', async (args) => {
	const shown = await repository.type(`npm run release -- ${args} 2>&1 || true`);
	expect(shown).toContain('Usage: npm run release -- <patch|minor|major|X.Y.Z>');
	expect(shown).not.toContain('    at ');
});
